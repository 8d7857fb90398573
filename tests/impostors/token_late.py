"""Lets the server wait for its token."""

import asyncio

from _honest import Main, dde, program

FAILS = ("session/token-in-time",)
FAMILIES = {"session"}


class Late:
    async def greet(self, socket) -> None:
        await asyncio.sleep(self.contract.real(40))
        await super().greet(socket)


def client() -> Main:
    return dde(Late)


if __name__ == "__main__":
    program(client())
