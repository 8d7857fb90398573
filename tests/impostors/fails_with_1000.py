"""Fails a connection that broke RFC 6455 as if all were well, with 1000."""

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("session/says-1002", "session/says-1007")
FAMILIES = {"session"}


class Careless(SloppySocket):
    code_of_violation = 1000


class Sinful(Sloppy):
    socket_class = Careless


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
