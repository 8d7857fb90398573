"""Applies packets in the order in which they come."""

from _honest import Main, dde, program

FAILS = ("delivery/unharmed-by-disorder",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = (
    "dde/delivery/swapped",
    "dde/delivery/shuffled",
)


class AsTheyCome:
    def arrived(self, number: int, packet) -> None:
        if number not in self.log:
            self.log[number] = packet
            self.last = max(self.last, number)
            self.book.feed(packet)
        self.here.add(number)
        self.alive()


def client() -> Main:
    return dde(AsTheyCome)


if __name__ == "__main__":
    program(client())
