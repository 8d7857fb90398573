"""Waits for ever for the answer to a handshake."""

from _honest import Main, both, program

FAILS = ("delivery/gives-up-a-hanging-handshake",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Patient:
    patience = 100_000.0


def client() -> Main:
    return both(Patient)


if __name__ == "__main__":
    program(client())
