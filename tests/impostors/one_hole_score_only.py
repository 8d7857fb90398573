"""Takes the first HoleScoreUpdate of a hole, and no other."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/hole-score-twice",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_HoleScoreUpdate(self, packet) -> None:
        no = packet["eventCorrectedIdentifier"].get("holeNo")
        if all(each.override is None for each in self.holes.values() if each.no == no):
            super().on_HoleScoreUpdate(packet)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
