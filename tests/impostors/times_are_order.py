"""Leaves a packet aside that says an earlier time than one before it."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-wrong-times",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/tolerance/times-go-back",)


class ByTime:
    latest = ""

    def apply(self, number: int, packet) -> None:
        time = packet.get("timestamp", "")
        if time < self.latest:
            self.log[number], self.last = packet, number
            return
        self.latest = time
        super().apply(number, packet)


def client() -> Main:
    return dde(ByTime)


if __name__ == "__main__":
    program(client())
