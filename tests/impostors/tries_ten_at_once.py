"""Opens ten sockets at once, and keeps the first."""

from __future__ import annotations

import asyncio

from _honest import Main, both, program

FAILS = (
    "rates/no-hammering",
    "session/one-socket",
)
FAMILIES = {"rates", "session"}
CASES = ("dde/rates/restart",)


class Ten:
    async def connect(self):
        first, *others = await asyncio.gather(*(super(Ten, self).connect() for _ in range(10)))
        for each in others:
            await each.close()
        return first


def client() -> Main:
    return both(Ten)


if __name__ == "__main__":
    program(client())
