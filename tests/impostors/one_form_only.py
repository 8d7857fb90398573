"""Takes a team's id for its number, as it is in the samples."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("tolerance/live-variants",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("live/tolerance/ids-of-the-old-feed",)


class OneForm(LiveRound):
    def documents(self):
        for key, document in super().documents():
            tournament, round_no, team = key.split("/")
            yield f"{tournament}/{round_no}/{int(team) % 10_000}", document


def client() -> Main:
    return Client.of(live_round=OneForm)


if __name__ == "__main__":
    program(client())
