"""Leaves with the first RoundOfficial, though the round has only begun."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("tolerance/unharmed-by-another-end",)
FAMILIES = {"delivery", "honesty", "rates", "session", "state", "tolerance"}
CASES = ("dde/tolerance/official-too-soon",)


class Believes(Round):
    def on_RoundStatusUpdate(self, packet) -> None:
        super().on_RoundStatusUpdate(packet)
        self.official = self.official or packet.get("state") == "RoundOfficial"


def client() -> Main:
    return Client.of(round_book=Believes)


if __name__ == "__main__":
    program(client())
