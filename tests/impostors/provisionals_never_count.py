"""Does not know that a provisional ball was chosen."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/provisional-played",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_ProvisionalBallSelected(self, packet) -> None: ...


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
