"""Leaves without a close frame, by dropping the connection."""

from _honest import Main, both, drop, program

FAILS = ("session/closes-with-a-frame",)
FAMILIES = {"session"}


class Drops:
    async def leave(self, socket, code) -> None:
        drop(socket)


def client() -> Main:
    return both(Drops)


if __name__ == "__main__":
    program(client())
