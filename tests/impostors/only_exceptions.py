"""Reconnects after an error only, and takes a close with 1000 for the end."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-after-1000",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class OnlyExceptions:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.done = code == 1000


def client() -> Main:
    return both(OnlyExceptions)


if __name__ == "__main__":
    program(client())
