"""What the finished holes of a match add up to for each side."""

from __future__ import annotations

from typing import NamedTuple

from mockdde.matchbook import BallLine, MatchBook, MatchLine

__all__ = ["SideTotal", "balls_of", "hole_points"]


def hole_points(line: MatchLine, side: int) -> float:
    """Points of a side (0 or 1) on a hole: one if it has won it, half of one if it is halved."""
    return (1 + (-line.result if side else line.result)) / 2


def balls_of(book: MatchBook, line: MatchLine, side: int, players: list[int]) -> list[BallLine]:
    """The balls of a side's players on a hole of fourballs, in their order.

    None in other play, and where only the side's score is reported.
    """
    balls = {ball.player: ball for ball in line.sides[side].balls}
    if book.play != "FOUR_BALL" or 0 in balls:
        return []
    return [balls.get(no, BallLine(no, 0, holed=False)) for no in players]


class SideTotal(NamedTuple):
    """What a side's finished holes come to."""

    to_par: int = 0  # of the holes it has holed
    strokes: int = 0
    points: float = 0.0
    up: int = 0  # holes ahead

    def after(self, line: MatchLine, side: int) -> SideTotal:
        """With one more hole."""
        strokes = line.sides[side].strokes
        return SideTotal(
            self.to_par + (0 if strokes is None else strokes - line.hole.par),
            self.strokes + (strokes or 0),
            self.points + hole_points(line, side),
            self.up + (-line.result if side else line.result),
        )
