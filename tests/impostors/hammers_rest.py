"""Asks for the same document ten times at once, and again each second."""

from __future__ import annotations

import asyncio

from _honest import Client, Main, program

FAILS = ("rates/five-a-second",)
FAMILIES = {"rates"}
CASES = ("dde/session/plain",)


class Hammers(Client):
    async def facts(self) -> None:
        while True:
            await asyncio.gather(*(self.one() for _ in range(10)))
            await asyncio.sleep(self.contract.real(1))

    async def one(self) -> None:
        path = self.about.format(self.contract.targets[0].tournament)
        url, header = self.contract.rest_url + path, self.contract.bearer
        async with self.session.get(url, headers=header) as answer:
            await answer.read()


def client() -> Main:
    return Hammers.of()


if __name__ == "__main__":
    program(client())
