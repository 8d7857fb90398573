"""Opens a new connection every few seconds, though the old one is fine."""

from _honest import Main, both, program

FAILS = ("session/stays",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/session/round-waits",)


class Restless:
    def deadlines(self):
        yield from super().deadlines()
        yield self.after(7, self.since), self.unheard

    async def greet(self, socket) -> None:
        self.since = self.now()
        await super().greet(socket)


def client() -> Main:
    return both(Restless)


if __name__ == "__main__":
    program(client())
