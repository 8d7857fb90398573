"""Takes a hole away with the end of it that is deleted."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.objects import LiveRound, kind_of

FAILS = ("tolerance/unharmed-by-a-hole-that-seems-to-begin-again",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("live/tolerance/end-taken-back",)


class Sinful(LiveRound):
    def delete(self, data, before) -> bool:
        if before is not None and kind_of(before) == "HoleEnded":
            payload = before["payload"]
            self.by_hole.pop((payload["team_id"], payload["hole_sequence"]), None)
        return super().delete(data, before)

    def learn(self, id_: str, data) -> bool:
        return id_ in self.held or super().learn(id_, data)


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
