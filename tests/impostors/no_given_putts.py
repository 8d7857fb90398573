"""Counts no putt that is given."""

from _honest import Client, Main, program
from goodclient.matches import Match, SideOfHole
from goodclient.rounds import Hole

FAILS = ("state/given-putts",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Strict(Hole):
    def hole_out(self, packet) -> None:
        self.holed = True


class Side(SideOfHole):
    def ball(self, player: int, *, first: bool = False):
        ball = super().ball(player, first=first)
        for who, each in self.balls.items():
            if each is ball and not isinstance(each, Strict):
                self.balls[who] = Strict(0)
        return super().ball(player)


class Sinful(Match):
    def hole_started(self, packet) -> None:
        super().hole_started(packet)
        sides = self.holes[packet["holeOrder"]].sides
        for team, side in sides.items():
            if not isinstance(side, Side):
                sides[team] = Side()


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
