"""Halves a hole that not both sides have holed out."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = (
    "state/conceded-hole",
    "state/lost-hole",
    "state/conceded-match",
    "state/conceded-before-the-start",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Match):
    def hole_finished(self, packet) -> None:
        reason = packet.get("finishReason")
        super().hole_finished(
            {**packet, "finishReason": reason if reason == "BallHoled" else "PickedUp"}
        )


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
