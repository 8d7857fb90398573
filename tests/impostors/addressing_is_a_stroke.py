"""Counts a stroke when the ball is addressed."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/strokes",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_AddressingBall(self, packet) -> None:
        self.hole_of(packet).made += 1


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
