"""Notices a gap, and mends it minutes later."""

from _honest import Main, dde, program

FAILS = ("delivery/mends-a-gap-in-time",)
FAMILIES = {"delivery", "session"}
CASES = ("dde/delivery/drop-in-a-slow-round",)


class Late:
    gap_patience = 55.0


def client() -> Main:
    return dde(Late)


if __name__ == "__main__":
    program(client())
