"""Asks again at once for a document that it did not get."""

from __future__ import annotations

from _honest import Client, LiveStream, Main, program
from goodclient.rest import Rest

FAILS = (
    "rates/rest-errors-wait",
    "rates/rest-refused-no-loop",
    "rates/rest-not-found-waits",
    "rates/retry-after-429",
    "rates/retry-after-503",
)
FAMILIES = {"rates"}
WIRE_SPEED = 10.0  # at more, its pauses are those of a busy machine
CASES = (
    "live/rates/rest-401",
    "live/rates/rest-404",
    "live/rates/rest-429",
    "live/rates/rest-503",
    "live/rates/rest-500",
)


class Hot(Rest):
    pauses = refused_pauses = (0.0,)

    async def once(self, path):
        body = await super().once(path)
        self.retry_after = self.next_at = 0.0
        return body


class Stream(LiveStream):
    ask_pauses = (0.0,)


def client() -> Main:
    return Client.of(rest_class=Hot, live_stream=Stream)


if __name__ == "__main__":
    program(client())
