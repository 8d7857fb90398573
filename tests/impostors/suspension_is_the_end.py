"""Takes a suspension for the end of the round."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/suspended-play",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    over = False

    def feed(self, packet) -> None:
        self.over = self.over or packet.get("state") == "Suspended"
        if not self.over or packet.get("state") in ("RoundFinished", "RoundOfficial"):
            super().feed(packet)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
