"""Opens a spare connection every two seconds, and closes none."""

from __future__ import annotations

from _honest import Main, both, program

FAILS = ("session/no-spare-socket",)
FAMILIES = {"delivery", "session"}
CASES = ("dde/session/official-never-comes",)


class Sinful:
    opened_at, spare = 0.0, ()

    def deadlines(self):
        yield from super().deadlines()
        yield self.after(2, self.opened_at), self.again

    async def again(self) -> None:
        self.opened_at = self.now()
        self.spare = [*self.spare, await self.connect()]

    async def greet(self, socket) -> None:
        self.opened_at, self.spare = self.now(), ()
        await super().greet(socket)


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
