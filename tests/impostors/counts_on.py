"""Counts packets on by itself, and says a number that never came."""

from _honest import Main, dde, program

FAILS = (
    "honesty/applied-is-not-ahead",
    "honesty/applied-is-true",
)
FAMILIES = {"honesty"}


class Sinful:
    def status(self):
        said = super().status()
        last = said["last_applied"]
        return {**said, "last_applied": last + 1 if last else last}


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
