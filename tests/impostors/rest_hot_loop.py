"""Asks again at once for a document that it did not get."""

from _honest import Client, Main, program
from goodclient.rest import Rest

FAILS = (
    "rates/rest-errors-wait",
    "rates/rest-refused-no-loop",
    "rates/rest-not-found-waits",
    "rates/retry-after-429",
    "rates/retry-after-503",
)
FAMILIES = {"rates"}


class Hot(Rest):
    apart = 0.25
    pauses = (0.0,)
    refused_pauses = (0.0,)

    async def once(self, path):
        body = await super().once(path)
        self.retry_after = 0.0
        self.next_at = 0.0
        return body


def client() -> Main:
    return Client.of(rest_class=Hot)


if __name__ == "__main__":
    program(client())
