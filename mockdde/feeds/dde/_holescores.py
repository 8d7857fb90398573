"""The holes of a match as its score shows them."""

from __future__ import annotations

from typing import Any, Final

import orjson

from mockdde.feeds._matchholes import MatchHoles
from mockdde.golf import Hole, yards
from mockdde.matchbook import BallLine, MatchBook, MatchLine, SideLine
from mockdde.matchplay import advantage
from mockdde.matchtotals import SideTotal, balls_of, hole_points
from mockdde.quirks import Quirks

__all__ = ["HoleScores"]

_KEYS: Final = (
    "cumulativeScoreToPar",
    "yardage",
    "par",
    "holeFinished",
    "scoreToPar",
    "points",
    "holeFinishedBy",
    "cumulativeHolesAdvantage",
    "strokes",
    "holeNo",
    "playOffSequence",
)


class HoleScores:
    """The elements of ``holeScores``."""

    def __init__(self, quirks: Quirks) -> None:
        self._scoring = quirks["match-scoring"]
        self._nulls = quirks["empty-match-values"] == "null"
        self._counts_playoffs = quirks["playoff-match-holes"] == "counted"
        self._balls_key = quirks["player-scores"]
        capitals = self._balls_key == "PlayerScores"
        self._ball_keys = ("Strokes", "ScoreToPar") if capitals else ("strokes", "scoreToPar")
        self._open_balls = quirks["ball-not-holed"] == "to-par"

    def hole(
        self, holes: MatchHoles, order: int, line: MatchLine | None, side: int, total: SideTotal
    ) -> bytes:
        """A hole for a side (0 or 1), which ``total`` is with."""
        book = holes.book
        hole = book.holes[order - 1] if line is None else line.hole
        keys: dict[str, Any] = dict.fromkeys((*_KEYS, self._balls_key))
        keys["yardage"], keys["par"] = yards(hole.metres), hole.par
        keys["holeFinished"] = line is not None
        keys["holeNo"], keys["playOffSequence"] = hole.no, self._sequence(book, order)
        if line is not None:
            keys |= self._score(line, side, total)
            keys[self._balls_key] = [
                self._ball(ball, hole) for ball in balls_of(book, line, side, holes.players[side])
            ] or None
        if not self._nulls:
            keys = {key: value for key, value in keys.items() if value is not None}
        else:
            if not self._scoring.startswith("points"):
                del keys["points"]
            if book.play != "FOUR_BALL":
                del keys[self._balls_key]
        return orjson.dumps(keys)

    def _score(self, line: MatchLine, side: int, total: SideTotal) -> dict[str, Any]:
        """What is said of a finished hole."""
        own = line.sides[side]
        points = None
        if self._scoring == "points":
            points = hole_points(line, side)
        elif self._scoring == "points-so-far":
            points = total.points
        return {
            "cumulativeScoreToPar": total.to_par,
            "scoreToPar": None if own.strokes is None else own.strokes - line.hole.par,
            "points": points,
            "holeFinishedBy": own.reason,
            "cumulativeHolesAdvantage": advantage(total.up),
            "strokes": _strokes(own),
        }

    def _sequence(self, book: MatchBook, order: int) -> int:
        """``playOffSequence``: 0 in regulation play, then from 1 on."""
        if not book.over and not self._counts_playoffs:
            return 0
        return max(0, order - book.over)

    def _ball(self, ball: BallLine, hole: Hole) -> dict[str, Any]:
        to_par = ball.strokes - hole.par if ball.holed or self._open_balls else None
        strokes_key, to_par_key = self._ball_keys
        return {
            strokes_key: ball.strokes,
            to_par_key: to_par,
            "id": ball.player,
            "isBallHoled": ball.holed,
        }


def _strokes(own: SideLine) -> str:
    """``strokes``: a number where the side has holed, ``c`` where it gave up the hole."""
    if own.strokes is not None:
        return str(own.strokes)
    return "c" if own.reason == "HoleConceded" else "-"
