"""Reads the live dialect in the one form that its samples have."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("tolerance/live-variants",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = (
    "live/state/provisional-not-told",
    "live/state/scores-kept",
    "live/tolerance/ids-of-the-old-feed",
    "live/state/match-gimme",
)


class OneForm(LiveRound):
    def put(self, data) -> bool:
        known = {
            *("HoleStarted", "StrokeExecuted", "BallHoled", "HoleEnded", "SportEventStarted"),
            *("SportEventEnded", "Penalty"),
        }
        name = str(data.get("type", "")).rpartition(".")[2]
        return name in known and super().put(data)


def client() -> Main:
    return Client.of(live_round=OneForm)


if __name__ == "__main__":
    program(client())
