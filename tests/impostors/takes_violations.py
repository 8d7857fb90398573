"""Takes no notice of bytes that break RFC 6455."""

from __future__ import annotations

from _honest import Client, Main, program
from _sloppy import Sloppy
from goodclient.packets import MalformedError

FAILS = (
    "session/fails-bad-opcode",
    "session/fails-bad-utf8",
    "session/fails-reserved-bits",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/tolerance/unknown-opcode", "dde/tolerance/bad-utf8", "dde/tolerance/reserved-bits")


class Sinful(Sloppy):
    gap_patience = 100_000.0

    async def understand(self, data) -> None:
        try:
            await super().understand(data)
        except MalformedError:
            return


def client() -> Main:
    return Client.of(dde_stream=Sinful)


if __name__ == "__main__":
    program(client())
