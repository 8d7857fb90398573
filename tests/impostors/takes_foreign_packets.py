"""Takes packets of another team for its own."""

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-foreign-packets",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Sinful:
    def is_mine(self, packet) -> bool:
        return True


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
