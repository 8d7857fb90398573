"""Puts its scores together when all is over, and shows nothing before."""

from _honest import Client, Main, program
from goodclient.state import Reporter

FAILS = ("delivery/true-while-played",)
FAMILIES = {"delivery"}


class InTheEnd(Reporter):
    def document(self):
        found = super().document()
        if not all(each.final for each in self.client.streams):
            for each in found["rounds"].values():
                each["holes"], each["to_par"] = {}, 0
        return found


def client() -> Main:
    return Client.of(reporter_class=InTheEnd)


if __name__ == "__main__":
    program(client())
