"""A scenario as values: what its author said, with marks; None is what the seed decides."""

from __future__ import annotations

from collections.abc import Mapping

from mockdde.errors import Mark
from mockdde.golf import ADVANCEMENTS, MATCH_ADVANCEMENTS, MATCH_FORMATS
from mockdde.names import Gender
from mockdde.records import dataclass
from mockdde.scenario.shots import Shot

__all__ = [
    "Anchor",
    "Connection",
    "Correct",
    "CourseSpec",
    "DepartureSpec",
    "Directive",
    "Entry",
    "FaultSpec",
    "HoleSpec",
    "MatchHoleSpec",
    "MatchSpec",
    "PlayerSpec",
    "PlayoffSpec",
    "Rescore",
    "Resend",
    "RoundSpec",
    "Scenario",
    "SquadSpec",
    "StrokesOfHole",
    "SubstituteSpec",
    "SuspensionSpec",
    "TournamentSpec",
    "Trigger",
]


@dataclass(frozen=True, slots=True)
class HoleSpec:
    """A hole of the course."""

    no: int
    par: int | None
    metres: int | None


@dataclass(frozen=True, slots=True)
class CourseSpec:
    """The course."""

    style: str = "parkland"
    id: int | None = None
    name: str | None = None
    holes: tuple[HoleSpec, ...] = ()
    scoring: str = "ShotlinkWithLaser"  # a key of golf.SCORING_LEVELS


@dataclass(frozen=True, slots=True)
class TournamentSpec:
    """The tournament; ``start`` in milliseconds since 1970."""

    id: int
    name: str
    tour: str
    start: int
    utc_offset: float
    courses: tuple[CourseSpec, ...]  # the main one first
    country: str = "USA"  # three capitals, FIFA
    venue: str | None = None
    data_status: str = "Scheduled"  # Scheduled, Test, Simulation, Disabled
    format: str = "StrokePlay"  # or one of golf.MATCH_FORMATS

    @property
    def is_match_play(self) -> bool:
        """Whether it is played in matches."""
        return self.format in MATCH_FORMATS


@dataclass(frozen=True, slots=True)
class PlayerSpec:
    """A player."""

    id: int | None = None
    name: str | None = None
    country: str | None = None
    gender: Gender | None = None
    amateur: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A team of the field."""

    mark: Mark
    team: int
    player: PlayerSpec
    alternate: bool = False
    pending: bool = False
    seed: int | None = None  # in the draw of a knock-out or of pools; without it the field's order


@dataclass(frozen=True, slots=True)
class SquadSpec:
    """A side of a team match; its players play for it in pairs or alone."""

    mark: Mark
    no: int  # from 1, in the order of the file
    name: str
    players: tuple[PlayerSpec, ...]
    host: bool = False
    holder: bool = False  # retains the cup when it is level


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """A round; the times in milliseconds."""

    mark: Mark
    no: int
    tees: tuple[int, ...]
    holes: tuple[int, ...]
    group_size: int
    interval: int
    start: int | None
    advance: str = "ALL_QUALIFY"  # a key of golf.ADVANCEMENTS
    cut: int | None = None  # how many go on instead of the rule's own number
    courses: tuple[int, ...] = (0,)  # which of the tournament's courses; groups are dealt over them
    after: int | None = None  # when it is to start, after the tournament does; else a day a round
    # Of match play:
    play: str = "REGULAR"  # a key of golf.PLAYS
    name: str | None = None  # roundName; None: the documented one that fits
    matches: int = 0  # how many, the consolation match too; of ties of pools nobody knows it
    # Of squads: who plays, by match and side: players by number in their squad; () is drawn
    pairs: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    consolation: bool = False  # the losers of the round before play each other, too

    @property
    def points(self) -> tuple[float, float] | None:
        """Of a match of a pool, won and halved; None where there are no pools."""
        return MATCH_ADVANCEMENTS.get(self.advance)

    @property
    def knocks_out(self) -> bool:
        """Whether who loses is out, so that no match is halved."""
        return self.advance == "KNOCK_OUT"

    @property
    def cuts(self) -> bool:
        """Whether some do not go on after this round."""
        return self.stays is not None or self.advance == "CUT_TEN_STROKE"

    @property
    def stays(self) -> int | None:
        """How many go on, with ties; None where no number decides."""
        return self.cut if self.cut is not None else ADVANCEMENTS.get(self.advance)


@dataclass(frozen=True, slots=True)
class PlayoffSpec:
    """A playoff where the first place is shared after the last round: sudden death."""

    mark: Mark
    holes: tuple[int, ...]  # in order; the last one again and again
    teams: int | None = None  # so many share the first place, by the story's doing
    aggregate: bool = False  # the total of all the holes decides, and sudden death only after them


@dataclass(frozen=True, slots=True)
class StrokesOfHole:
    """COURSE: how a team played a hole, as far as it is said."""

    mark: Mark
    team: int
    round: int
    hole: int
    shots: tuple[Shot, ...] = ()
    score: int | None = None
    order: int | None = None  # of a playoff hole that is played again: its place in the round


@dataclass(frozen=True, slots=True)
class MatchHoleSpec:
    """COURSE: how one ball was played on a hole of a match, as far as it is said."""

    mark: Mark
    match: int
    hole: int
    side: int  # 1 or 2
    player: int  # 1 or 2 in fourballs; 0 where the side has one ball
    shots: tuple[Shot, ...] = ()
    score: int | None = None
    order: int | None = None  # of a hole that is played again: its place in the match


@dataclass(frozen=True, slots=True)
class MatchSpec:
    """COURSE: how a match goes, all of it; exactly one of the two is said."""

    mark: Mark
    match: int
    holes: str = ""  # a letter a hole: W the first side wins it, L it loses it, H it is halved
    ends: str = ""  # a finalMatchScore of the winner: 3 & 1, 2up, 20 HOLES, C; or T, halved
    winner: int = 0  # the side (1 or 2) that ``ends`` is of; 0 where it is T


@dataclass(frozen=True, slots=True)
class DepartureSpec:
    """COURSE: a team leaves before it tees off in a round."""

    mark: Mark
    team: int
    round: int
    status: str  # Withdrawn, Retired, Disqualified, DidNotStart


@dataclass(frozen=True, slots=True)
class SubstituteSpec:
    """COURSE: an alternate takes the place of a team that withdraws before a round."""

    mark: Mark
    team: int
    round: int
    out: int  # the team that withdraws


@dataclass(frozen=True, slots=True)
class SuspensionSpec:
    """COURSE: play stops ``at`` after the round's first tee time, for ``length`` (milliseconds)."""

    mark: Mark
    round: int
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Anchor:
    """REPORT: right after this; without ``hole`` the end of the round.

    In a match team and round are 0, and ``side`` is where it is about a ball.
    """

    mark: Mark
    team: int
    round: int
    hole: int | None
    stroke: int | None
    event: str | None
    match: int = 0
    side: int = 0  # 1 or 2
    player: int = 0  # 1 or 2 in fourballs


