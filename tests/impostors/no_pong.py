"""Never answers a ping."""

from _honest import Main, both, program

FAILS = ("session/pong",)
FAMILIES = {"session"}


class NoPong:
    async def pinged(self, socket, payload) -> None:
        self.heard()


def client() -> Main:
    return both(NoPong)


if __name__ == "__main__":
    program(client())
