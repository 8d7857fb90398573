"""A finished hole as scores and statistics see it: one line, from the surviving shots.

A hole that was re-scored (HoleScoreUpdate) has the strokes of that, and the figures of its shots:
what is defined by the score (birdies, scrambles, eagles among the birdie chances) follows the score
then, and what is defined by shots (putts, greens, penalty strokes) the shots.
"""

from __future__ import annotations

from collections.abc import Iterable

from mockdde import log
from mockdde.figures import Figures, figures_of, surely_has_figures
from mockdde.golf import Hole
from mockdde.shots import HoleShots

__all__ = ["HoleLine", "line_of"]


class HoleLine:
    """A hole that was holed out; it never changes.

    Its figures are counted when somebody asks: scores do not need them.
    """

    __slots__ = ("_count", "_figures", "_has_figures", "_shots", "hole", "order", "strokes")

    def __init__(
        self, hole: Hole, order: int, strokes: int, shots: HoleShots | None = None
    ) -> None:
        """``strokes`` with penalties, or as re-scored; ``shots`` where lies are measured."""
        self.hole, self.order, self.strokes = hole, order, strokes
        # As they are now: more may be told, but a correction makes other shots.
        self._shots, self._count = shots, 0 if shots is None else len(shots.told)
        self._figures: Figures | None = None
        self._has_figures: bool | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, HoleLine):
            return NotImplemented
        mine = (self.hole, self.order, self.strokes)
        if mine != (other.hole, other.order, other.strokes):
            return False
        if self._shots is not None and self._shots is other._shots and self._count == other._count:
            return True
        return self.figures == other.figures

    __hash__ = None  # type: ignore[assignment]

    @property
    def figures(self) -> Figures | None:
        """What its shots were; None where the course measures no lies."""
        if self._shots is not None:
            self._figures = figures_of(self.hole, self._shots.contents(self._count))
            self._shots = None
        return self._figures

    @property
    def has_figures(self) -> bool:
        """Whether there are figures; it takes less time than to count them."""
        if self._has_figures is None:
            shots = self._shots
            surely = shots is not None and surely_has_figures(shots.contents(self._count))
            self._has_figures = surely or self.figures is not None
        return self._has_figures

    @property
    def over(self) -> int:
        """Strokes over par."""
        return self.strokes - self.hole.par

    @property
    def scrambled(self) -> bool:
        """The green was missed in regulation, and yet it was par or one under."""
        figures = self.figures
        return figures is not None and not figures.gir and self.over in (0, -1)

    @property
    def chance(self) -> int | None:
        """Decimetres left of a birdie chance, 0 where it was an eagle or better; None without."""
        figures = self.figures
        if figures is None:
            return None
        return 0 if self.over <= -2 else figures.left


def line_of(hole: Hole, order: int, shots: HoleShots, *, measured: bool = True) -> HoleLine | None:
    """The line of a hole; None before it is finished, and where it was never holed.

    ``measured``: the course is one where lies are. Otherwise a hole in one, which has none, could
    not be told from a hole whose lies nobody measures.
    """
    if shots.finished != "BallHoled":
        return None
    has_lies = measured and shots.scored is None
    return HoleLine(hole, order, _strokes(shots), shots if has_lies else None)


def _strokes(shots: HoleShots) -> int:
    if shots.rescored is not None:
        return shots.rescored
    return _count(shots.contents()) if shots.scored is None else shots.scored


def _count(told: Iterable[log.What]) -> int:
    """Strokes and penalty strokes, of all that was told of a hole."""
    total = 0
    for what in told:
        if isinstance(what, log.HitBall):
            total += not what.provisional
        elif isinstance(what, log.Penalty):
            total += what.strokes
        elif isinstance(what, log.ProvisionalBallSelected):
            total += what.chosen + what.penalty
    return total
