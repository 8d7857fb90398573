"""Takes a playoff for more of the same round."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = ("state/playoff",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def documents(self):
        for key, document in super().documents():
            tournament, round_no, team = key.split("/")
            yield f"{tournament}/{int(round_no) % 100}/{team}", document


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
