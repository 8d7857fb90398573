"""Begins anew with each connection, and takes what it replays for all there is."""

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-old-snapshots",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class Anew:
    async def greet(self, socket) -> None:
        self.log, self.last, self.book = {}, 0, self.new_book()
        await super().greet(socket)

    def is_over(self) -> bool:
        return self.book.official or self.book.finished

    gap_patience = 100_000.0


def client() -> Main:
    return dde(Anew)


if __name__ == "__main__":
    program(client())
