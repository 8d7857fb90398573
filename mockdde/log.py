"""The event log: what was reported, in the order it was; every document is a fold over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mockdde.golf import Lie

__all__ = [
    "AddressingBall",
    "BallDrop",
    "BallHoled",
    "ConnectionState",
    "Correctable",
    "Correction",
    "Event",
    "HitBall",
    "HoleFinished",
    "HoleScore",
    "HoleStarted",
    "LieReport",
    "Mode",
    "Penalty",
    "ProvisionalBallSelected",
    "RefereeCalled",
    "RoundFinished",
    "RoundOfficial",
    "RoundStarted",
    "Suspension",
    "TglHammerThrown",
    "What",
]


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """The team is on its first tee."""


@dataclass(frozen=True, slots=True)
class RoundFinished:
    """The team has played its last hole; the score may still change."""


@dataclass(frozen=True, slots=True)
class RoundOfficial:
    """The score of the round will not change any more; nothing follows."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """Play is stopped (``resumed`` false) or goes on again."""

    resumed: bool


@dataclass(frozen=True, slots=True)
class HoleStarted:
    """The team begins a hole, or the scorer sends a hole again."""


@dataclass(frozen=True, slots=True)
class HoleFinished:
    """The team is done with a hole."""

    reason: str  # BallHoled, Disqualified, Withdrawn


@dataclass(frozen=True, slots=True)
class AddressingBall:
    """The player is about to hit. ``stroke`` counts balls hit on this hole, never penalties."""

    stroke: int
    provisional: int
    club: str  # a key of golf.CLUBS


@dataclass(frozen=True, slots=True)
class HitBall:
    """The ball is hit."""

    stroke: int
    provisional: int


@dataclass(frozen=True, slots=True)
class LieReport:
    """Where a ball came to rest: first estimated, then (``detailed``) measured at the ball."""

    stroke: int
    provisional: int
    detailed: bool
    lie: Lie
    shot_distance: float  # metres
    to_pin: float  # metres


@dataclass(frozen=True, slots=True)
class BallHoled:
    """The ball is in the hole."""

    stroke: int
    provisional: int


@dataclass(frozen=True, slots=True)
class ProvisionalBallSelected:
    """Which ball counts from here; 0 is the original. ``result`` is the strokes it has by now."""

    stroke: int
    chosen: int
    penalty: int
    result: int
    lie: Lie
    shot_distance: float
    to_pin: float


@dataclass(frozen=True, slots=True)
class Penalty:
    """Penalty strokes for the stroke just played, or a disqualification."""

    stroke: int
    provisional: int
    strokes: int
    reason: str | None  # one of golf.PENALTY_REASONS
    disqualified: bool = False


@dataclass(frozen=True, slots=True)
class BallDrop:
    """A ball is dropped, with a penalty just before it or free."""

    stroke: int
    provisional: int
    drop: str  # one of golf.DROPS
    lie: Lie
    to_pin: float


@dataclass(frozen=True, slots=True)
class Correction:
    """An earlier event, now with this whole content; ``of`` is its id in the log."""

    of: int
    content: Correctable


@dataclass(frozen=True, slots=True)
class HoleScore:
    """A finished hole has this score, whatever the strokes say."""

    strokes: int


@dataclass(frozen=True, slots=True)
class Mode:
    """Hole correction mode begins or ends; the event's hole is sent again in between."""

    begins: bool


@dataclass(frozen=True, slots=True)
class ConnectionState:
    """How well the devices that score this team are connected."""

    state: str  # one of golf.CONNECTION_STATES


@dataclass(frozen=True, slots=True)
class RefereeCalled:
    """A referee is called."""


@dataclass(frozen=True, slots=True)
class TglHammerThrown:
    """A team raises the value of the hole by a point."""

    accepted: bool


Correctable: TypeAlias = LieReport | Penalty | BallDrop
What: TypeAlias = (
    RoundStarted
    | RoundFinished
    | RoundOfficial
    | Suspension
    | HoleStarted
    | HoleFinished
    | AddressingBall
    | HitBall
    | LieReport
    | BallHoled
    | ProvisionalBallSelected
    | Penalty
    | BallDrop
    | Correction
    | HoleScore
    | Mode
    | ConnectionState
    | RefereeCalled
    | TglHammerThrown
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing reported about one team in one round. Times are milliseconds since 1970."""

    id: int  # its place in the tournament's log, from 0
    due: int  # when the feed sends it
    at: int  # when it happened
    received: int  # when the feed's server processed it
    round: int
    team: int
    order: int  # the hole's order within the round, from 1
    player: int  # who it is about; the team's first player where it is about the team
    what: What
