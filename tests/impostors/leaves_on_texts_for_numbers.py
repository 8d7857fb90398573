"""Leaves when a number is written as a text."""

from __future__ import annotations

from _honest import Main, dde, program
from goodclient.packets import read
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-odd-numbers",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/tolerance/numbers-of-packets-as-text",)


class Sinful:
    async def understand(self, data) -> None:
        if isinstance(read(data).get("seqNum"), str):
            raise LostError("no number")
        await super().understand(data)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
