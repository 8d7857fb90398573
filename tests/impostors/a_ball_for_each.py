"""Takes partners in foursomes for two balls."""

from _honest import Client, Main, program
from goodclient.matches import Match, SideOfHole

FAILS = ("state/foursomes",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Each(SideOfHole):
    def ball(self, player: int, *, first: bool = False):
        return super().ball(player, first=True)


class Sinful(Match):
    def hole_started(self, packet) -> None:
        super().hole_started(packet)
        sides = self.holes[packet["holeOrder"]].sides
        for team, side in sides.items():
            if not isinstance(side, Each):
                sides[team] = Each()


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
