"""Gives up where the server has closed with 1011, which says an error of its own."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-after-1011",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.done = code == 1011


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
