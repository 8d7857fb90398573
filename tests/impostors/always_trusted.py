"""Vouches for what it shows, come what may."""

from _honest import Main, both, program

FAILS = (
    "honesty/not-trusted-while-disconnected",
    "honesty/not-trusted-while-partially",
    "honesty/not-trusted-in-a-gap",
    "honesty/not-trusted-in-a-correction",
    "honesty/not-trusted-while-down",
)
FAMILIES = {"honesty"}


class Sinful:
    @property
    def trusted(self) -> bool:
        return True


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
