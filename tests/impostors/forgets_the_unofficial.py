"""Throws a round away whose stream ends before it is official."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-another-end",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/delivery/official-lost",)


class Sinful:
    def lost(self) -> None:
        super().lost()
        if self.book.finished and not self.book.official:
            self.book, self.done = self.new_book(), True


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
