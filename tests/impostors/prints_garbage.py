"""Tells of its state in words of its own."""

from _honest import Client, Main, program
from goodclient.state import Reporter

FAILS = ("honesty/readable",)
FAMILIES = {"honesty"}


class Garbage(Reporter):
    def document(self):
        return {"state": "fine", "streams": len(self.client.streams)}


def client() -> Main:
    return Client.of(reporter_class=Garbage)


if __name__ == "__main__":
    program(client())
