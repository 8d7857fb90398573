"""Takes RoundFinished for the end, and misses what is corrected before it is official."""

from _honest import Main, dde, program

FAILS = ("session/not-on-round-finished",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class TooSoon:
    def is_over(self) -> bool:
        return self.book.finished


def client() -> Main:
    return dde(TooSoon)


if __name__ == "__main__":
    program(client())
