"""Leaves when a message comes as binary."""

from _honest import Main, both, program
from aiohttp import WSMsgType
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-binary",)
FAMILIES = {"delivery", "session", "tolerance"}


class Sinful:
    async def hear(self, socket, message) -> None:
        if message.type is WSMsgType.BINARY:
            raise LostError("binary")
        await super().hear(socket, message)


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
