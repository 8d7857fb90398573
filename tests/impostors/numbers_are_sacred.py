"""Takes a number that it has seen for the same packet, whatever is in it."""

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-odd-numbers",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Sacred:
    def is_known(self, number: int, packet) -> bool:
        return True


def client() -> Main:
    return dde(Sacred)


if __name__ == "__main__":
    program(client())
