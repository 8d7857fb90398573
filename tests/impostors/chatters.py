"""Keeps telling the server that it is there, which nobody has asked for."""

from _honest import Main, dde, program

FAILS = ("session/silent-after-token",)
FAMILIES = {"session"}


class Chatters:
    def heartbeat(self) -> None:
        super().heartbeat()
        self.chat = True

    def take(self, packet) -> None:
        super().take(packet)
        self.chat = True

    async def hear(self, socket, message) -> None:
        await super().hear(socket, message)
        if getattr(self, "chat", False) and not self.done:
            self.chat = False
            await self.send(socket.send_str('{"ping": 1}'))


def client() -> Main:
    return dde(Chatters)


if __name__ == "__main__":
    program(client())
