"""Counts penalty strokes, and says that there were none."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/penalties-told",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def documents(self):
        for key, document in super().documents():
            holes = {at: {**of, "penalties": 0} for at, of in document["holes"].items()}
            yield key, {**document, "holes": holes}


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
