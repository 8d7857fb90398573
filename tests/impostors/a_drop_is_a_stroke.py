"""Counts a ball that is dropped as a stroke."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/free-drop",
    "state/penalty-with-drop",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_BallDrop(self, packet) -> None:
        super().on_BallDrop(packet)
        self.hole_of(packet).made += 1


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
