"""Waits three quarters of a minute before it comes back."""

from _honest import Main, both, program

FAILS = ("delivery/reconnects-in-time",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Slow:
    def backoff(self) -> float:
        return 45.0


def client() -> Main:
    return both(Slow)


if __name__ == "__main__":
    program(client())
