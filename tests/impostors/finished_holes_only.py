"""Shows a hole only once it is over."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/holes-in-play",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def documents(self):
        for key, document in super().documents():
            done = {str(at) for at, each in self.holes.items() if each.finished}
            holes = {at: of for at, of in document["holes"].items() if at in done}
            yield key, {**document, "holes": holes}


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
