"""Leaves all packets of a hole correction aside."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/hole-correction-shorter",
    "state/hole-correction-longer",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def feed(self, packet) -> None:
        if not self.correcting or packet.get("mode"):
            super().feed(packet)


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
