"""Trusts that nothing is ever lost on the wire of the live dialect."""

from _honest import Main, live, program

FAILS = (
    "delivery/asks-rest-in-the-end",
    "delivery/asks-rest-when-quiet",
    "delivery/unharmed-by-gaps",
    "delivery/unharmed-by-forgotten-ids",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = (
    "live/delivery/drop",
    "live/delivery/id-forgotten-and-nothing-sent",
    "live/delivery/nothing-but-heartbeats",
)


class Never:
    @property
    def in_doubt(self) -> bool:
        return False

    @property
    def final(self) -> bool:
        return self.book.is_over

    def take(self, id_: str, event) -> None:
        super().take(id_, event)
        self.done = self.is_over()

    quiet = 100_000.0
    pauses = (6.0,)  # while it is away, something happens


def client() -> Main:
    return live(Never)


if __name__ == "__main__":
    program(client())
