"""Sends frames without a mask."""

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("session/proper-frames",)
FAMILIES = {"session", "delivery", "rates", "honesty", "state"}


class Careless(SloppySocket):
    masks = False


class Sinful(Sloppy):
    socket_class = Careless


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
