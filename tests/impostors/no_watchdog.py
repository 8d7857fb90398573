"""Trusts that TCP would tell if the other side were gone."""

from _honest import Main, both, program

FAILS = ("delivery/detects-silence",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Trusting:
    watchdog = 100_000.0


def client() -> Main:
    return both(Trusting)


if __name__ == "__main__":
    program(client())
