"""Shows every round as the first one."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/several-rounds",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def documents(self):
        for key, document in super().documents():
            tournament, _, team = key.split("/")
            yield f"{tournament}/1/{team}", document


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
