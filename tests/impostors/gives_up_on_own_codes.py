"""Gives up where the server has closed with a code of its own, 4000 or more."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-after-own-codes",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.done = (code or 0) >= 4000


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
