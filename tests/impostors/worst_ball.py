"""Counts the worse ball of a pair in fourballs."""

from _honest import Client, Main, program
from goodclient.matches import Match, SideLine, SideOfHole

FAILS = ("state/fourballs",)
FAMILIES = {"delivery", "honesty", "state", "tolerance"}


class Worst(SideOfHole):
    @property
    def line(self):
        found = super().line
        holed = [each.strokes for each in self.balls.values() if each.holed]
        if found is None or found.strokes is None:
            return found
        return SideLine(found.reason, max(holed))


class Sinful(Match):
    def hole_started(self, packet) -> None:
        super().hole_started(packet)
        sides = self.holes[packet["holeOrder"]].sides
        for team, side in sides.items():
            if not isinstance(side, Worst):
                sides[team] = Worst()


def client() -> Main:
    return Client.of(match_book=Sinful)


if __name__ == "__main__":
    program(client())
