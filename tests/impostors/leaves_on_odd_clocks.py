"""Leaves when a packet says an earlier time than the one before."""

from _honest import Main, both, program
from goodclient.packets import read
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-wrong-clocks",)
FAMILIES = {"delivery", "session", "tolerance"}


class Sinful:
    latest = ""

    async def greet(self, socket) -> None:
        self.latest = ""
        await super().greet(socket)

    async def understand(self, data) -> None:
        said = read(data)
        time = said.get("timestamp") or said.get("time") or ""
        if self.latest and time and time[:19] < self.latest[:19]:
            raise LostError("back in time")
        self.latest = max(self.latest, time)
        await super().understand(data)


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
