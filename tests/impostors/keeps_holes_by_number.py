"""Keeps holes by their number on the course, so that one played twice is one hole."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/same-hole-again",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def place(self, packet) -> int:
        return int(packet.get("holeNo", 1))


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
