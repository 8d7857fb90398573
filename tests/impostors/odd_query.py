"""Asks for documents with a query that nobody has documented."""

from _honest import Client, Main, program
from goodclient.rest import Rest

FAILS = ("session/documented-queries",)
FAMILIES = {"session"}


class Odd(Rest):
    async def once(self, path):
        return await super().once(f"{path}{'&' if '?' in path else '?'}format=xml")


def client() -> Main:
    return Client.of(rest_class=Odd)


if __name__ == "__main__":
    program(client())
