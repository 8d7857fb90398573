"""Sends its token a second time, to be sure."""

from _honest import Main, dde, program

FAILS = ("session/token-once",)
FAMILIES = {"session"}


class Twice:
    def accepted(self) -> None:
        super().accepted()
        self.again = True

    async def hear(self, socket, message) -> None:
        await super().hear(socket, message)
        if getattr(self, "again", False) and not self.done:
            self.again = False
            await self.send(socket.send_str(self.token()))


def client() -> Main:
    return dde(Twice)


if __name__ == "__main__":
    program(client())
