"""Opens a new connection when no packet has come for half a minute, though heartbeats do."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("delivery/heartbeats-suffice",)
FAMILIES = {"delivery"}
CASES = ("dde/session/round-waits",)


class Sinful:
    moved_at = 0.0

    def deadlines(self):
        yield from super().deadlines()
        yield self.after(31, self.moved_at), self.unheard

    async def greet(self, socket) -> None:
        self.moved_at = self.now()
        await super().greet(socket)

    def arrived(self, number: int, packet) -> None:
        self.moved_at = self.now()
        super().arrived(number, packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
