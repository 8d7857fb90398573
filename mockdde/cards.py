"""Scorecards: the fold of the log that every document with a score in it reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mockdde import log
from mockdde.golf import TeamRound, is_playoff
from mockdde.records import dataclass, field

__all__ = ["Cards", "HoleCard", "RoundCard", "Score"]

# What changes a card; most of what is told of a hole does not.
_COUNTED = frozenset(
    (
        log.HitBall,
        log.BallHoled,
        log.Penalty,
        log.ProvisionalBallSelected,
        log.Correction,
        log.HoleScore,
        log.HoleFinished,
        log.Mode,
    )
)


class Score(NamedTuple):
    """The score at a moment: strokes on the hole, strokes over par of all holes holed so far."""

    par: int
    strokes: int
    round_to_par: int
    overall_to_par: int
    hole_to_par: int  # what the hole adds to the two; nothing before it is holed


@dataclass(slots=True)
class HoleCard:
    """One hole of one team."""

    par: int
    made: int = 0  # strokes that count
    penalties: int = 0
    reported: dict[int, int] = field(default_factory=dict)  # Penalty events and their strokes
    holed: bool = False
    finished: bool = False
    rescored: int | None = None

    @property
    def strokes(self) -> int:
        """Strokes and penalty strokes; a HoleScoreUpdate is the last word."""
        return self.made + self.penalties if self.rescored is None else self.rescored

    @property
    def over(self) -> int:
        """What the hole adds to the score to par: nothing before it is holed."""
        return self.strokes - self.par if self.holed else 0

    def clear(self) -> None:
        """Forget the hole: it is going to be sent again."""
        self.made = self.penalties = 0
        self.reported = {}
        self.holed = self.finished = False
        self.rescored = None

    def count(self, event: log.Event) -> None:
        """Take in a stroke or penalty strokes."""
        match event.what:
            case log.HitBall(provisional=0):
                self.made += 1
            case log.BallHoled():
                self.holed = True
            case log.Penalty(strokes=strokes):
                self.reported[event.id] = strokes
                self.penalties += strokes
            case log.ProvisionalBallSelected(chosen=ball, penalty=penalty):
                self.made += ball
                self.penalties += penalty
            case log.Correction(of, log.Penalty(strokes=strokes)) if of in self.reported:
                self.penalties += strokes - self.reported[of]
                self.reported[of] = strokes


@dataclass(slots=True)
class RoundCard:
    """One round of one team; ``holes`` by their order of play."""

    holes: dict[int, HoleCard]
    to_par: int = 0
    frozen: dict[int, Score] = field(default_factory=dict)  # of a hole being sent again


class Cards:
    """All scorecards of a tournament; ``apply`` every event of a team, in order."""

    def __init__(self, rounds: Mapping[tuple[int, int], TeamRound]) -> None:
        """``rounds`` by round and team; it may grow while events come in."""
        self._facts = rounds
        self._rounds: dict[tuple[int, int], RoundCard] = {}
        self._overall: dict[int, int] = {}

    def round(self, round_no: int, team: int) -> RoundCard:
        """The card of a team's round."""
        key = (round_no, team)
        card = self._rounds.get(key)
        if card is None:
            holes = enumerate(self._facts[key].holes, 1)
            card = self._rounds[key] = RoundCard({no: HoleCard(hole.par) for no, hole in holes})
        return card

    def score(self, event: log.Event) -> Score:
        """The score on the event's hole, as it is now; a playoff adds nothing to the overall."""
        card = self.round(event.round, event.team)
        hole = card.holes[event.order]
        overall = self._overall.get(event.team, 0)
        return Score(hole.par, hole.strokes, card.to_par, overall, hole.over)

    def frozen(self, event: log.Event) -> Score | None:
        """The score before the event's hole was to be sent again; None where it is not."""
        return self.round(event.round, event.team).frozen.get(event.order)

    def apply(self, event: log.Event) -> None:
        """Take in one event."""
        what = event.what
        if type(what) not in _COUNTED:
            return
        card = self.round(event.round, event.team)
        hole = card.holes[event.order]
        if isinstance(what, log.HitBall) and not hole.holed:  # as most are
            hole.made += not what.provisional
            return
        before = hole.over
        hole.count(event)
        match event.what:
            case log.HoleScore(strokes):
                hole.rescored = strokes
            case log.HoleFinished(reason, strokes):
                hole.finished = True
                if strokes is not None:  # nothing else is reported of the hole
                    hole.made, hole.holed = strokes, reason == "BallHoled"
            case log.Mode(begins=True):
                card.frozen[event.order] = self.score(event)
                hole.clear()
            case log.Mode():
                card.frozen.pop(event.order, None)
        gained = hole.over - before
        card.to_par += gained
        if gained and not is_playoff(event.round):
            self._overall[event.team] = self._overall.get(event.team, 0) + gained
