"""Adds a hole that is sent again to what it has of it."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/hole-correction-finished",
    "state/hole-correction-in-progress",
    "state/hole-correction-longer",
    "state/hole-correction-shorter",
    "state/hole-corrections-in-a-row",
    "state/hole-correction-interrupted",
    "honesty/no-strokes-too-many",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def hole_started(self, packet) -> None:
        self.correcting, before = False, self.correcting
        super().hole_started(packet)
        self.correcting = before


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
