"""Keeps holes by their number on the course, so that a hole played twice is one hole."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/hole-order",)
FAMILIES = {"state"}


class ByNumber(Round):
    def place(self, packet: dict) -> int:
        return packet["holeNo"]


def client() -> Main:
    return Client.of(round_book=ByNumber)


if __name__ == "__main__":
    program(client())
