"""Reconnects at once, for ever."""

import asyncio

from _honest import Main, both, program

FAILS = (
    "rates/pause-after-loss",
    "rates/pause-after-failure",
    "rates/backoff-grows",
    "rates/handshake-refused-no-loop",
    "rates/refused-no-loop",
    "rates/refused-waits",
)
FAMILIES = {"rates"}
WIRE_SPEED = 10.0  # at more, its pauses are those of a busy machine


class Hot:
    async def pause(self, retry_after: float) -> None:
        await asyncio.sleep(0.002)


def client() -> Main:
    return both(Hot)


if __name__ == "__main__":
    program(client())
