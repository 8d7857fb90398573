"""Leaves when the state of the devices is spelt otherwise."""

from __future__ import annotations

from _honest import Main, dde, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-odd-states",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/honesty/devices-named-otherwise",)


class Sinful:
    def take(self, packet) -> None:
        kind, state = packet.get("eventElementType"), packet.get("state")
        known = ("Connected", "Disconnected", "PartiallyDisconnected")
        if kind == "ConnectionStateChanged" and state not in known:
            raise LostError("no such state")
        super().take(packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
