"""Says that the side which is down is up."""

from _honest import Client, Main, program
from goodclient.matches import Match

FAILS = ("state/match-up",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}
CASES = ("dde/state/match-dormie",)


class Sinful(Match):
    def documents(self):
        for key, document in super().documents():
            others = {None: None} | dict(
                zip(self.target.teams, self.target.teams[::-1], strict=False)
            )
            yield key, {**document, "leader": others[document["leader"]]}


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
