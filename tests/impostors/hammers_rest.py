"""Asks for the same document twenty times a second."""

import asyncio

from _honest import Client, Main, program

FAILS = (
    "rates/five-a-second",
    "rates/no-hammering",
)
FAMILIES = {"rates", "session"}


class Hammers(Client):
    async def facts(self) -> None:
        header, target = self.contract.bearer, self.contract.targets[0]
        is_dde = self.contract.dialect == "dde"
        path = f"/golf/tournaments/{target.tournament}" if is_dde else target.rest
        while True:
            async with self.session.get(self.contract.rest_url + path, headers=header) as answer:
                await answer.read()
            await asyncio.sleep(self.contract.real(0.05))


def client() -> Main:
    return Hammers.of()


if __name__ == "__main__":
    program(client())
