"""Leaves when a packet is of a type that it does not know."""

from _honest import Main, dde, program
from goodclient.packets import kind_of
from goodclient.stream import LostError

FAILS = ("tolerance/stays-through-drift",)
FAMILIES = {"delivery", "session", "tolerance"}


KNOWN = {
    *("Heartbeat", "ConnectionStateChanged", "RoundStatusUpdate", "ModeChange", "Correction"),
    *("HoleScoreUpdate", "AddressingBall", "HitBall", "ApproximateLie", "DetailedLie", "Penalty"),
    *("BallDrop", "ProvisionalBallSelected", "BallHoled"),
}


class Sinful:
    def take(self, packet) -> None:
        if kind_of(packet) not in KNOWN:
            raise LostError("what is this?", 1003)
        super().take(packet)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
