"""Says hello before it sends its token."""

from _honest import Main, dde, program

FAILS = ("session/token-first",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Hello:
    async def greet(self, socket) -> None:
        await self.send(socket.send_str('{"hello": "there"}'))
        await super().greet(socket)


def client() -> Main:
    return dde(Hello)


if __name__ == "__main__":
    program(client())
