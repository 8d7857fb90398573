"""Leaves when a status comes that cannot follow the last one."""

from _honest import Main, dde, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-odd-states",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Sinful:
    states: tuple = ()

    def take(self, packet) -> None:
        state = packet.get("state")
        if state in ("RoundStarted", "RoundFinished") and state in self.states:
            raise LostError("this cannot be")
        self.states = (*self.states, state)
        super().take(packet)

    async def greet(self, socket) -> None:
        self.states = ()
        await super().greet(socket)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
