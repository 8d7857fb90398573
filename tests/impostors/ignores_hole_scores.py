"""Does not read HoleScoreUpdate."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/hole-score-update",
    "state/hole-score-after-the-round",
    "state/hole-score-twice",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_HoleScoreUpdate(self, packet) -> None: ...


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
