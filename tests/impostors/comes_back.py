"""Opens a stream once more after it has left it for good."""

import asyncio
from contextlib import suppress

from _honest import Main, both, program
from goodclient.stream import LostError

FAILS = ("session/no-return-after-the-end",)
FAMILIES = {"session"}
CASES = ("dde/session/one-stream-ends-early",)


class ComesBack:
    async def run(self) -> None:
        await super().run()
        self.done = False
        await asyncio.sleep(self.contract.real(4))
        with suppress(LostError):
            socket = await self.connect()
            await self.greet(socket)
            await asyncio.sleep(self.contract.real(1))
            await socket.close()
        self.done = True


def client() -> Main:
    return both(ComesBack)


if __name__ == "__main__":
    program(client())
