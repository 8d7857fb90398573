"""Numbers of strokes as both dialects say them, by the quirks of provisional balls and of drops."""

from __future__ import annotations

from typing import TypeAlias

from mockdde import log
from mockdde.log import Event
from mockdde.world import Tournament

__all__ = ["StrokeNumbers"]

_TURNS = (log.BallDrop, log.Mode)  # what other strokes are numbered after
_Hole: TypeAlias = tuple[int, int, int, int]  # whose round, or match, and the order


class StrokeNumbers:
    """A fold: ``apply`` each event before it is told."""

    def __init__(self, tournament: Tournament) -> None:
        # In fourballs each player of a side has a ball.
        self._with_own_balls = {
            spec.no for spec in tournament.scenario.rounds if spec.play == "FOUR_BALL"
        }
        self._skips = tournament.quirks["stroke-and-distance"] == "skips"
        self._next_of_ball = tournament.quirks["provisional-stroke"] == "next"
        self._next_after_penalty = tournament.quirks["penalty-stroke"] == "next"
        self._skipped: dict[_Hole, dict[int, list[int]]] = {}  # strokes, by hole and ball

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if type(event.what) not in _TURNS:
            return
        match event.what:
            case log.BallDrop(drop="StrokeAndDistance", stroke=stroke) if self._skips:
                balls = self._skipped.setdefault(_hole(event), {})
                balls.setdefault(self._ball(event), []).append(stroke)
            case log.Mode(begins=True):
                self._skipped.pop(_hole(event), None)

    def of(self, event: Event, stroke: int, ball: int) -> int:
        """The number of a stroke of a ball (0 the original) on the event's hole."""
        number = stroke + ball if self._next_of_ball else stroke
        if not self._skipped:
            return number
        balls = self._skipped.get(_hole(event), {})
        return number + sum(each < stroke for each in balls.get(self._ball(event), ()))

    def after(self, stroke: int) -> int:
        """The stroke that a penalty or a drop belongs to."""
        return stroke + self._next_after_penalty

    def _ball(self, event: Event) -> int:
        """Tells apart the balls that are played on the event's hole."""
        return event.player if event.round in self._with_own_balls else event.team


def _hole(event: Event) -> _Hole:
    if event.match:
        return (0, 0, event.match, event.order)
    return (event.round, event.team, 0, event.order)
