"""Leaves when a heartbeat is not written as it was in the first sample."""

import json

from _honest import Main, dde, program
from goodclient.packets import read
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-odd-heartbeats",)
FAMILIES = {"delivery", "session", "tolerance"}


class Sinful:
    async def understand(self, data) -> None:
        packet = read(data)
        text = json.dumps(packet).lower()
        if "heartbeat" in text and packet.get("eventElementType") != "Heartbeat":
            raise LostError("this is no heartbeat")
        await super().understand(data)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
