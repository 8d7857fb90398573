"""Takes what one read has for one frame, whole and alone."""

from __future__ import annotations

import asyncio

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("tolerance/stays-through-segments",)
FAMILIES = {"delivery", "honesty", "session", "tolerance"}
CASES = ("dde/tolerance/slices",)


class OneRead(SloppySocket):
    async def frame(self):
        came, whole = await self.reader.read(1 << 20), self.reader
        self.reader = asyncio.StreamReader()
        self.reader.feed_data(came)
        self.reader.feed_eof()
        try:
            return await super().frame()
        except asyncio.IncompleteReadError:
            await self.close(code=1002)
            raise
        finally:
            self.reader = whole


class Sinful(Sloppy):
    socket_class = OneRead


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
