"""Has a queue of ten messages, and gives up when it is full."""

from __future__ import annotations

from _honest import Main, both, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-bursts",)
FAMILIES = {"delivery", "session", "tolerance"}


class Chokes:
    recent: tuple = ()
    choked = False

    async def hear(self, socket, message) -> None:
        now = self.now()
        self.recent = (*(each for each in self.recent if now - each < 0.02), now)
        if len(self.recent) > 10 and not self.choked:
            self.choked = True
            raise LostError("too much")
        await super().hear(socket, message)


def client() -> Main:
    return both(Chokes)


if __name__ == "__main__":
    program(client())
