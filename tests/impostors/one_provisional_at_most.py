"""Knows of one provisional ball, and not of a second."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/provisional-second",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_ProvisionalBallSelected(self, packet) -> None:
        super().on_ProvisionalBallSelected(
            {**packet, "provisionalIndex": min(1, packet.get("provisionalIndex", 0))}
        )


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
