"""The books of matches: holes won and lost, from finished holes; what all documents read.

A hole counts once it is finished for both sides; while it is sent again its old line stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mockdde import log
from mockdde.cards import HoleCard, Score
from mockdde.golf import Group, Hole
from mockdde.log import Event
from mockdde.matchplay import advantage, final_score, hole_result, is_decided
from mockdde.records import dataclass, field

__all__ = ["BallLine", "MatchBook", "MatchLine", "Matches", "SideLine"]


@dataclass(frozen=True, slots=True)
class BallLine:
    """One ball of a side on a finished hole."""

    player: int  # whose it is, in fourballs; 0 where the side has one ball
    strokes: int  # made by then, penalty strokes in it
    holed: bool


@dataclass(frozen=True, slots=True)
class SideLine:
    """A finished hole for one side."""

    reason: str  # one of matchplay.ENDINGS
    strokes: int | None  # of its better ball; None where it holed none
    balls: tuple[BallLine, ...]


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A hole that is finished for both sides."""

    order: int
    hole: Hole
    sides: tuple[SideLine, SideLine]
    conceded: int = 0  # the side (1 or 2) that gave up the match on it

    @property
    def result(self) -> int:
        """1 where the first side has won the hole, -1 where the second has, 0 if it is halved."""
        return hole_result([(side.reason, side.strokes) for side in self.sides])


@dataclass(slots=True)
class _Side:
    """A hole of one side while it is played."""

    balls: dict[int, HoleCard] = field(default_factory=dict)
    reason: str | None = None


@dataclass(slots=True)
class _Open:
    """A hole as it is said, of both sides."""

    sides: tuple[_Side, _Side] = field(default_factory=lambda: (_Side(), _Side()))
    conceded: int = 0
    before: _Open | None = None  # as it was said last, while it is sent again


