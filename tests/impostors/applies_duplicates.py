"""Applies whatever comes, and what comes twice, twice."""

from _honest import Main, dde, program

FAILS = (
    "delivery/unharmed-by-duplicates",
    "delivery/unharmed-by-replays",
    "delivery/unharmed-by-lost-sockets",
    "delivery/as-if-nothing-had-happened",
    "delivery/true-in-the-end",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Twice:
    def arrived(self, number: int, packet) -> None:
        self.log[number] = packet
        self.last = max(self.last, number)
        self.here.add(number)
        self.book.feed(packet)
        self.alive()


def client() -> Main:
    return dde(Twice)


if __name__ == "__main__":
    program(client())
