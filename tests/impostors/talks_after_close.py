"""Sends one more message after its close frame."""

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("session/nothing-after-close",)
FAMILIES = {"session"}


class Careless(SloppySocket):
    async def close(self, *, code: int = 1000) -> None:
        if not self.closed:
            self.closed = True
            await self.send(8, code.to_bytes(2))
            await self.send_str("and another thing")
            self.writer.close()


class Sinful(Sloppy):
    socket_class = Careless


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
