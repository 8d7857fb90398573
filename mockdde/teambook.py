"""What the books have of a team: its rounds, its scores, its status."""

from __future__ import annotations

from mockdde.golf import Course, Group, Hole, Team, is_playoff
from mockdde.lines import HoleLine
from mockdde.records import dataclass, field

__all__ = ["OUT", "TeamBook", "TeamRoundBook"]

# Who is out stands below all that play, in this order.
OUT = (
    "MadeCutButDidNotFinish",
    "MissedCut",
    "Retired",
    "Withdrawn",
    "DidNotStart",
    "Disqualified",
    "Removed",
    "Unknown",
    "Alternate",
)


@dataclass(slots=True)
class TeamRoundBook:
    """A team's round, from its draw on; scores of finished holes only."""

    round: int
    group: Group
    course: Course
    holes: tuple[Hole, ...]  # in the order they are played; a playoff has more than will be played
    lines: dict[int, HoleLine] = field(default_factory=dict)  # by order
    to_par: int = 0
    strokes: int = 0
    started: bool = False
    finished: bool = False
    official: bool = False
    # Where the team stood when all had finished the round: the position, and whether it is shared.
    position: tuple[int, bool] | None = None

    @property
    def through(self) -> int:
        """Holes completed."""
        return len(self.lines)

    @property
    def complete(self) -> bool:
        """Whether all its holes have a score; who leaves never completes it."""
        if is_playoff(self.round):  # it ends when it is decided
            return self.finished
        return len(self.lines) == len(self.holes)


@dataclass(slots=True)
class TeamBook:
    """A team; ``rounds`` by number, playoffs too, in the order of play."""

    team: Team
    status: str = "Entered"  # a key of golf.STATUSES
    pending: bool = False  # the entry awaits verification
    rounds: dict[int, TeamRoundBook] = field(default_factory=dict)
    to_par: int = 0  # of the tournament, playoffs not in it
    strokes: int = 0  # likewise, of all finished holes
    won: bool = False  # a playoff
    left: tuple[int, int] | None = None  # the round and order of the hole in which it left

    @property
    def begun(self) -> bool:
        """Whether it has completed a hole."""
        return any(book.lines for book in self.rounds.values())

    @property
    def whole_rounds(self) -> int | None:
        """Strokes of its complete rounds, playoffs not in it; None where it has none."""
        whole = [
            book.strokes for no, book in self.rounds.items() if book.complete and not is_playoff(no)
        ]
        return sum(whole) if whole else None

    @property
    def playoffs(self) -> list[TeamRoundBook]:
        """Its playoffs, those of which a hole is finished."""
        return [book for no, book in self.rounds.items() if is_playoff(no) and book.lines]

    @property
    def is_out(self) -> bool:
        """Whether it does not play on."""
        return self.status in OUT

    @property
    def current(self) -> TeamRoundBook | None:
        """The round it is in or was in last; before its first the first, if that is drawn."""
        started = [each for each in self.rounds.values() if each.started]
        return started[-1] if started else next(iter(self.rounds.values()), None)
