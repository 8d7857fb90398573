"""Waits the same second after every failure."""

from _honest import Main, both, program

FAILS = ("rates/backoff-grows",)
FAMILIES = {"rates"}


class Constant:
    def backoff(self) -> float:
        return 1.5 if not self.refusals else 5.5


def client() -> Main:
    return both(Constant)


if __name__ == "__main__":
    program(client())
