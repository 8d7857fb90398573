"""Leaves a packet out whose playerId is a text, and goes on with the next."""

from __future__ import annotations

from _honest import Main, dde, program
from goodclient.packets import read

FAILS = ("tolerance/unharmed-by-other-forms",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/tolerance/numbers-as-text",)


class Sinful:
    async def understand(self, data) -> None:
        packet = read(data)
        if "seqNum" in packet and isinstance(packet.get("playerId"), str):
            number = packet["seqNum"]
            self.log[number], self.last = packet, number
            return
        await super().understand(data)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
