"""Begins anew with what each connection replays, and knows all that came before besides."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-old-snapshots",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("dde/delivery/stale-replay",)


class Anew:
    high = 0  # the highest number that the connections before had
    replayed_at = 0.0

    async def greet(self, socket) -> None:
        self.high, self.replayed_at = self.last, 0.0
        self.log, self.last, self.book = {}, 0, self.new_book()
        await super().greet(socket)

    def arrived(self, number: int, packet) -> None:
        over = self.replayed_at and self.now() > self.after(0.4, self.replayed_at)
        if self.last < self.high and over:
            self.last = self.high  # this we have had
        if not over:
            self.replayed_at = self.now()
        super().arrived(number, packet)


def client() -> Main:
    return dde(Anew)


if __name__ == "__main__":
    program(client())
