"""Deletes the newest object where a DELETE is about none that it has."""

from _honest import Client, Main, program
from goodclient.objects import LiveRound

FAILS = ("tolerance/unharmed-by-orphan-deletes",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Deletes(LiveRound):
    def delete(self, data, before) -> bool:
        if before is None and self.held:
            id_ = next(reversed(self.held))
            return super().delete({**data, "id": id_}, self.held[id_])
        return super().delete(data, before)

    def learn(self, id_: str, data) -> bool:
        return id_ in self.held or super().learn(id_, data)


def client() -> Main:
    return Client.of(live_round=Deletes)


if __name__ == "__main__":
    program(client())
