"""Counts holes over par that nobody has holed out, too."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/to-par",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}
CASES = ("dde/state/penalty-with-drop",)


class Sinful(Round):
    @property
    def to_par(self) -> int:
        return sum(each.strokes - (each.par or 4) for each in self.holes.values())


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
