"""Gives up where a handshake is not answered with 101."""

from _honest import Main, both, program
from goodclient.stream import LostError

FAILS = (
    "delivery/retries-handshake-4xx",
    "delivery/retries-handshake-5xx",
    "delivery/retries-refused-handshake",
    "delivery/retries-malformed-handshake",
    "delivery/retries-not-started",
    "delivery/reconnects-after-outage",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class GivesUp:
    async def connect(self):
        try:
            return await super().connect()
        except LostError:
            self.done = True
            raise


def client() -> Main:
    return both(GivesUp)


if __name__ == "__main__":
    program(client())
