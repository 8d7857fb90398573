"""Gives up where its token was refused, or the socket closed before a packet."""

from _honest import Main, dde, program

FAILS = (
    "delivery/reconnects-after-refusal",
    "delivery/reconnects-after-early-close",
    "delivery/reconnects-after-no-answer",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    def lost(self) -> None:
        super().lost()
        self.done = not self.let_in or not self.here


def client() -> Main:
    return dde(GivesUp)


if __name__ == "__main__":
    program(client())
