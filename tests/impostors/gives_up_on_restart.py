"""Gives up where the server has closed with 1012, which says that it restarts."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-after-restart",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.done = code in (1012, 1013)


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
