"""The books of a tournament: who stands where, from finished holes; all state documents read them.

A hole counts once it is finished; while it is sent again, its old line stands until the new one is
finished.
"""

from __future__ import annotations

from typing import NamedTuple

from mockdde import log
from mockdde.cards import Cards
from mockdde.golf import Course, Group, Hole, in_order, is_playoff, play_order
from mockdde.lines import HoleLine, line_of
from mockdde.log import Event
from mockdde.matchbook import Matches
from mockdde.matchtables import pools
from mockdde.records import dataclass
from mockdde.shots import Shots
from mockdde.standing import RANKED, Place, Ranking, tied_places
from mockdde.teambook import TeamBook, TeamRoundBook
from mockdde.world import Tournament

__all__ = ["NO_CHANGE", "Books", "Change", "RoundBook"]


@dataclass(slots=True)
class RoundBook:
    """A round of the tournament."""

    no: int
    phase: str = "NotStarted"  # GroupingsOfficial, InProgress, PlayComplete, Official
    suspended: bool = False
    groups: tuple[Group, ...] = ()

    @property
    def status(self) -> str:
        """Its phase, or Suspended."""
        return "Suspended" if self.suspended else self.phase


class Change(NamedTuple):
    """What an event changed in the books; falsy parts did not change."""

    hole: tuple[int, int, int] | None = None  # round, team, order: this line is another one now
    before: HoleLine | None = None
    after: HoleLine | None = None
    team: int = 0  # this team's rounds, status or player are other ones now
    draw: int = 0  # the groups of this round
    match: int = 0  # this match is another one now
    board: bool = False  # anything that a leaderboard shows; without a team it may be of any


