"""Reconnects the moment a packet comes out of turn."""

from _honest import Main, dde, program

FAILS = ("delivery/waits-for-the-late",)
FAMILIES = {"delivery"}


class Hasty:
    gap_patience = 0.0


def client() -> Main:
    return dde(Hasty)


if __name__ == "__main__":
    program(client())
