"""Gives a connection up after eight seconds without a message."""

from _honest import Main, both, program

FAILS = ("delivery/bears-an-interval",)
FAMILIES = {"delivery"}


class Impatient:
    watchdog = 8.0


def client() -> Main:
    return both(Impatient)


if __name__ == "__main__":
    program(client())
