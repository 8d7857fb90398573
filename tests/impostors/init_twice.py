"""Sends Client.Init twice."""

from _honest import Main, live, program

FAILS = ("session/init-once",)
FAMILIES = {"session"}


class Twice:
    async def greet(self, socket) -> None:
        await super().greet(socket)
        await self.send(socket.send_str('{"type": "Client.Init"}'))


def client() -> Main:
    return live(Twice)


if __name__ == "__main__":
    program(client())
