"""Begins from nothing with what each connection brings, and vouches for that."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("honesty/applied-goes-up",)
FAMILIES = {"honesty"}
CASES = ("dde/delivery/stale-replay",)


class Sinful:
    fresh = False

    async def greet(self, socket) -> None:
        self.fresh = True
        await super().greet(socket)

    def arrived(self, number: int, packet) -> None:
        if self.fresh:
            self.log, self.last, self.book, self.fresh = {}, 0, self.new_book(), False
        super().arrived(number, packet)

    @property
    def trusted(self) -> bool:
        return self.is_open


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
