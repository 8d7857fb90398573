"""Takes it back that a round is final when its socket closes."""

from __future__ import annotations

import asyncio

from _honest import Main, both, program

FAILS = ("honesty/final-for-good",)
FAMILIES = {"honesty"}
CASES = ("dde/session/plain",)


class Sinful:
    async def leave(self, socket, code) -> None:
        if self.done:
            await asyncio.sleep(0.1)  # until it is said
        await super().leave(socket, code)

    def status(self):
        said = super().status()
        return {**said, "final": said["final"] and said["transport"] != "closed"}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
