"""Reads a Correction and keeps what was said before."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/correction-of-a-penalty",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_Correction(self, packet) -> None: ...


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
