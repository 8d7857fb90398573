"""Keeps what a DELETE has taken away."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("state/delete-removes",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(LiveRound):
    def delete(self, data, before) -> bool:
        return False

    def is_there(self, id_: str) -> bool:
        return id_ in self.held


def client() -> Main:
    return Client.of(live_round=Sinful)


if __name__ == "__main__":
    program(client())
