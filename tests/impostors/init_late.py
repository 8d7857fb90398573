"""Lets the server wait for Client.Init."""

import asyncio

from _honest import Main, live, program

FAILS = ("session/init-in-time",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Late:
    async def greet(self, socket) -> None:
        await asyncio.sleep(self.contract.real(100))
        await super().greet(socket)


def client() -> Main:
    return live(Late)


if __name__ == "__main__":
    program(client())
