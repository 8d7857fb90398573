"""Comes back when it likes, whatever Retry-After says."""

from _honest import Client, DdeStream, LiveStream, Main, program
from goodclient.rest import Rest

FAILS = (
    "rates/retry-after-handshake",
    "rates/retry-after-429",
    "rates/retry-after-503",
)
FAMILIES = {"rates"}
CASES = ("dde/rates/429-with-retry-after", "live/rates/rest-429", "live/rates/rest-503")


class Deaf(Rest):
    async def once(self, path):
        body = await super().once(path)
        self.retry_after = 0.0
        self.next_at = 0.0
        return body


class DeafDde(DdeStream):
    def retry_after(self, headers) -> float:
        return 0.0


class DeafLive(LiveStream):
    def retry_after(self, headers) -> float:
        return 0.0


def client() -> Main:
    return Client.of(rest_class=Deaf, dde_stream=DeafDde, live_stream=DeafLive)


if __name__ == "__main__":
    program(client())
