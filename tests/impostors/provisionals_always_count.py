"""Counts strokes with a provisional ball at once."""

from _honest import Client, Main, program
from goodclient.rounds import Hole, Round

FAILS = ("state/provisional-kept",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Eager(Hole):
    def hit(self, packet) -> None:
        super().hit({**packet, "provisionalIndex": 0})


class Sinful(Round):
    hole_class = Eager

    def hole_of(self, packet):
        return self.holes.setdefault(self.place(packet), Eager(packet.get("holeNo", 1)))

    def hole_started(self, packet) -> None:
        super().hole_started(packet)
        order = self.place(packet)
        if not isinstance(self.holes[order], Eager):
            self.holes[order] = Eager(packet["holeNo"], self.holes[order].par)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
