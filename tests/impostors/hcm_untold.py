"""Never says that a hole is sent again."""

from __future__ import annotations

from _honest import Main, dde, program

FAILS = ("honesty/mode-told",)
FAMILIES = {"honesty"}
CASES = ("dde/honesty/half-a-hole-correction",)


class Sinful:
    def status(self):
        return {**super().status(), "mode": "normal"}


def client() -> Main:
    return dde(Sinful)


if __name__ == "__main__":
    program(client())
