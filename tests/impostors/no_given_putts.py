"""Counts StrokeExecuted alone, and so no putt that is given."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.matches import LiveMatch

FAILS = ("state/given-putts",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}
CASES = ("live/state/match-gimme",)


class Sinful(LiveMatch):
    def holes(self, team: int):
        found = super().holes(team)
        for each in found.values():
            score = (each.end or {}).get("score")
            if isinstance(score, dict):
                strokes = len(each.of.get("StrokeExecuted", ()))
                each.end = {**each.end, "score": {**score, "hole_strokes": strokes}}
        return found


def client() -> Main:
    return Client.of(live_match=Sinful)


if __name__ == "__main__":
    program(client())
