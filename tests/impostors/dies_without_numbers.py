"""Throws a packet without a number away, though it should have one."""

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-missing-numbers",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Sinful:
    def arrived(self, number: int, packet) -> None:
        super().arrived(number, packet)

    def gap_begins(self) -> None:
        if self.early and min(self.early) > self.last + 1:
            self.last = min(self.early) - 1
            self.in_order()


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
