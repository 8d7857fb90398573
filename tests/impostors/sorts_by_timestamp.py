"""Takes the times that packets say for their order."""

from _honest import Main, dde, program

FAILS = ("tolerance/unharmed-by-wrong-times",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}


class ByTime:
    def arrived(self, number: int, packet) -> None:
        if number in self.log:
            return
        self.here.add(number)
        self.log[number] = packet
        self.last = max(self.last, number)
        self.book = self.new_book()
        for each in sorted(self.log.values(), key=lambda each: each.get("timestamp", "")):
            self.book.feed(each)
        self.alive()


def client() -> Main:
    return dde(ByTime)


if __name__ == "__main__":
    program(client())
