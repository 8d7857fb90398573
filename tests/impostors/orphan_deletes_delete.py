"""Deletes the newest stroke where a DELETE is about nothing that it has."""

from __future__ import annotations

from _honest import Client, Main, program
from goodclient.live import LiveStream
from goodclient.objects import LiveRound, kind_of

FAILS = ("tolerance/unharmed-by-orphan-deletes",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Stream(LiveStream):
    def is_mine(self, event) -> bool:
        held = self.book.held
        if event.get("action") == "DELETE" and event["id"] not in held:
            strokes = [id_ for id_ in held if kind_of(held[id_]) == "StrokeExecuted"]
            for id_ in strokes[-1:]:
                self.book.delete({**held[id_], "action": "DELETE"}, held[id_])
        return super().is_mine(event)


class Round(LiveRound):
    def learn(self, id_: str, data) -> bool:
        return id_ in self.held or super().learn(id_, data)

    def holes(self, team: int):
        found = super().holes(team)
        for each in found.values():
            each.end = None
        return found


def client() -> Main:
    return Client.of(live_stream=Stream, live_round=Round)


if __name__ == "__main__":
    program(client())
