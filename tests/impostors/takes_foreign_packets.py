"""Takes packets of another team for its own."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-foreign-packets",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/delivery/another-players-packets",)


class Sinful:
    def take(self, packet) -> None:
        if "seqNum" in packet and not self.is_mine(packet):
            self.book.feed(packet)
        else:
            super().take(packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
