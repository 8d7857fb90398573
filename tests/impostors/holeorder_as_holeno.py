"""Shows the order in which a hole was played as its number."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/hole-numbers",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def documents(self):
        for key, document in super().documents():
            holes = {at: {**of, "no": int(at)} for at, of in document["holes"].items()}
            yield key, {**document, "holes": holes}


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
