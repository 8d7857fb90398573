"""Counts strokes, and knows no hole of which only the score is told."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/scores-only",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def hole_finished(self, packet) -> None:
        hole = self.hole_of(packet)
        hole.finished = packet.get("finishReason")
        self.par_from(hole, packet)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
