"""Leaves as if it were a browser whose page is closed."""

from _honest import Main, both, program

FAILS = ("session/leaves-with-1000",)
FAMILIES = {"session"}


class With1001:
    async def leave(self, socket, code) -> None:
        await socket.close(code=1001)


def client() -> Main:
    return both(With1001)


if __name__ == "__main__":
    program(client())