@dataclass(frozen=True, slots=True)
class Correct:
    """A Correction of one packet; ``changes`` by the packet's own keys."""

    kind: str  # ApproximateLie, DetailedLie, Penalty, BallDrop
    hole: int
    stroke: int
    changes: Mapping[str, object]
    side: int = 0  # of a match: whose ball, as in Anchor
    player: int = 0


@dataclass(frozen=True, slots=True)
class Rescore:
    """A HoleScoreUpdate."""

    hole: int
    strokes: int
    side: int = 0  # of a match: whose ball, as in Anchor
    player: int = 0


@dataclass(frozen=True, slots=True)
class Resend:
    """Hole correction mode: the hole is sent again, with other shots where some are given.

    Of a match both sides' hole is; the shots are those of one ball.
    """

    hole: int
    shots: tuple[Shot, ...]
    side: int = 0  # of a match: whose shots, as in Anchor
    player: int = 0
    interrupted: bool = False  # the devices lose their connection in the middle of it


@dataclass(frozen=True, slots=True)
class Connection:
    """A ConnectionStateChanged."""

    state: str


@dataclass(frozen=True, slots=True)
class Directive:
    """REPORT: one thing the scorer said beyond the plain truth."""

    mark: Mark
    after: Anchor
    later: int  # milliseconds
    what: Correct | Rescore | Resend | Connection


@dataclass(frozen=True, slots=True)
class Trigger:
    """WIRE: the occasions of a fault.

    ``what`` is one of: ``seq`` (of a packet), ``event`` (packets whose type fits ``word``; the
    ``number``-th, or each where that is 0), ``connect``, ``auth`` and ``scenario`` (``number`` ms
    after that), ``connection`` and ``request`` (from the ``number``-th on), ``message`` (the
    client's ``number``-th), ``signal`` (whose name is ``word``), ``now`` (when it is added).
    """

    what: str
    number: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class FaultSpec:
    """WIRE: one fault with its envelope: where, when and how often it strikes.

    ``connection`` counts from 1, and 0 is any; ``client`` and ``on`` are patterns; ``duration`` and
    ``ttl`` are milliseconds of wire time; ``times`` 0 is always, None what is usual for the fault.
    """

    mark: Mark
    on_mark: Mark
    on: str
    at: Trigger
    fault: str
    params: Mapping[str, object]
    times: int | None = None
    every: int = 1
    probability: float = 1.0
    connection: int = 0
    client: str = "*"
    dialect: str = "*"
    duration: int | None = None
    ttl: int | None = None
    min_fired: int = 1


@dataclass(frozen=True, slots=True)
class Scenario:
    """A whole scenario; ``play_at`` in milliseconds after the first tee time."""

    name: str
    title: str
    about: str
    seed: int
    quirks: Mapping[str, object]
    starts: str  # server, connection
    play_at: int
    tournament: TournamentSpec
    field: tuple[Entry, ...]
    rounds: tuple[RoundSpec, ...]
    strokes: tuple[StrokesOfHole, ...] = ()
    suspensions: tuple[SuspensionSpec, ...] = ()
    report: tuple[Directive, ...] = ()
    wire: tuple[FaultSpec, ...] = ()
    playoff: PlayoffSpec | None = None
    departures: tuple[DepartureSpec, ...] = ()
    substitutes: tuple[SubstituteSpec, ...] = ()
    squads: tuple[SquadSpec, ...] = ()
    matches: tuple[MatchSpec, ...] = ()
    match_holes: tuple[MatchHoleSpec, ...] = ()
