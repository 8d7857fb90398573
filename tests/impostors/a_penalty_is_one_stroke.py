"""Takes every penalty for one stroke."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/penalty-of-two",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_Penalty(self, packet) -> None:
        keys = ("penaltyStrokes", "strokesAssessed")
        super().on_Penalty({**packet, **{key: 1 for key in keys if packet.get(key)}})


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
