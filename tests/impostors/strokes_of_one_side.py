"""Shows strokes of the first side for both."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = (
    "state/match-strokes",
    "state/fourballs",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def documents(self):
        for key, document in super().documents():
            first = str(self.target.teams[0])
            for hole in document["holes"].values():
                strokes = hole.get("strokes", {})
                hole.update(strokes=dict.fromkeys(strokes, strokes.get(first)))
            yield key, document


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
