"""The elements of official shots: what stands of a hole, with the score at each penalty and end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mockdde import log
from mockdde.books import Books
from mockdde.feeds.dde._parts import ball_lie, drop_lie
from mockdde.golf import Hole, is_playoff
from mockdde.lines import HoleLine
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.shots import HoleShots
from mockdde.strokenumbers import StrokeNumbers

__all__ = ["ShotKeys"]

_ALL = (
    "timestamp",
    "courseId",
    "ballLie",
    "score",
    "provisionalIndex",
    "groupNo",
    "dropType",
    "eventElementType",
    "seqNum",
    "holeOrder",
    "teamNo",
    "strokeNo",
    "playerId",
    "penaltyType",
    "holeNo",
    "clubTypeCode",
)


class ShotKeys:
    """Renders the holes of one team's round, in the order they were played."""

    def __init__(self, books: Books, round_no: int) -> None:
        tournament = books.tournament
        self._adds = not is_playoff(round_no)  # a playoff adds nothing to the overall score
        self._tournament = tournament
        self._quirks = tournament.quirks
        self._numbers = StrokeNumbers(tournament)  # strokeNo is that of the packets
        self._european = tournament.tour == "European Tour"

    def of_hole(
        self, shots: HoleShots, hole: Hole, line: HoleLine | None, before: tuple[int, int]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        """Elements without seqNum, each with its event's id.

        ``before``: the score to par of the tournament and of the round, before this hole.
        """
        for event in shots.told:
            self._numbers.apply(event)
        contents = shots.contents()
        clubs = {
            (what.stroke, what.provisional): what.club
            for what in contents
            if isinstance(what, log.AddressingBall)
        }
        score = _Score(hole, line, before, adds=self._adds)
        for event, now in zip(shots.told, contents, strict=True):
            score.count(now)
            element = self._element(event, now, clubs, score)
            if element is not None:
                rest = dict.fromkeys(_ALL) if self._quirks["shot-keys"] == "all" else {}
                yield event.id, rest | element

    def _element(
        self, event: Event, now: log.What, clubs: dict[tuple[int, int], str], score: _Score
    ) -> dict[str, Any] | None:
        match now:
            case log.LieReport(detailed=True) as what:
                keys = self._stroke(event, "DetailedLie", what.stroke, what.provisional)
                keys["ballLie"] = self._lie(ball_lie(what.lie, what.shot_distance, what.to_pin))
                return keys | self._club(what.stroke, clubs.get((what.stroke, what.provisional)))
            case log.BallHoled(stroke, ball):
                return self._stroke(event, "BallHoled", stroke, ball) | {"score": score.holed()}
            case log.Penalty() as what if self._european or not what.disqualified:
                stroke = self._numbers.after(what.stroke)
                keys = self._stroke(event, "Penalty", stroke, what.provisional)
                keys["penaltyType"] = "Disqualification" if what.disqualified else "Strokes"
                return keys | {"score": score.so_far()}
            case log.BallDrop() as what:
                stroke = self._numbers.after(what.stroke)
                keys = self._stroke(event, "BallDrop", stroke, what.provisional)
                lie = self._lie(drop_lie(what.lie, what.to_pin, zones=False))
                return keys | {"ballLie": lie, "dropType": what.drop}
            case log.ProvisionalBallSelected() as what:
                keys = self._stroke(event, type(what).__name__, what.stroke, what.chosen)
                if what.lie is not None:
                    lie = ball_lie(what.lie, what.shot_distance, what.to_pin)
                    keys["ballLie"] = self._lie(lie)
                return keys
        return None

    def _stroke(self, event: Event, kind: str, stroke: int, ball: int) -> dict[str, Any]:
        facts = self._tournament.rounds[event.round, event.team]
        whole = self._quirks["course-id"] == "integer"
        return {
            "timestamp": iso_millis(event.at),
            "courseId": facts.course.id if whole else str(facts.course.id),
            "eventElementType": kind,
            "provisionalIndex": ball,
            "groupNo": facts.group.no,
            "holeOrder": event.order,
            "holeNo": facts.holes[event.order - 1].no,
            "teamNo": event.team,
            "strokeNo": self._numbers.of(event, stroke, ball),
            "playerId": event.player,
        }

    def _lie(self, lie: dict[str, Any]) -> dict[str, Any]:
        """With blindShot in the spelling of this document (quirk blind-shot)."""
        key = self._quirks["blind-shot"]
        return {key if name == "blindshot" else name: value for name, value in lie.items()}

    def _club(self, stroke: int, club: str | None) -> dict[str, str | None]:
        """The club, of strokes that are no drives as packets have it (quirk later-clubs)."""
        if club is None:
            return {}
        if club == "CUK" and stroke > 1 and self._quirks["later-clubs"] != "CUK":
            return {} if self._quirks["later-clubs"] == "absent" else {"clubTypeCode": None}
        return {"clubTypeCode": club}


class _Score:
    """The score on a hole while its strokes are counted; all of it whole numbers."""

    def __init__(
        self, hole: Hole, line: HoleLine | None, before: tuple[int, int], *, adds: bool
    ) -> None:
        self._hole, self._line, self._adds = hole, line, adds
        self._overall, self._round = before
        self._strokes = 0

    def count(self, what: log.What) -> None:
        """Take in what was told of the hole."""
        match what:
            case log.HitBall(provisional=0):
                self._strokes += 1
            case log.Penalty(strokes=strokes):
                self._strokes += strokes
            case log.ProvisionalBallSelected(chosen=ball, penalty=penalty):
                self._strokes += ball + penalty

    def so_far(self) -> dict[str, int]:
        """Before the ball is holed the hole adds nothing to the scores to par."""
        return self._object(self._strokes, 0)

    def holed(self) -> dict[str, int]:
        """With the hole in it, and the last word on its strokes."""
        strokes = self._line.strokes if self._line is not None else self._strokes
        return self._object(strokes, strokes - self._hole.par)

    def _object(self, strokes: int, over: int) -> dict[str, int]:
        return {
            "currentHolePar": self._hole.par,
            "overallScoreToPar": self._overall + (over if self._adds else 0),
            "currentHoleStrokes": strokes,
            "currentRoundScoreToPar": self._round + over,
        }
