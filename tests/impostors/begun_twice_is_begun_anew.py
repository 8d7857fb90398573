"""Begins a hole anew when HoleStarted comes again outside a correction."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("tolerance/unharmed-by-a-hole-that-seems-to-begin-again",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("dde/tolerance/hole-begins-again",)


class Anew(Round):
    def hole_started(self, packet) -> None:
        self.correcting, before = True, self.correcting
        super().hole_started(packet)
        self.correcting = before


def client() -> Main:
    return Client.of(round_book=Anew)


if __name__ == "__main__":
    program(client())
