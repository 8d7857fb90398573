"""A finished hole as scores and statistics see it: one line, from the surviving shots.

A hole that was re-scored (HoleScoreUpdate) has the strokes of that, and the figures of its shots:
what is defined by the score (birdies, scrambles, eagles among the birdie chances) follows the score
then, and what is defined by shots (putts, greens, penalty strokes) the shots.
"""

from __future__ import annotations

from dataclasses import dataclass

from mockdde import log
from mockdde.figures import Figures, figures_of
from mockdde.golf import Hole
from mockdde.shots import HoleShots

__all__ = ["HoleLine", "line_of"]


@dataclass(frozen=True, slots=True)
class HoleLine:
    """A hole that was holed out."""

    hole: Hole
    order: int
    strokes: int  # with penalties, or as re-scored
    figures: Figures | None = None  # None where the course measures no lies

    @property
    def over(self) -> int:
        """Strokes over par."""
        return self.strokes - self.hole.par

    @property
    def scrambled(self) -> bool:
        """The green was missed in regulation, and yet it was par or one under."""
        return self.figures is not None and not self.figures.gir and self.over in (0, -1)

    @property
    def chance(self) -> int | None:
        """Decimetres left of a birdie chance, 0 where it was an eagle or better; None without."""
        if self.figures is None:
            return None
        return 0 if self.over <= -2 else self.figures.left


def line_of(hole: Hole, order: int, shots: HoleShots, *, measured: bool = True) -> HoleLine | None:
    """The line of a hole; None before it is finished, and where it was never holed.

    ``measured``: the course is one where lies are. Otherwise a hole in one, which has none, could
    not be told from a hole whose lies nobody measures.
    """
    if shots.finished != "BallHoled":
        return None
    figures = figures_of(hole, shots) if measured and shots.scored is None else None
    return HoleLine(hole, order, _strokes(shots), figures)


def _strokes(shots: HoleShots) -> int:
    if shots.rescored is not None:
        return shots.rescored
    if shots.scored is not None:
        return shots.scored
    total = 0
    for told in shots.told:
        match told.what:
            case log.HitBall(provisional=0):
                total += 1
            case log.Penalty(strokes=strokes):
                total += strokes
            case log.ProvisionalBallSelected(chosen=ball, penalty=penalty):
                total += ball + penalty
    return total
