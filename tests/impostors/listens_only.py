"""Never asks REST, however long nothing comes."""

from __future__ import annotations

from _honest import Main, live, program

FAILS = ("delivery/asks-rest-when-quiet",)
FAMILIES = {"delivery"}


class Sinful:
    quiet = 100_000.0


def client() -> Main:
    return live(Sinful)


if __name__ == "__main__":
    program(client())
