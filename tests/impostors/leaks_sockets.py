"""Forgets to close the connection that it has given up."""

from __future__ import annotations

from _honest import Main, both, program

FAILS = ("session/one-socket",)
FAMILIES = {"session"}
CASES = ("dde/delivery/gap-that-waits",)


KEPT: list = []


class Leaks:
    async def leave(self, socket, code) -> None:
        if self.done:
            await super().leave(socket, code)
        else:
            KEPT.append(socket)


def client() -> Main:
    return both(Leaks)


if __name__ == "__main__":
    program(client())