@dataclass(slots=True, eq=False)
class MatchBook:
    """A match, from its draw on; ``lines`` of finished holes by order."""

    no: int
    round: int
    group: Group
    holes: tuple[Hole, ...]  # in the order they are played, more than ever will be
    over: int  # holes of regulation play; 0 in sudden death
    play: str  # a key of golf.PLAYS
    to_a_winner: bool  # goes on while it is level
    lines: dict[int, MatchLine] = field(default_factory=dict)
    up: int = 0  # holes by which the first side is ahead; negative: the second is
    conceded: int = 0  # the side (1 or 2) that gave up the match; 0 where none did
    started: bool = False
    finished: bool = False  # RoundFinished was said, and it is still decided
    official: bool = False
    changes: int = 0  # how often a finished hole was another one, as far as anything shows it
    _open: dict[int, _Open] = field(default_factory=dict)

    # ── what documents read ───────────────────────────────────────────────────────────────────

    @property
    def teams(self) -> tuple[int, int]:
        """The first and the second side."""
        first, second = self.group.teams
        return first, second

    @property
    def played(self) -> int:
        """Holes finished by both sides."""
        return len(self.lines)

    @property
    def struck(self) -> bool:
        """Whether a ball was hit on a finished hole."""
        lines = self.lines.values()
        return any(ball.strokes for line in lines for side in line.sides for ball in side.balls)

    @property
    def complete(self) -> bool:
        """Whether it is decided, by the word on its holes by now."""
        if self.conceded:
            return True
        return is_decided(self.up, self.played, self.over, to_a_winner=self.to_a_winner)

    @property
    def result(self) -> int | None:
        """1 where the first side has won, -1 the second, 0 halved; None before it is decided."""
        if not self.complete:
            return None
        if self.conceded:
            return -1 if self.conceded == 1 else 1
        return (self.up > 0) - (self.up < 0)

    @property
    def winner(self) -> int | None:
        """The team that has won; None before it is decided, and where it is halved."""
        result = self.result
        return self.teams[0 if result > 0 else 1] if result else None

    def up_of(self, side: int) -> int:
        """Holes by which a side (0 or 1) is ahead."""
        return -self.up if side else self.up

    def leads(self, side: int) -> bool:
        """Whether a side (0 or 1) has won, or is ahead."""
        return self.winner == self.teams[side] if self.complete else self.up_of(side) > 0

    def up_after(self, order: int) -> int:
        """Holes by which the first side is ahead after a hole."""
        return sum(line.result for at, line in self.lines.items() if at <= order)

    def current_score(self, side: int) -> str:
        """currentMatchScore of a side (0 or 1)."""
        return advantage(self.up_of(side))

    def final_score(self, side: int) -> str | None:
        """finalMatchScore of a side; None before the match is decided.

        ``C`` where it was conceded before a ball was struck, or by a side that was not behind.
        """
        if not self.complete:
            return None
        ahead = self.up * (-1 if self.conceded == 1 else 1) > 0
        if not self.struck or (self.conceded and not ahead):
            return "C"
        return final_score(self.up_of(side), self.played, self.over)

    def anew(self) -> MatchBook:
        """The same match, before anything of it was said."""
        return MatchBook(
            self.no, self.round, self.group, self.holes, self.over, self.play, self.to_a_winner
        )

    # ── the fold ──────────────────────────────────────────────────────────────────────────────

    def score(self, event: Event) -> Score:
        """The score on the event's hole as it is now: of the player's ball, or where the hole is
        finished of the side's better one."""
        return self._score(event, self._open[event.order])

    def frozen(self, event: Event) -> Score | None:
        """The score before the event's hole was to be sent again; None where it is not."""
        before = self._open[event.order].before
        return None if before is None else self._score(event, before)

    def to_par(self, side: int) -> int:
        """Strokes over par of a side (0 or 1), of the holes that it has holed."""
        return sum(self._over(order, each.sides[side]) for order, each in self._open.items())

    def gives_up(self, event: Event) -> bool:
        """Whether the event's team gives up the match on the event's hole."""
        hole = self._open.get(event.order)
        return hole is not None and hole.conceded == self._side(event) + 1

    def apply(self, event: Event) -> bool:
        """Take in an event of this match; whether a finished hole is another one now."""
        match event.what:
            case log.RoundStarted():
                self.started = True
            case log.RoundFinished():
                self.finished = True
            case log.RoundOfficial():
                self.official = True
            case log.Mode(begins=True):
                self._open[event.order] = _Open(before=self._open.get(event.order))
            case log.Mode():
                self._open[event.order].before = None
            case log.HoleStarted():
                again = self._open.get(event.order)
                self._open[event.order] = _Open(before=again.before if again is not None else None)
            case log.MatchConceded():
                self._open[event.order].conceded = self._side(event) + 1
            case _:
                return self._hole(event)
        return False

    def _score(self, event: Event, said: _Open) -> Score:
        number = self._side(event)
        side, now = said.sides[number], self._open[event.order].sides[number]
        key = 0 if 0 in side.balls else self._ball(event)
        card = side.balls.get(key) or HoleCard(self.holes[event.order - 1].par)
        strokes = card.strokes
        if isinstance(event.what, log.HoleFinished) and event.what.reason == "BallHoled":
            strokes = _best(side.balls.values()) or strokes
        over = self._over(event.order, side)
        total = self.to_par(number) - self._over(event.order, now) + over
        return Score(card.par, strokes, total, total, over)

    def _over(self, order: int, side: _Side) -> int:
        best = _best(side.balls.values())
        if best is None or side.reason not in (None, "BallHoled"):  # a partner's ball is no score
            return 0
        return best - self.holes[order - 1].par

    def _hole(self, event: Event) -> bool:
        """What is said of a hole; whether its line is another one now."""
        open_hole = self._open.get(event.order)
        if open_hole is None:
            return False
        side = open_hole.sides[self._side(event)]
        match event.what:
            case log.HoleFinished(reason, strokes):
                side.reason = reason
                if strokes is not None:  # nothing else is reported of the hole
                    card = side.balls[0] = HoleCard(self.holes[event.order - 1].par, strokes)
                    card.holed = reason == "BallHoled"
            case log.HoleScore(strokes):
                self._card(event, side).rescored = strokes
            case (
                log.HitBall()
                | log.BallHoled()
                | log.Penalty()
                | log.ProvisionalBallSelected()
                | log.Correction()
            ):
                self._card(event, side).count(event)
            case _:
                return False
        return self._lined(event.order, open_hole)

    def _lined(self, order: int, open_hole: _Open) -> bool:
        if any(side.reason is None for side in open_hole.sides):
            return False
        first, second = (_line(side) for side in open_hole.sides)
        line = MatchLine(order, self.holes[order - 1], (first, second), open_hole.conceded)
        before = self.lines.get(order)
        if before == line:
            return False
        self.lines[order] = line
        self.changes += before is None or self._shown(before) != self._shown(line)
        self.up += line.result - (before.result if before is not None else 0)
        self.conceded = max(each.conceded for each in self.lines.values())
        self.finished = self.finished and self.complete  # a correction may turn it back
        return True

    def _shown(self, line: MatchLine) -> list[object]:
        """What documents show of a line: of balls only those of fourballs, once they are hit."""
        balls = [[ball for ball in side.balls if ball.strokes or ball.holed] for side in line.sides]
        if self.play != "FOUR_BALL":
            balls = []
        return [*((side.reason, side.strokes) for side in line.sides), balls]

    def _side(self, event: Event) -> int:
        return self.teams.index(event.team)

    def _ball(self, event: Event) -> int:
        return event.player if self.play == "FOUR_BALL" else 0

    def _card(self, event: Event, side: _Side) -> HoleCard:
        key = 0 if 0 in side.balls else self._ball(event)
        if key not in side.balls:
            side.balls[key] = HoleCard(self.holes[event.order - 1].par)
        return side.balls[key]


def _best(balls: Iterable[HoleCard]) -> int | None:
    """The strokes of the better ball of those that are in the hole."""
    return min((card.strokes for card in balls if card.holed), default=None)


def _line(side: _Side) -> SideLine:
    assert side.reason is not None
    best = _best(side.balls.values()) if side.reason == "BallHoled" else None
    balls = (BallLine(no, card.strokes, card.holed) for no, card in sorted(side.balls.items()))
    return SideLine(side.reason, best, tuple(balls))


class Matches:
    """All matches of a tournament by number, as they are drawn; empty in stroke play."""

    def __init__(self, holes: Callable[[Group], tuple[Hole, ...]]) -> None:
        """``holes`` gives those of a match in the order they are played."""
        self._holes = holes
        self._books: dict[int, MatchBook] = {}

    @property
    def all(self) -> Mapping[int, MatchBook]:
        """By number, in the order in which they were drawn."""
        return self._books

    def to_par(self, team: int, *, but: int) -> int:
        """Strokes over par of a team in all its matches ``but`` one."""
        return sum(
            book.to_par(book.teams.index(team))
            for no, book in self._books.items()
            if no != but and team in book.teams
        )

    def drawn(self, group: Group, over: int, play: str, *, to_a_winner: bool) -> None:
        """A match is drawn; if it was before, its group is another one now."""
        book = self._books.get(group.match)
        if book is not None and (book.started or book.group == group):
            return
        holes = self._holes(group)
        self._books[group.match] = MatchBook(
            group.match, group.round, group, holes, over, play, to_a_winner
        )

    def apply(self, event: Event) -> bool:
        """Take in an event of a match; whether a finished hole is another one now."""
        return self._books[event.match].apply(event)
