"""Settles a round on RoundFinished, and reads no HoleScoreUpdate after it."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/hole-score-after-the-round",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_HoleScoreUpdate(self, packet) -> None:
        if not self.finished:
            super().on_HoleScoreUpdate(packet)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
