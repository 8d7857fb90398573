"""Takes no notice of bytes that break RFC 6455."""

from _honest import Client, Main, program
from _sloppy import Sloppy, SloppySocket

FAILS = ("session/fails-bad-opcode", "session/fails-bad-utf8", "session/fails-reserved-bits")
FAMILIES = {"session", "delivery", "tolerance", "state", "honesty"}


class Careless(SloppySocket):
    pass


class Sinful(Sloppy):
    socket_class = Careless


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
