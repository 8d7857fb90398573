"""Opens every stream twice, in case one fails."""

import json

from _honest import Main, both, program

FAILS = ("session/one-socket",)
FAMILIES = {"session"}
CASES = ("dde/session/three-streams",)


class Two:
    async def greet(self, socket) -> None:
        self.spare = await self.connect()
        await self.send(self.spare.send_str(socket_greeting(self)))
        await super().greet(socket)

    async def leave(self, socket, code) -> None:
        await self.spare.close(code=1000)
        await super().leave(socket, code)


def socket_greeting(stream) -> str:
    is_dde = stream.contract.dialect == "dde"
    return stream.token() if is_dde else json.dumps(stream.init())


def client() -> Main:
    return both(Two)


if __name__ == "__main__":
    program(client())
