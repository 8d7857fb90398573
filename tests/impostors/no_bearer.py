"""Asks REST without its token."""

from _honest import Client, Main, program
from goodclient.rest import Rest

FAILS = ("session/rest-bearer",)
FAMILIES = {"honesty", "session"}


class Nobody(Rest):
    def headers(self) -> dict[str, str]:
        return {}


def client() -> Main:
    return Client.of(rest_class=Nobody)


if __name__ == "__main__":
    program(client())
