"""Forgets to close the connection that it has given up."""

from _honest import Main, both, program

FAILS = ("session/no-spare-socket",)
FAMILIES = {"delivery", "session"}


class Leaks:
    async def leave(self, socket, code) -> None:
        if self.done:
            await super().leave(socket, code)
        else:
            KEPT.append(socket)


KEPT: list = []


def client() -> Main:
    return both(Leaks)


if __name__ == "__main__":
    program(client())
