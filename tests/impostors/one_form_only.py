"""Takes a team's id apart to find its tournament."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("tolerance/live-variants",)
FAMILIES = {"honesty", "tolerance"}
CASES = ("live/tolerance/ids-of-the-old-feed",)


class OneForm(LiveRound):
    def documents(self):
        for key, document in super().documents():
            _, round_no, team = key.split("/")
            tournament = int(team) // 10_000 % 100_000
            yield f"{tournament}/{round_no}/{team}", document


def client() -> Main:
    return Client.of(live_round=OneForm)


if __name__ == "__main__":
    program(client())
