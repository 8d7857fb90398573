"""The books of a tournament: who stands where, from finished holes; all state documents read them.

A hole counts once it is finished; while it is sent again, its old line stands until the new one is
finished.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from mockdde import log
from mockdde.cards import Cards
from mockdde.golf import Course, Group, Hole, Team, is_playoff
from mockdde.lines import HoleLine, line_of
from mockdde.log import Event
from mockdde.shots import Shots
from mockdde.standing import Place, cut_line, standing
from mockdde.world import Tournament

__all__ = ["Books", "Change", "RoundBook", "TeamBook", "TeamRoundBook"]


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

    @property
    def current(self) -> TeamRoundBook | None:
        """The round it is in or was in last; before its first the first, if that is drawn."""
        started = [each for each in self.rounds.values() if each.started]
        return started[-1] if started else next(iter(self.rounds.values()), None)


@dataclass(slots=True)
class RoundBook:
    """A round of the tournament."""

    no: int
    status: str = "NotStarted"  # GroupingsOfficial, InProgress, Suspended, PlayComplete, Official
    groups: tuple[Group, ...] = ()


class Change(NamedTuple):
    """What an event changed in the books; falsy parts did not change."""

    hole: tuple[int, int, int] | None = None  # round, team, order: this line is another one now
    before: HoleLine | None = None
    after: HoleLine | None = None
    team: int = 0  # this team's rounds, status or player are other ones now
    draw: int = 0  # the groups of this round
    board: bool = False  # anything that a leaderboard shows


_NOTHING = Change()
_BOARD = Change(board=True)


class Books:
    """The fold; ``apply`` every event of the log, in order."""

    def __init__(self, tournament: Tournament) -> None:
        self.tournament = tournament
        self.cards = Cards(tournament.rounds)
        self.shots = Shots()
        self.teams = {no: TeamBook(team) for no, team in tournament.teams.items()}
        for entry in tournament.scenario.field:
            self.teams[entry.team].pending = entry.pending
            self.teams[entry.team].status = "Alternate" if entry.alternate else "Entered"
        self.specs = {spec.no: spec for spec in tournament.scenario.rounds}
        self.rounds = {no: RoundBook(no) for no in self.specs}  # and playoffs, when drawn
        self.current_round = next(iter(self.rounds))
        self.status = "NotStarted"  # InProgress, Suspended, PlayComplete, Official
        self.overnight = False  # play is suspended overnight
        self.cut_made: int | None = None  # to par, once the cut of the current round is made
        self.moment = 0  # of the last event, milliseconds since 1970
        self._standing: list[Place] | None = None

    # ── what documents read ───────────────────────────────────────────────────────────────────

    def standing(self) -> list[Place]:
        """The leaderboard, from top to bottom."""
        if self._standing is None:
            self._standing = standing(self.teams.values())
        return self._standing

    @property
    def is_cut_round(self) -> bool:
        """Whether some do not go on after the current round."""
        spec = self.specs.get(self.current_round)
        return spec is not None and spec.cuts

    @property
    def cut(self) -> int | None:
        """The cut of the current round to par, as made or as it would be now; None without one."""
        spec = self.specs.get(self.current_round)
        if self.cut_made is not None or spec is None or not spec.cuts:
            return self.cut_made
        return cut_line(self.teams.values(), spec)

    # ── the fold ──────────────────────────────────────────────────────────────────────────────

    def apply(self, event: Event) -> Change:
        """Take in one event."""
        self.moment = event.due
        change = self._of_team(event) if event.team else self._of_tournament(event)
        if change.board:
            self._standing = None
        return change

    def _of_team(self, event: Event) -> Change:
        self.cards.apply(event)
        self.shots.apply(event)
        book = self.teams[event.team].rounds[event.round]
        match event.what:
            case log.RoundStarted():
                return self._started(event, book)
            case log.HoleFinished(reason):
                return self._finished(event, book, reason)
            case log.HoleScore() | log.Correction():
                return self._lined(event, book)
            case log.RoundFinished():
                book.finished = True
            case log.RoundOfficial():
                book.official = True
            case _:
                return _NOTHING
        return Change(team=event.team, board=True)

    def _started(self, event: Event, book: TeamRoundBook) -> Change:
        book.started = True
        self.teams[event.team].status = "Playing"
        if self.current_round != event.round:
            self.current_round, self.cut_made = event.round, None
        if self.rounds[event.round].status != "Suspended":
            self.rounds[event.round].status = self.status = "InProgress"
        return Change(team=event.team, board=True)

    def _finished(self, event: Event, book: TeamRoundBook, reason: str) -> Change:
        """A hole is finished; a hole that is sent again may undo a withdrawal, or bring one."""
        team = self.teams[event.team]
        before, left = team.status, reason != "BallHoled"
        if left or before in ("Withdrawn", "Retired", "Disqualified"):
            team.status = reason if left else "Playing"
        change = self._lined(event, book)
        if team.status != before:
            return change._replace(team=event.team, board=True)
        return change

    def _lined(self, event: Event, book: TeamRoundBook) -> Change:
        """The line of a hole may be another one now."""
        shots = self.shots.of(event.round, event.team)[event.order]
        before = book.lines.get(event.order)
        if shots.finished is None:  # its old line stands while it is sent again
            return _NOTHING
        after = line_of(book.holes[event.order - 1], event.order, shots)
        if after == before:
            return _NOTHING
        if after is not None:
            book.lines[event.order] = after
        else:
            del book.lines[event.order]
        over = (after.over if after else 0) - (before.over if before else 0)
        strokes = (after.strokes if after else 0) - (before.strokes if before else 0)
        book.to_par += over
        book.strokes += strokes
        if not is_playoff(event.round):
            self.teams[event.team].to_par += over
            self.teams[event.team].strokes += strokes
        where = (event.round, event.team, event.order)
        return Change(where, before, after, team=event.team, board=True)

    def _of_tournament(self, event: Event) -> Change:
        match event.what:
            case log.Drawn(groups):
                return self._drawn(event.round, groups)
            case log.TeamStatus(team, status):
                self.teams[team].status = status
                return Change(team=team, board=True)
            case log.Verified(team):
                self.teams[team].pending = False
                return Change(team=team, board=True)
            case log.CutMade(to_par, out, status):
                self.cut_made = to_par
                for no in out:
                    self.teams[no].status = "MissedCut" if status == "Cut" else status
            case log.PlayoffWon(team):
                self.teams[team].won = True
            case _:
                self._turned(event)
        return _BOARD

    def _drawn(self, no: int, groups: tuple[Group, ...]) -> Change:
        book = self.rounds.setdefault(no, RoundBook(no))
        book.groups = groups
        if book.status == "NotStarted":
            book.status = "GroupingsOfficial"
        drawn = {team: group for group in groups for team in group.teams}
        for number, team in self.teams.items():
            if number not in drawn:
                team.rounds.pop(no, None)
            elif no not in team.rounds or not team.rounds[no].started:
                facts = self.tournament.rounds.get((no, number))
                if facts is None:
                    continue
                team.rounds[no] = TeamRoundBook(no, drawn[number], facts.course, facts.holes)
        return Change(draw=no, board=True)

    def _turned(self, event: Event) -> None:
        """The round or the tournament has another status."""
        match event.what:
            case log.PlaySuspended(overnight):
                self.rounds[event.round].status = self.status = "Suspended"
                self.overnight = overnight
            case log.PlayResumed():
                self.rounds[event.round].status = self.status = "InProgress"
                self.overnight = False
            case log.PlayComplete():
                self.rounds[event.round].status = "PlayComplete"
                if event.round == list(self.rounds)[-1]:
                    self.status = "PlayComplete"
                self._note_positions(event.round)
            case log.RoundClosed():
                self.rounds[event.round].status = "Official"
                self._note_positions(event.round)
            case log.TournamentClosed():
                self.status = "Official"

    def _note_positions(self, no: int) -> None:
        self._standing = None
        for place in self.standing():
            book = self.teams[place.team].rounds.get(no)
            if book is not None and book.finished:
                book.position = (place.value, place.tied)
