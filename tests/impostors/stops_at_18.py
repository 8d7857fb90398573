"""Knows no hole after the eighteenth."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = ("state/extra-holes",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Sinful(Match):
    def feed(self, packet) -> None:
        if packet.get("holeOrder", 0) <= 18:
            super().feed(packet)


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
