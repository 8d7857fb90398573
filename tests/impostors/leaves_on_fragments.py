"""Takes a message in two frames for a broken one."""

from __future__ import annotations

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("tolerance/stays-through-fragments",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/tolerance/fragments",)


class Whole(SloppySocket):
    async def data(self, first: int, opcode: int, data: bytes):
        if not first & 0x80:
            await self.close(code=1003)
            raise OSError("not the whole of it")
        return await super().data(first, opcode, data)


class Sinful(Sloppy):
    socket_class = Whole


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