NO_CHANGE = Change()
_BOARD = Change(board=True)
# What of all that is told of a team's round changes more than its card and its shots.
_TURNS = frozenset(
    (
        log.RoundStarted,
        log.HoleFinished,
        log.HoleScore,
        log.Correction,
        log.RoundFinished,
        log.RoundOfficial,
    )
)


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
        self.phase = "NotStarted"  # InProgress, PlayComplete, Official
        self.suspended = False
        self.overnight = False  # play is suspended overnight
        self.cuts: dict[int, int] = {}  # to par, by round, once made
        self.moment = 0  # of the last event, milliseconds since 1970
        self.matches = Matches(lambda group: tournament.rounds[group.round, group.teams[0]].holes)
        self._ranking = Ranking(self.teams)

    # ── what documents read ───────────────────────────────────────────────────────────────────

    @property
    def status(self) -> str:
        """The tournament's: its phase, or Suspended."""
        return "Suspended" if self.suspended else self.phase

    def turns(self) -> tuple[object, ...]:
        """All that documents tell of the tournament and its rounds as a whole, to compare."""
        rounds = [(each.no, each.phase, each.suspended) for each in self.rounds.values()]
        cuts = (self.cut, *self.cuts.values())
        return self.current_round, self.phase, self.suspended, self.overnight, cuts, rounds

    def standing(self) -> list[Place]:
        """The leaderboard, from top to bottom; the same list as long as nobody moves."""
        return self._ranking.places()

    def round_of(self, team: TeamBook) -> TeamRoundBook | None:
        """The round that counts as a team's own now: when a round begins, of all that are in it.

        A team that is not done with the round before is still in that, and one that is out stays
        in its last.
        """
        current = team.current
        if team.is_out or current is None or (current.started and not current.finished):
            return current
        return team.rounds.get(self.current_round, current)

    @property
    def is_cut_round(self) -> bool:
        """Whether some do not go on after the current round."""
        spec = self.specs.get(self.current_round)
        return spec is not None and spec.cuts

    @property
    def cut(self) -> int | None:
        """The cut of the current round to par, as made or as it would be now; None without one."""
        spec = self.specs.get(self.current_round)
        if spec is None or not spec.cuts:
            return None
        made = self.cuts.get(spec.no)
        return self._ranking.cut(spec) if made is None else made

    # ── the fold ──────────────────────────────────────────────────────────────────────────────

    def apply(self, event: Event) -> Change:
        """Take in one event."""
        self.moment = event.due
        if event.match:
            return self._of_match(event)
        change = self._of_team(event) if event.team else self._of_tournament(event)
        if change.board and change.team:
            self._ranking.changed(change.team)
        elif change.board:
            self._ranking.changed_all()
        return change

    def _of_team(self, event: Event) -> Change:
        self.cards.apply(event)
        self.shots.apply(event)
        if type(event.what) not in _TURNS:
            return NO_CHANGE
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
        return Change(team=event.team, board=True)

    def _of_match(self, event: Event) -> Change:
        """What is about a match, which is about both its teams where it is about no ball."""
        book = self.matches.all[event.match]
        lined = self.matches.apply(event)
        match event.what:
            case log.RoundStarted():
                for team in book.teams:
                    self._starts(team, event.round)
            case log.RoundFinished() | log.RoundOfficial():
                pass
            case _ if not lined:
                return NO_CHANGE
        return Change(match=event.match, board=True)

    def _started(self, event: Event, book: TeamRoundBook) -> Change:
        book.started = True
        self._starts(event.team, event.round)
        return Change(team=event.team, board=True)

    def _starts(self, team: int, round_no: int) -> None:
        self.teams[team].status = "Playing"
        # Who comes late to a round does not turn back what others have begun.
        self.current_round = max(self.current_round, round_no, key=play_order)
        self.rounds[round_no].phase = self.phase = "InProgress"

    def _finished(self, event: Event, book: TeamRoundBook, reason: str) -> Change:
        """A hole is finished; a hole that is sent again may undo a withdrawal, or bring one."""
        team = self.teams[event.team]
        here, before = (event.round, event.order), team.status
        # Who leaves a playoff has lost it, and keeps the second place.
        if reason != "BallHoled" and not is_playoff(event.round):
            team.status, team.left = reason, here
        elif team.left == here:
            team.status, team.left = "Playing", None
        change = self._lined(event, book)
        if team.status != before:
            return change._replace(team=event.team, board=True)
        return change

    def _lined(self, event: Event, book: TeamRoundBook) -> Change:
        """The line of a hole may be another one now."""
        shots = self.shots.of(event.round, event.team)[event.order]
        before = book.lines.get(event.order)
        if shots.finished is None:  # its old line stands while it is sent again
            return NO_CHANGE
        measured = book.course.scoring == "ShotlinkWithLaser"
        hole = book.holes[event.order - 1]
        after = line_of(hole, event.order, shots, measured=measured)
        if after == before:
            return NO_CHANGE
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
        scored = bool(strokes) or before is None or after is None
        return Change(where, before, after, team=event.team, board=scored)

    def _of_tournament(self, event: Event) -> Change:
        match event.what:
            case log.Drawn(groups):
                return self._drawn(event.round, groups)
            case log.TeamStatus(team, status):
                self.teams[team].status, self.teams[team].left = status, None
                return Change(team=team, board=True)
            case log.Verified(team):
                self.teams[team].pending = False
                return Change(team=team, board=True)
            case log.CutMade(to_par, out, status):
                self._cut(event.round, to_par, out, status)
            case log.PlayoffWon(team):
                self.teams[team].won = True
                self.phase = "PlayComplete"
                self._note_positions(event.round)
            case _:
                self._turned(event)
        return _BOARD

    def _drawn(self, no: int, groups: tuple[Group, ...]) -> Change:
        book = self.rounds.setdefault(no, RoundBook(no))
        book.groups = groups
        if book.phase == "NotStarted":
            book.phase = "GroupingsOfficial"
        if self.tournament.is_match_play:
            self._draw_matches(no, groups)
            return Change(draw=no, board=True)
        drawn = {team: group for group in groups for team in group.teams}
        for number, team in self.teams.items():
            of_round = team.rounds.get(no)
            if number in drawn:
                self._draw(team, no, drawn[number])
            elif of_round is not None and not of_round.started:
                del team.rounds[no]
        return Change(draw=no, board=True)

    def _draw_matches(self, no: int, groups: tuple[Group, ...]) -> None:
        self.rounds = dict(sorted(self.rounds.items(), key=lambda each: play_order(each[0])))
        spec = self.specs.get(no)
        for group in groups:
            self.matches.drawn(
                group,
                len(spec.holes) if spec is not None else 0,
                spec.play if spec is not None else "REGULAR",
                to_a_winner=spec is None or spec.knocks_out,
            )

    def _draw(self, team: TeamBook, no: int, group: Group) -> None:
        """A team goes round in this group; what it has played of the round stays."""
        if no in team.rounds and team.rounds[no].started:
            team.rounds[no].group = group
        elif no in self.specs:  # of this draw: a later one may be told already
            courses = self.tournament.courses_of(no)
            course = next((each for each in courses if each.id == group.course), courses[0])
            team.rounds[no] = TeamRoundBook(no, group, course, self._in_order(no, group, course))
        elif (facts := self.tournament.rounds.get((no, team.team.no))) is not None:
            team.rounds[no] = TeamRoundBook(no, group, facts.course, facts.holes)  # a playoff
        team.rounds = dict(sorted(team.rounds.items()))  # a later round may be drawn before

    def _in_order(self, no: int, group: Group, course: Course) -> tuple[Hole, ...]:
        """The holes of a round as this group would play them."""
        holes = self.tournament.holes(no, course.id)
        return tuple(holes[each] for each in in_order(self.specs[no].holes, group.tee))

    def _cut(self, no: int, to_par: int, out: tuple[int, ...], status: str) -> None:
        self.cuts[no] = to_par
        for team in out:
            if not self.teams[team].is_out:  # who has left before has left
                self.teams[team].status = "MissedCut" if status == "Cut" else status

    def _turned(self, event: Event) -> None:
        """The round or the tournament has another status."""
        no = event.round
        match event.what:
            case log.PlaySuspended(overnight):
                self.rounds[no].suspended = self.suspended = True
                self.overnight = overnight
            case log.PlayResumed():
                self._resume(no)
            case log.PlayComplete():
                self._resume(no)
                self.rounds[no].phase = "PlayComplete"
                self._note_positions(no)
                self._complete(no)
            case log.RoundClosed():
                self._resume(no)
                self.rounds[no].phase = "Official"
                self._note_positions(no)
                self._complete(no)  # a correction may have made a playoff needless
            case log.TournamentClosed():
                self.phase = "Official"
                self.suspended = self.overnight = False

    def _resume(self, no: int) -> None:
        self.rounds[no].suspended = self.suspended = self.overnight = False

    def _complete(self, no: int) -> None:
        """All is played, if no round follows this one."""
        if self.phase == "InProgress" and self._is_last(no):
            self.phase = "PlayComplete"

    def _is_last(self, no: int) -> bool:
        """Whether no round follows; a playoff does where the first place is shared, until won."""
        if self.tournament.is_match_play:
            won = all(pool.winner is not None for pool in pools(self).values())
            return no == list(self.rounds)[-1] and won
        if is_playoff(no):
            return any(team.won for team in self.teams.values())
        self._ranking.changed_all()
        playoff = self.tournament.scenario.playoff is not None and self.standing()[0].tied
        return no == list(self.specs)[-1] and not playoff

    def _note_positions(self, no: int) -> None:
        """Where each team stands after a round; a later one may have begun, and is not in it."""
        if self.tournament.is_match_play:
            return
        books = {
            number: team.rounds[no]
            for number, team in self.teams.items()
            if no in team.rounds and team.rounds[no].complete
        }
        if is_playoff(no):
            self._ranking.changed_all()
            places = [place for place in self.standing() if place.team in books]
        else:
            places = tied_places(
                {
                    number: sum(book.to_par for each, book in team.rounds.items() if each <= no)
                    for number, team in self.teams.items()
                    if number in books and (not team.is_out or team.status in RANKED)
                }
            )
        for book in books.values():
            book.position = None  # who has left since stands nowhere
        for place in places:
            books[place.team].position = (place.value, place.tied)
