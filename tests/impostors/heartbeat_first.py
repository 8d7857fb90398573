"""Sends a heartbeat before Client.Init."""

from _honest import Main, live, program

FAILS = ("session/init-first",)
FAMILIES = {"session"}


class Beats:
    async def greet(self, socket) -> None:
        await self.send(socket.send_str('{"type": "Client.Heartbeat"}'))
        await super().greet(socket)


def client() -> Main:
    return live(Beats)


if __name__ == "__main__":
    program(client())
