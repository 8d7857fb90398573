"""Takes every packet that it does not know for a stroke."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/asides",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_RefereeCalled(self, packet) -> None:
        self.hole_of(packet).made += 1


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
