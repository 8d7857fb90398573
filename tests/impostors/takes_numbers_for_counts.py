"""Takes the number of the last stroke for how many there were."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("tolerance/numbering",)
FAMILIES = {"state", "tolerance"}
CASES = ("dde/tolerance/other-stroke-numbers",)


class Sinful(Round):
    def on_HitBall(self, packet) -> None:
        super().on_HitBall(packet)
        hole = self.hole_of(packet)
        if not packet.get("provisionalIndex"):
            hole.made = packet["strokeNo"] - hole.penalties


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
