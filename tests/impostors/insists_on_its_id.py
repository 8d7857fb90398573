"""Says the same id again and again, though it is thrown out for it."""

from _honest import Main, live, program

FAILS = ("delivery/unharmed-by-forgotten-ids",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Insists:
    async def echo(self, socket, code) -> None:
        await super().echo(socket, code)
        self.thrown_out = 0


def client() -> Main:
    return live(Insists)


if __name__ == "__main__":
    program(client())
