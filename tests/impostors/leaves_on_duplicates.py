"""Leaves when a number comes for the second time on a connection."""

from _honest import Main, dde, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-duplicates",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/delivery/duplicate",)


class Sinful:
    highest = 0

    async def greet(self, socket) -> None:
        self.highest = 0
        await super().greet(socket)

    def arrived(self, number: int, packet) -> None:
        if number <= self.highest:
            raise LostError("this has come before")
        self.highest = number
        super().arrived(number, packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
