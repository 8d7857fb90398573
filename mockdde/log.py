"""The event log: what was reported, in the order it was; every document is a fold over it."""

from __future__ import annotations

from typing import TypeAlias

from mockdde.golf import Group, Lie
from mockdde.records import frozen

__all__ = [
    "AddressingBall",
    "BallDrop",
    "BallHoled",
    "ConnectionState",
    "Correctable",
    "Correction",
    "CutMade",
    "Drawn",
    "Event",
    "HitBall",
    "HoleFinished",
    "HoleScore",
    "HoleStarted",
    "LieReport",
    "MatchConceded",
    "Mode",
    "OfTeam",
    "OfTournament",
    "Penalty",
    "PlayComplete",
    "PlayResumed",
    "PlaySuspended",
    "PlayoffWon",
    "ProvisionalBallSelected",
    "RefereeCalled",
    "RoundClosed",
    "RoundFinished",
    "RoundOfficial",
    "RoundStarted",
    "Suspension",
    "TeamStatus",
    "TglHammerThrown",
    "TournamentClosed",
    "Verified",
    "What",
]


@frozen
class RoundStarted:
    """The team is on its first tee."""


@frozen
class RoundFinished:
    """The team has played its last hole; the score may still change."""


@frozen
class RoundOfficial:
    """The score of the round will not change any more; nothing follows."""


@frozen
class Suspension:
    """Play is stopped (``resumed`` false) or goes on again."""

    resumed: bool


@frozen
class HoleStarted:
    """The team begins a hole, or the scorer sends a hole again."""


@frozen
class HoleFinished:
    """The team is done with a hole.

    ``strokes`` where nothing but the score is reported of the hole (HoleScoresOnly), else None.
    """

    reason: str  # BallHoled, Disqualified, Withdrawn, Retired; of a match matchplay.ENDINGS
    strokes: int | None = None


@frozen
class AddressingBall:
    """The player is about to hit. ``stroke`` counts balls hit on this hole, never penalties."""

    stroke: int
    provisional: int
    club: str  # a key of golf.CLUBS


@frozen
class HitBall:
    """The ball is hit; ``conceded``: it need not be, the other side gives the putt."""

    stroke: int
    provisional: int
    conceded: bool = False


@frozen
class LieReport:
    """Where a ball came to rest: first estimated, then (``detailed``) measured at the ball."""

    stroke: int
    provisional: int
    detailed: bool
    lie: Lie
    shot_distance: float  # metres
    to_pin: float  # metres


@frozen
class BallHoled:
    """The ball is in the hole."""

    stroke: int
    provisional: int


@frozen
class ProvisionalBallSelected:
    """Which ball counts from here; 0 is the original. ``result`` is the strokes it has by now."""

    stroke: int
    chosen: int
    penalty: int
    result: int
    lie: Lie | None  # None where no distances are measured (ScoredWithWalkingScorer)
    shot_distance: float
    to_pin: float


@frozen
class Penalty:
    """Penalty strokes for the stroke just played, or a disqualification."""

    stroke: int
    provisional: int
    strokes: int
    reason: str | None  # one of golf.PENALTY_REASONS
    disqualified: bool = False


@frozen
class BallDrop:
    """A ball is dropped, with a penalty just before it or free."""

    stroke: int
    provisional: int
    drop: str  # one of golf.DROPS
    lie: Lie
    to_pin: float


@frozen
class Correction:
    """An earlier event, now with this whole content; ``of`` is its id in the log."""

    of: int
    content: Correctable


@frozen
class HoleScore:
    """A finished hole has this score, whatever the strokes say."""

    strokes: int


@frozen
class Mode:
    """Hole correction mode begins or ends; the event's hole is sent again in between."""

    begins: bool


@frozen
class ConnectionState:
    """How well the devices that score this team are connected."""

    state: str  # one of golf.CONNECTION_STATES


@frozen
class MatchConceded:
    """The event's team gives up its match; no packet says so."""


@frozen
class RefereeCalled:
    """A referee is called."""


@frozen
class TglHammerThrown:
    """A team raises the value of the hole by a point."""

    accepted: bool


@frozen
class Drawn:
    """The groups of a round are official; a later draw of the same round replaces this one."""

    groups: tuple[Group, ...]


@frozen
class TeamStatus:
    """A team's status changes outside a hole: it enters, withdraws, does not start …"""

    team: int
    status: str  # a key of golf.STATUSES


@frozen
class Verified:
    """A player whose entry was pending is known from here on."""

    team: int


@frozen
class PlaySuspended:
    """Play of the round is stopped for everybody."""

    overnight: bool


@frozen
class PlayResumed:
    """Play of the round goes on."""


@frozen
class PlayComplete:
    """Everybody has finished the round."""


@frozen
class CutMade:
    """Who does not go on after a round: all over ``to_par``, a score to par of the tournament."""

    to_par: int
    out: tuple[int, ...]  # teams, in the order of the field
    status: str  # Cut, or MadeCutButDidNotFinish at a second cut


@frozen
class RoundClosed:
    """The round is official for everybody."""


@frozen
class PlayoffWon:
    """A playoff is decided."""

    team: int


@frozen
class TournamentClosed:
    """The tournament is official; nothing follows."""


Correctable: TypeAlias = LieReport | Penalty | BallDrop
OfTournament: TypeAlias = (
    Drawn
    | TeamStatus
    | Verified
    | PlaySuspended
    | PlayResumed
    | PlayComplete
    | CutMade
    | RoundClosed
    | PlayoffWon
    | TournamentClosed
)
OfTeam: TypeAlias = (
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
    | MatchConceded
    | RefereeCalled
    | TglHammerThrown
)
What: TypeAlias = OfTeam | OfTournament


@frozen
class Event:
    """One thing reported. Times are milliseconds since 1970.

    What is about the whole tournament (``OfTournament``) has team, order, player and match 0. What
    is about a whole match has the team and the player of its first side.
    """

    id: int  # its place in the tournament's log, from 0
    due: int  # when the feed sends it
    at: int  # when it happened
    received: int  # when the feed's server processed it
    round: int  # 0 where it is about no round
    team: int
    order: int  # the hole's order within the round, from 1
    player: int  # who it is about; the team's first player where it is about the team
    what: What
    match: int = 0  # the match it is of; 0 in stroke play
