"""Keeps the first version of everything."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = (
    "state/update-replaces",
    "state/update-of-a-score",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(LiveRound):
    def take(self, data) -> bool:
        return data.get("action") != "UPDATE" and super().take(data)

    def learn(self, id_: str, data) -> bool:
        return id_ in self.held or super().learn(id_, data)


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
