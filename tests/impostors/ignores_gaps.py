"""Goes on without a packet that is missing, as if there had never been one."""

from _honest import Main, dde, program

FAILS = (
    "delivery/mends-a-gap",
    "delivery/unharmed-by-gaps",
    "delivery/gets-all",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/delivery/gap-that-waits",)


class Ignores:
    def gap_begins(self) -> None:
        if self.early:
            self.last = min(self.early) - 1
            self.in_order()


def client() -> Main:
    return dde(Ignores)


if __name__ == "__main__":
    program(client())
