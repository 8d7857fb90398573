"""Leaves a close frame unanswered, and just goes."""

from _honest import Main, both, drop, program

FAILS = ("session/echoes-close",)
FAMILIES = {"session"}


class NoEcho:
    async def echo(self, socket, code) -> None:
        drop(socket)

    async def leave(self, socket, code) -> None:
        if not self.cut:
            await super().leave(socket, code)
        self.cut = False

    cut = False


def client() -> Main:
    return both(NoEcho)


if __name__ == "__main__":
    program(client())
