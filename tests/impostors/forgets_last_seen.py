"""Begins each connection as if it had never seen anything."""

from _honest import Main, live, program

FAILS = ("delivery/names-last-seen",)
FAMILIES = {"delivery"}
CASES = ("live/delivery/close-1000",)


class Forgets:
    def init(self):
        return {"type": "Client.Init"}


def client() -> Main:
    return live(Forgets)


if __name__ == "__main__":
    program(client())
