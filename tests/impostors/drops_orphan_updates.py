"""Leaves an UPDATE aside where it has never had the ADD, and never asks REST."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("tolerance/unharmed-by-orphan-updates",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Drops(LiveRound):
    def take(self, data) -> bool:
        orphan = data.get("action") == "UPDATE" and data["id"] not in self.held
        return not orphan and super().take(data)

    def learn(self, id_: str, data) -> bool:
        return id_ not in self.held or super().learn(id_, data)


def client() -> Main:
    return Client.of(live_round=Drops)


if __name__ == "__main__":
    program(client())
