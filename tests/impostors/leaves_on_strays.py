"""Leaves when a packet of another team comes."""

from __future__ import annotations

from _honest import Main, dde, program
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-strays",)
FAMILIES = {"delivery", "session", "tolerance"}
CASES = ("dde/delivery/another-players-packets",)


class Sinful:
    def take(self, packet) -> None:
        if "seqNum" in packet and not self.is_mine(packet):
            raise LostError("this is not mine")
        super().take(packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
