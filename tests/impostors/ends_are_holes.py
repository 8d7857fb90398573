"""Takes a hole away with the end of it that is deleted."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.objects import LiveRound, kind_of

FAILS = ("tolerance/unharmed-by-a-hole-that-seems-to-begin-again",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("live/tolerance/end-taken-back",)


class Sinful(LiveRound):
    def take(self, data) -> bool:
        before = self.held.get(data["id"])
        if data.get("action") == "DELETE" and before and kind_of(before) == "HoleEnded":
            payload = before["payload"]
            self.by_hole.pop((payload["team_id"], payload["hole_sequence"]), None)
            self.stale.add(payload["team_id"])
        return super().take(data)


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
