"""Leaves when an event is about an object that it does not have."""

from _honest import Main, live, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-orphans",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("live/tolerance/update-of-nothing",)


class Sinful:
    def take(self, id_: str, event) -> None:
        if event.get("action") in ("UPDATE", "DELETE") and event["id"] not in self.book.held:
            raise LostError("no such object")
        super().take(id_, event)


def client() -> Main:
    return live(Sinful)


if __name__ == "__main__":
    program(client())
