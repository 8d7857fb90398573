"""Takes a flood of pings for an attack, and leaves."""

from _honest import Main, both, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-pings",)
FAMILIES = {"delivery", "session", "tolerance"}


class Sinful:
    pings = 0

    async def pinged(self, socket, payload) -> None:
        self.pings += 1
        if self.pings > 5:
            self.pings = 0
            raise LostError("too many pings")
        await super().pinged(socket, payload)


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
