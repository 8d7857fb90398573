"""Goes home once ten packets have come."""

from _honest import Main, both, program

FAILS = ("session/stays-to-the-end",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Halfway:
    def is_over(self) -> bool:
        return len(getattr(self, "log", ())) > 9 or len(getattr(self, "known", ())) > 9

    def take(self, *what) -> None:
        super().take(*what)
        self.done = self.is_over()


def client() -> Main:
    return both(Halfway)


if __name__ == "__main__":
    program(client())
