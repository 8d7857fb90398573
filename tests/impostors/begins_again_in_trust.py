"""Begins from nothing after each reconnect, and vouches for that."""

from _honest import Main, dde, program

FAILS = ("honesty/applied-goes-up",)
FAMILIES = {"delivery", "honesty", "state"}
CASES = ("dde/delivery/stale-replay",)


class Sinful:
    async def greet(self, socket) -> None:
        self.log, self.last, self.book = {}, 0, self.new_book()
        await super().greet(socket)

    def accepted(self) -> None:
        super().accepted()
        self.behind = False

    @property
    def trusted(self) -> bool:
        return self.is_open


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
