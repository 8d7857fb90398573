"""The holes of a match as its score shows them, a list for each side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import orjson

from mockdde.golf import Hole, Team, yards
from mockdde.matchbook import BallLine, MatchBook, MatchLine, SideLine
from mockdde.matchplay import advantage
from mockdde.quirks import Quirks

__all__ = ["HoleScores", "Total"]

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


class Total(NamedTuple):
    """What a side's finished holes come to."""

    to_par: int = 0  # of the holes it has holed
    strokes: int = 0
    points: float = 0.0  # one a hole won, half of one a hole halved
    up: int = 0  # holes ahead

    def after(self, line: MatchLine, side: int) -> Total:
        """With one more hole."""
        strokes = line.sides[side].strokes
        result = -line.result if side else line.result
        return Total(
            self.to_par + (0 if strokes is None else strokes - line.hole.par),
            self.strokes + (strokes or 0),
            self.points + (1 + result) / 2,
            self.up + result,
        )


class HoleScores:
    """``holeScores`` of both sides. Each hole is encoded again only when it is another one."""

    def __init__(self, book: MatchBook, teams: Sequence[Team], quirks: Quirks) -> None:
        self.book = book
        self.totals = [Total(), Total()]
        self._players = [[player.id for player in team.players] for team in teams]
        self._scoring = quirks["match-scoring"]
        self._lists_unplayed = quirks["unplayed-match-holes"] == "listed"
        self._nulls = quirks["empty-match-values"] == "null"
        self._counts_playoffs = quirks["playoff-match-holes"] == "counted"
        self._balls_key = quirks["player-scores"]
        capitals = self._balls_key == "PlayerScores"
        self._ball_keys = ("Strokes", "ScoreToPar") if capitals else ("strokes", "scoreToPar")
        self._open_balls = quirks["ball-not-holed"] == "to-par"
        # By order: what a hole was made of, and its bytes.
        self._kept: list[dict[int, tuple[object, bytes]]] = [{}, {}]

    def encoded(self, side: int) -> bytes:
        """``holeScores`` of a side (0 or 1), as they were at the last update."""
        return b"[%b]" % b",".join(fragment for _, fragment in self._kept[side].values())

    def update(self) -> None:
        """Take in what the book has by now."""
        for side in (0, 1):
            total, before = Total(), self._kept[side]
            now: dict[int, tuple[object, bytes]] = {}
            for order in self._orders():
                line = self.book.lines.get(order)
                total = total if line is None else total.after(line, side)
                made_of = (line, total)
                kept = before.get(order)
                if kept is None or kept[0] != made_of:
                    kept = (made_of, orjson.dumps(self._hole(order, line, side, total)))
                now[order] = kept
            self.totals[side], self._kept[side] = total, now

    def _orders(self) -> list[int]:
        """The holes that are listed: more than those of regulation play only once played."""
        lines = self.book.lines
        if not self._lists_unplayed:
            return sorted(lines)
        over = self.book.over
        return [*range(1, over + 1), *sorted(order for order in lines if order > over)]

    def _hole(self, order: int, line: MatchLine | None, side: int, total: Total) -> dict[str, Any]:
        """An element of ``holeScores``."""
        hole = self.book.holes[order - 1] if line is None else line.hole
        keys: dict[str, Any] = dict.fromkeys((*_KEYS, self._balls_key))
        keys["yardage"], keys["par"] = yards(hole.metres), hole.par
        keys["holeFinished"] = line is not None
        keys["holeNo"], keys["playOffSequence"] = hole.no, self._sequence(order)
        if line is not None:
            keys |= self._score(line, side, total)
        if not self._nulls:
            return {key: value for key, value in keys.items() if value is not None}
        if not self._scoring.startswith("points"):
            del keys["points"]
        if self.book.play != "FOUR_BALL":
            del keys[self._balls_key]
        return keys

    def _score(self, line: MatchLine, side: int, total: Total) -> dict[str, Any]:
        """What is said of a finished hole."""
        own = line.sides[side]
        points = None
        if self._scoring == "points":
            points = (1 + (-line.result if side else line.result)) / 2
        elif self._scoring == "points-so-far":
            points = total.points
        return {
            "cumulativeScoreToPar": total.to_par,
            "scoreToPar": None if own.strokes is None else own.strokes - line.hole.par,
            "points": points,
            "holeFinishedBy": own.reason,
            "cumulativeHolesAdvantage": advantage(total.up),
            "strokes": _strokes(own),
            self._balls_key: self._balls(own, line.hole, side),
        }

    def _sequence(self, order: int) -> int:
        """``playOffSequence``: 0 in regulation play, then from 1 on."""
        over = self.book.over
        if not over and not self._counts_playoffs:
            return 0
        return max(0, order - over)

    def _balls(self, own: SideLine, hole: Hole, side: int) -> list[dict[str, Any]] | None:
        """``playerScores``, in fourballs; None too where only the side's score is reported."""
        balls = {ball.player: ball for ball in own.balls}
        if self.book.play != "FOUR_BALL" or 0 in balls:
            return None
        return [
            self._ball(balls.get(no, BallLine(no, 0, holed=False)), hole)
            for no in self._players[side]
        ]

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
