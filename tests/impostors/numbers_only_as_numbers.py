"""Compares numbers that come as texts with numbers, and finds none."""

from _honest import Main, dde, program
from goodclient.packets import read

FAILS = ("tolerance/unharmed-by-numbers-as-text",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}


class Sinful:
    async def understand(self, data) -> None:
        packet = read(data)
        if not isinstance(packet.get("seqNum", 0), int):
            self.last += 1  # whatever it is
            self.changed()
            return
        await super().understand(data)


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
