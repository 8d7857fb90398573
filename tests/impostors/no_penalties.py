"""Counts strokes, and no penalty strokes."""

from _honest import Client, Main, program
from goodclient.rounds import Round

FAILS = (
    "state/penalty-strokes",
    "state/penalty-with-drop",
    "state/penalty-without-drop",
    "state/penalties-told",
)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Sinful(Round):
    def on_Penalty(self, packet) -> None: ...


def client() -> Main:
    return Client.of(round_book=Sinful)


if __name__ == "__main__":
    program(client())
