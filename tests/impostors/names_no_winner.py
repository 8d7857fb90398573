"""Never says who has won."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = (
    "state/match-winner",
    "state/match-decided-early",
    "state/conceded-match",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def documents(self):
        for key, document in super().documents():
            yield key, {**document, "winner": None}


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
