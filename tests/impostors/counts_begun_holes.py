"""Counts a hole as played once it has begun."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = ("state/match-played",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def documents(self):
        for key, document in super().documents():
            yield key, {**document, "played": len(self.holes) + self.finished}


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
