"""Throws a message away that comes in binary, and does not miss it."""

from __future__ import annotations

from _honest import Main, dde, program
from aiohttp import WSMsgType

FAILS = ("tolerance/unharmed-by-odd-frames",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/tolerance/binary",)


class Sinful:
    async def hear(self, socket, message) -> None:
        if message.type is not WSMsgType.BINARY:
            await super().hear(socket, message)

    def gap_begins(self) -> None:
        if self.early:
            self.last = min(self.early) - 1
            self.in_order()


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
