"""Takes no message of more than a mebibyte, as its library is set by default."""

from _honest import Main, both, program

FAILS = ("tolerance/stays-through-oversize",)
FAMILIES = {"delivery", "session", "tolerance"}


class Sinful:
    max_frame = 1 << 20


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
