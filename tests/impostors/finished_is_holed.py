"""Takes every hole that is finished for one that was holed out."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/unfinished-hole",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def hole_finished(self, packet) -> None:
        super().hole_finished(packet)
        self.hole_of(packet).holed = True


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
