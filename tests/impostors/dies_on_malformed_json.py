"""Ends with the first message that is no JSON."""

import json

from _honest import Main, both, program

FAILS = (
    "tolerance/survives-malformed-json",
    "tolerance/unharmed-by-broken-messages",
)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("live/tolerance/broken-json",)


class Sinful:
    async def understand(self, data) -> None:
        try:
            json.loads(data)
        except ValueError:
            self.done = True
            return
        await super().understand(data)


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
