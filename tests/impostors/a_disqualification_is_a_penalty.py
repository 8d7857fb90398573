"""Adds two strokes where a player is disqualified."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/disqualification",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}
CASES = ("dde/state/disqualified",)


class Sinful(Round):
    def hole_finished(self, packet) -> None:
        super().hole_finished(packet)
        if packet.get("finishReason") == "Disqualified":
            self.hole_of(packet).made += 2


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
