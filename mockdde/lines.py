"""A finished hole as scores and statistics see it: one line, from the surviving shots."""

from __future__ import annotations

from dataclasses import dataclass

from mockdde import log
from mockdde.golf import Hole
from mockdde.shots import HoleShots

__all__ = ["HoleLine", "line_of"]


@dataclass(frozen=True, slots=True)
class HoleLine:
    """A hole that was holed out."""

    hole: Hole
    order: int
    strokes: int  # with penalties, or as re-scored

    @property
    def over(self) -> int:
        """Strokes over par."""
        return self.strokes - self.hole.par


def line_of(hole: Hole, order: int, shots: HoleShots) -> HoleLine | None:
    """The line of a hole; None before it is finished, and where it was never holed."""
    if shots.finished != "BallHoled":
        return None
    return HoleLine(hole, order, _strokes(shots))


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
