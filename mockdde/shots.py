"""The surviving shots of each hole: what the feed has said of it, corrections carried out."""

from __future__ import annotations

from dataclasses import dataclass, field

from mockdde import log
from mockdde.log import Event

__all__ = ["HoleShots", "Shots", "Told"]


@dataclass(slots=True)
class Told:
    """One thing said of a hole; ``what`` is its content by now, ``event`` the one that said it."""

    event: Event
    what: log.OfTeam


@dataclass(slots=True)
class HoleShots:
    """A hole of a team as it stands: nothing that was undone or sent again is in it."""

    told: list[Told] = field(default_factory=list)  # strokes, lies, penalties, drops, in order
    finished: str | None = None  # its finishReason
    scored: int | None = None  # strokes where nothing but the score is reported
    rescored: int | None = None  # strokes by a HoleScoreUpdate: the last word


class Shots:
    """The fold; ``apply`` every event of a team, in order."""

    def __init__(self) -> None:
        self._holes: dict[tuple[int, int], dict[int, HoleShots]] = {}

    def of(self, round_no: int, team: int) -> dict[int, HoleShots]:
        """The holes of a team's round by their order of play; those not begun are not in it."""
        return self._holes.get((round_no, team), {})

    def apply(self, event: Event) -> None:
        """Take in one event."""
        holes = self._holes.setdefault((event.round, event.team), {})
        match event.what:
            case log.HoleStarted():
                holes.setdefault(event.order, HoleShots())
            case log.Mode(begins=True):
                holes[event.order] = HoleShots()
            case log.HoleFinished(reason, strokes):
                holes[event.order].finished, holes[event.order].scored = reason, strokes
            case log.HoleScore(strokes):
                holes[event.order].rescored = strokes
            case log.Correction(of, content):
                for each in holes[event.order].told:
                    if each.event.id == of:
                        each.what = content
            case (
                log.AddressingBall()
                | log.HitBall()
                | log.LieReport()
                | log.BallHoled()
                | log.ProvisionalBallSelected()
                | log.Penalty()
                | log.BallDrop()
            ):
                holes[event.order].told.append(Told(event, event.what))
