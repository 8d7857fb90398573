"""The surviving shots of each hole: what the feed has said of it, corrections carried out."""

from __future__ import annotations

from collections.abc import Mapping

from mockdde import log
from mockdde.log import Event
from mockdde.records import dataclass, field, replace

__all__ = ["HoleShots", "Shots"]

_TOLD = frozenset(
    (
        log.AddressingBall,
        log.HitBall,
        log.LieReport,
        log.BallHoled,
        log.ProvisionalBallSelected,
        log.Penalty,
        log.BallDrop,
    )
)


@dataclass(slots=True)
class HoleShots:
    """A hole of a team as it stands: nothing that was undone or sent again is in it."""

    told: list[Event] = field(default_factory=list)  # strokes, lies, penalties, drops, in order
    corrected: Mapping[int, log.What] = field(default_factory=dict)  # their contents, by event id
    finished: str | None = None  # its finishReason
    scored: int | None = None  # strokes where nothing but the score is reported
    rescored: int | None = None  # strokes by a HoleScoreUpdate: the last word

    def contents(self, count: int | None = None) -> list[log.What]:
        """What was told of it first, ``count`` of it or all, with its content by now."""
        told, corrected = self.told[:count], self.corrected
        if not corrected:
            return [each.what for each in told]
        return [corrected.get(each.id, each.what) for each in told]


class Shots:
    """The fold; ``apply`` every event of a team, in order."""

    def __init__(self) -> None:
        self._holes: dict[tuple[int, int], dict[int, HoleShots]] = {}

    def of(self, round_no: int, team: int) -> dict[int, HoleShots]:
        """The holes of a team's round by their order of play; those not begun are not in it."""
        return self._holes.get((round_no, team), {})

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if type(event.what) in _TOLD:
            self._holes[event.round, event.team][event.order].told.append(event)
            return
        match event.what:
            case log.HoleStarted():
                holes = self._holes.setdefault((event.round, event.team), {})
                holes.setdefault(event.order, HoleShots())
            case log.Mode(begins=True):
                holes = self._holes.setdefault((event.round, event.team), {})
                holes[event.order] = HoleShots()
            case log.HoleFinished(reason, strokes):
                hole = self._holes[event.round, event.team][event.order]
                hole.finished, hole.scored = reason, strokes
            case log.HoleScore(strokes):
                self._holes[event.round, event.team][event.order].rescored = strokes
            case log.Correction(of, content):
                holes = self._holes[event.round, event.team]
                hole = holes[event.order]
                # Another one: a line that was read from it before has what it had then.
                corrected = {**hole.corrected, of: content}
                holes[event.order] = replace(hole, corrected=corrected)
