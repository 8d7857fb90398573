"""Says that it has no socket when it has one."""

from __future__ import annotations

from _honest import Main, both, program

FAILS = ("honesty/socket-told",)
FAMILIES = {"honesty"}
CASES = ("dde/honesty/devices-away",)


class Sinful:
    def status(self):
        said = super().status()
        return {**said, "transport": said["transport"].replace("open", "reconnecting")}


def client() -> Main:
    return both(Sinful)


if __name__ == "__main__":
    program(client())
