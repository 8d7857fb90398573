"""Gives up where the server has closed with 1008, which says a breach of its policy."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-after-1008",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.done = code == 1008


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
