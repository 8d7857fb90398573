"""Reads a Correction and keeps what was said before."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/correction",)
FAMILIES = {"state"}


class DropsCorrection(Round):
    def on_Correction(self, packet: dict) -> None: ...


def client() -> Main:
    return Client.of(round_book=DropsCorrection)


if __name__ == "__main__":
    program(client())
