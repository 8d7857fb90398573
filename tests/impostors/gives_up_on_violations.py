"""Gives up where the server has broken RFC 6455."""

from _honest import Main, both, program
from aiohttp import WSMsgType

FAILS = ("delivery/reconnects-after-violation",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def hear(self, socket, message) -> None:
        self.done = message.type is WSMsgType.ERROR
        await super().hear(socket, message)


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
