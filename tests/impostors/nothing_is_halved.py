"""Gives a hole that is halved to the first side."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = (
    "state/halved-hole",
    "state/halved-match",
    "state/match-holes",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def documents(self):
        for key, document in super().documents():
            first, up = self.target.teams[0], 0
            for hole in document["holes"].values():
                if "winner" in hole:
                    hole["winner"] = hole["winner"] or first
                    up += 1 if hole["winner"] == first else -1
            leader = self.target.teams[up < 0] if up else None
            winner = leader if document["complete"] else None
            yield key, {**document, "up": abs(up), "leader": leader, "winner": winner}


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
