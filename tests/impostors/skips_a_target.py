"""Follows all streams but the last."""

from dataclasses import replace

from _honest import Client, Main, program

FAILS = ("session/opens-every-target",)
FAMILIES = {"delivery", "honesty", "session", "state", "tolerance"}
CASES = ("dde/session/three-streams",)


class Skips(Client):
    def __init__(self, environ) -> None:
        super().__init__(environ)
        self.contract = replace(self.contract, targets=self.contract.targets[:-1])


def client() -> Main:
    return Skips.of()


if __name__ == "__main__":
    program(client())
