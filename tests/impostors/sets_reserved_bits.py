"""Says goodbye in a frame with bits that mean nothing."""

from __future__ import annotations

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("session/proper-frames",)
FAMILIES = {"session"}


class Careless(SloppySocket):
    reserved = 0x40


class Sinful(Sloppy):
    socket_class = Careless


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
