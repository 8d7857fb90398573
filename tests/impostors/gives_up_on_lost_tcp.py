"""Reconnects where it was told goodbye, and never where TCP just ended."""

from _honest import Main, both, program
from aiohttp import WSMsgType
from goodclient.stream import LostError

FAILS = (
    "delivery/reconnects-after-fin",
    "delivery/reconnects-after-reset",
    "delivery/reconnects-after-truncation",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def hear(self, socket, message) -> None:
        try:
            await super().hear(socket, message)
        except LostError:
            self.done = message.type in (WSMsgType.CLOSED, WSMsgType.ERROR, WSMsgType.CLOSING)
            raise


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
