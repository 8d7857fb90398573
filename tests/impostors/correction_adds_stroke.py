"""Takes a Correction for one more stroke."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/correction-of-a-drop",
    "state/correction-of-a-lie",
    "state/correction-of-a-measured-lie",
    "state/corrected-late",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_Correction(self, packet) -> None:
        super().on_Correction(packet)
        hole = self.holes.get(packet["eventCorrectedIdentifier"]["holeOrder"])
        if hole is not None:
            hole.made += 1


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
