"""Counts strokes, and keeps those that a DELETE has taken away."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("state/delete-removes",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}
CASES = ("live/state/hole-sent-again-shorter",)


class Sinful(LiveRound):
    def delete(self, data, before) -> bool:
        return False

    def merge(self, listed, since) -> bool:
        super().merge(listed, since)
        self.contested.clear()
        return True

    def holes(self, team: int):
        found = super().holes(team)
        for each in found.values():
            each.of.pop("HoleEnded", None)
            each.end = {"end_reason": "BALL_HOLED"}
        return found


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
