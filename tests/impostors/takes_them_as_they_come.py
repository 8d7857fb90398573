"""Takes packets as they come, and those of lower numbers for known."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-disorder",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/delivery/shuffled",)


class AsTheyCome:
    def arrived(self, number: int, packet) -> None:
        if number > self.last:
            self.apply(number, packet)
        self.here.add(number)
        self.alive()


def client() -> Main:
    return dde(AsTheyCome)


if __name__ == "__main__":
    program(client())
