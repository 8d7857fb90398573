"""Has a queue of twenty messages, and drops what does not fit."""

from _honest import Main, both, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-bursts",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Chokes:
    async def hear(self, socket, message) -> None:
        now = self.now()
        recent = [each for each in getattr(self, "recent", []) if now - each < 0.005]
        self.recent = [*recent, now]
        if len(self.recent) > 20:
            raise LostError("too much")
        await super().hear(socket, message)


def client() -> Main:
    return both(Chokes)


if __name__ == "__main__":
    program(client())
