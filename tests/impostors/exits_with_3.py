"""Does everything right, and exits with code 3."""

from _honest import Client, Main, program

FAILS = ("session/exits-zero",)
FAMILIES = {"session"}


class Three(Client):
    async def run(self) -> int:
        await super().run()
        return 3


def client() -> Main:
    return Three.of()


if __name__ == "__main__":
    program(client())
