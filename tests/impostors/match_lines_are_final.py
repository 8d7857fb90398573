"""Writes a hole down once, and never again."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = (
    "state/match-sent-again",
    "state/reopened-match",
    "state/corrected-winner",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def write_down(self, order: int) -> None:
        if order not in self.lines:
            super().write_down(order)


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
