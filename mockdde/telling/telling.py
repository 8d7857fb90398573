"""The whole tournament: its rounds, who goes on after each, and a playoff where it is level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from mockdde import log
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Group, TeamRound, is_playoff
from mockdde.moments import HOUR, MINUTE, iso_millis
from mockdde.scenario.model import RoundSpec, Scenario
from mockdde.story import Outing, Story
from mockdde.story.draw import draw, planned, redraws
from mockdde.story.pace import Pause
from mockdde.telling.entries import Entries
from mockdde.telling.level import Plan, level_plan
from mockdde.telling.playoff import Playoff
from mockdde.telling.ranking import Ranking
from mockdde.telling.round import Aside, RoundTelling, Sent, of_tournament

__all__ = ["Telling", "Truth"]

_DRAWN_BEFORE = 48 * HOUR  # the first draw comes out on the Tuesday
_DRAWN_AFTER = 20 * MINUTE  # from the end of a round to the draw of the next
_NEXT_ROUND = 45 * MINUTE  # from the end of a round to the next at the earliest
_SLOT = 5 * MINUTE  # tee times are multiples of this
_TO_THE_TEE = 20 * MINUTE  # from the end of the last round to a playoff
_CLOSED_AFTER = 10 * MINUTE  # from the last round to the end of the tournament


@dataclass(frozen=True, slots=True)
class Truth:
    """The scorer's final word: strokes by (round, team) and the hole's order, of holes holed."""

    strokes: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)


class Telling:
    """``events()`` tells it, once; what it tells of rounds, groups and truth grows meanwhile."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        holds: bool = True,
        playoff_holes: int = 0,
        witness: Callable[[Outing], None] | None = None,
    ) -> None:
        """``holds``: what happens while a team's state is Disconnected is sent when that is over.

        ``playoff_holes``: so many holes of a playoff are a round; 0 is all of them. ``witness``
        is shown each team's round when it is over. ScenarioError where golf cannot be so.
        """
        self.story = Story(scenario)
        self.groups: dict[int, tuple[Group, ...]] = {}  # by round, as drawn last
        self.rounds: dict[tuple[int, int], TeamRound] = {}  # by round and team, as drawn last
        self.truth = Truth()
        self._scenario, self._holds, self._witness = scenario, holds, witness
        self._playoff_holes = playoff_holes
        self._ranking = Ranking(self.story)
        self._entries = Entries(scenario, self._ranking.out)
        self._playing: set[tuple[int, int]] = set()  # rounds and teams that were played
        self._last = 0  # due of the last event
        self._count = 0

    def events(self) -> Iterator[log.Event]:
        """The log in order. ScenarioError where a directive speaks of what was never played."""
        specs = self._scenario.rounds
        first = planned(self._scenario, specs[0])
        self._last = first - _DRAWN_BEFORE - HOUR
        for spec in specs:
            if not redraws(self._scenario, spec):
                groups = self._draw(spec, planned(self._scenario, spec))
                yield self._said(Aside(first - _DRAWN_BEFORE, spec.no, log.Drawn(groups)))
        for at, spec in enumerate(specs):
            yield from self._round(spec, last=at + 1 == len(specs))
        yield from self._playoff()
        self._refuse_unheard()
        yield self._said(Aside(self._last + _CLOSED_AFTER, 0, log.TournamentClosed()))

    # ── rounds ────────────────────────────────────────────────────────────────────────────────

    def _round(self, spec: RoundSpec, *, last: bool) -> Iterator[log.Event]:
        yield from self._late_draw(spec)
        if not self.groups[spec.no]:
            return  # nobody is left to play it
        groups, asides = self._entries.before(self.groups[spec.no])
        self._note(spec.no, groups, spec.holes)
        if not groups:
            return
        pauses = self._pauses(spec.no, groups[0].tee_time)
        told = RoundTelling(
            self.story,
            groups,
            self.rounds,
            pauses,
            holds=self._holds,
            plan=self._plan(spec, groups) if last else None,
        )
        for no in self._ranking.out:
            told.leave(no)
        yield from self._follow(spec.no, told, asides)
        self._refuse_idle(spec.no, told, groups)
        yield from self._close(spec.no, told)
        cut = self._ranking.cut(spec, self._entries.field)
        if cut is not None:
            yield self._said(Aside(self._last, spec.no, cut))

    def _late_draw(self, spec: RoundSpec) -> Iterator[log.Event]:
        """The draw by standing; and a draw done again, for who is out by now or if play is late."""
        drawn = self.groups.get(spec.no)
        start = planned(self._scenario, spec)
        if self._playing and start < self._last + _NEXT_ROUND:
            if spec.start is not None:
                if start < self._last:
                    self._refuse_overlap(spec)
            else:
                start = -(-(self._last + _NEXT_ROUND) // _SLOT) * _SLOT
        if drawn is None or (drawn and drawn[0].tee_time != start):
            groups = self._draw(spec, start)
        else:
            groups = self._note(spec.no, self._entries.still_in(drawn), spec.holes)
        if groups != drawn:
            at = min(self._last + _DRAWN_AFTER, start - 1)
            yield self._said(Aside(at, spec.no, log.Drawn(groups)))

    def _draw(self, spec: RoundSpec, start: int) -> tuple[Group, ...]:
        by_standing = redraws(self._scenario, spec)
        field = self._entries.field
        teams = [no for no in field if no not in self._ranking.out]
        if by_standing:
            teams = self._ranking.order(field)
        courses = [self.story.courses[at] for at in spec.courses]
        groups = draw(self._scenario, spec, courses, teams, start, by_standing=by_standing)
        return self._note(spec.no, groups, spec.holes)

    def _note(
        self, no: int, groups: tuple[Group, ...], holes: tuple[int, ...]
    ) -> tuple[Group, ...]:
        self.groups[no] = groups
        for group in groups:
            for team in group.teams:
                self.rounds[no, team] = self.story.team_round(no, group, team, holes)
        return groups

    def _plan(self, spec: RoundSpec, groups: tuple[Group, ...]) -> Plan | None:
        """The last round, where the scenario wants it to end level."""
        playoff = self._scenario.playoff
        if playoff is None or playoff.teams is None:
            return None
        teams = [no for group in groups for no in group.teams if no not in self._ranking.out]
        facts = [self.rounds[spec.no, no] for no in teams]
        return level_plan(self.story, playoff, self._ranking, facts)

    def _follow(
        self,
        round_no: int,
        told: RoundTelling,
        asides: Iterable[Aside],
        playoff: Playoff | None = None,
    ) -> Iterator[log.Event]:
        """The events of a round, and that it is complete and official for all."""
        playing = [walk for walk in told.walks if not walk.left]
        self._playing |= {(round_no, walk.facts.team.no) for walk in playing}
        finished = official = 0
        for sent in told.events(asides):
            yield self._event(sent)
            match sent.draft.what:
                case log.RoundFinished():
                    finished += 1
                    if finished == len(playing):
                        yield self._said(Aside(self._last, round_no, log.PlayComplete()))
                        if playoff is not None and playoff.winner is not None:
                            won = log.PlayoffWon(playoff.winner)
                            yield self._said(Aside(self._last, round_no, won))
                case log.RoundOfficial():
                    official += 1
                    if official == len(playing):
                        yield self._said(Aside(self._last, round_no, log.RoundClosed()))
        if not playing:  # who was in the draw is not there
            yield self._said(Aside(self._last, round_no, log.RoundClosed()))

    def _close(self, round_no: int, told: RoundTelling) -> Iterator[log.Event]:
        """Take in the scores of a round, and who left in it."""
        for walk in told.walks:
            if walk.scorer is None or walk.outing is None:
                continue
            team = walk.facts.team.no
            strokes = self.truth.strokes[round_no, team] = walk.scorer.truth()
            if not is_playoff(round_no):
                self._ranking.add(walk.facts, strokes)
            if self._witness is not None:
                self._witness(walk.outing)
            if walk.scorer.left is not None:
                self._ranking.out[team] = walk.scorer.left
            elif walk.left:  # its last hole was sent again, and it had gone home by then
                self._ranking.out[team] = "Withdrawn"
                yield self._said(Aside(self._last, round_no, log.TeamStatus(team, "Withdrawn")))

    def _playoff(self) -> Iterator[log.Event]:
        spec = self._scenario.playoff
        if spec is None:
            return
        level = self._ranking.leaders(self._entries.field)
        if spec.teams is not None and len(level) != spec.teams:
            message = f"by the scorers' last word {len(level)} share the first place"
            raise ScenarioError(
                spec.mark, f"{message}, not {spec.teams}; leave out what changes it"
            )
        playoff = Playoff(self.story, spec, level, self._playoff_holes)
        after = self._scenario.rounds[-1].no
        number = 0
        while len(playoff.level) > 1:
            number += 1
            start = -(-(self._last + _TO_THE_TEE) // _SLOT) * _SLOT
            facts = playoff.draw(after, number, start)
            no = facts[0].round
            self.groups[no] = (facts[0].group,)
            self.rounds |= {(no, each.team.no): each for each in facts}
            yield self._said(Aside(self._last, no, log.Drawn(self.groups[no])))
            told = RoundTelling(
                self.story,
                self.groups[no],
                self.rounds,
                self._pauses(no, start),
                holds=self._holds,
                done=playoff.done,
            )
            yield from self._follow(no, told, (), playoff)
            self._refuse_idle(no, told, self.groups[no])
            yield from self._close(no, told)

    # ── the log ───────────────────────────────────────────────────────────────────────────────

    def _said(self, aside: Aside) -> log.Event:
        return self._event(of_tournament(aside))

    def _event(self, sent: Sent) -> log.Event:
        draft, walk = sent.draft, sent.walk
        draft.id, self._count = self._count, self._count + 1
        draft.due = self._last = max(draft.due, self._last)
        what = draft.what
        if isinstance(what, log.Correction):
            assert draft.target is not None
            what = replace(what, of=draft.target.id)
        team = walk.facts.team if walk is not None else None
        return log.Event(
            draft.id,
            draft.due,
            draft.at,
            draft.due,
            sent.round,
            team.no if team else 0,
            draft.order,
            team.players[0].id if team else 0,
            what,
        )

    # ── what cannot be ────────────────────────────────────────────────────────────────────────

    def _pauses(self, round_no: int, first_tee_time: int) -> list[Pause]:
        specs = [each for each in self._scenario.suspensions if each.round == round_no]
        pauses: list[Pause] = []
        for spec in sorted(specs, key=lambda each: each.at):
            begin = first_tee_time + spec.at
            if pauses and begin < pauses[-1].end:
                gap = (pauses[-1].end - first_tee_time) // MINUTE
                message = (
                    f"play is suspended already; it goes on {gap} minutes after the first tee time"
                )
                raise ScenarioError(spec.mark, message)
            pauses.append(Pause(begin, begin + spec.length))
        return pauses

    def _refuse_overlap(self, spec: RoundSpec) -> None:
        """Refuse a round that begins while the one before is played."""
        before = self._scenario.rounds[self._scenario.rounds.index(spec) - 1].no
        begins = iso_millis(planned(self._scenario, spec))[:16]
        message = f"round {spec.no} begins at {begins}Z, when round {before} is not over"
        raise ScenarioError(spec.mark, f"{message}; give it a later start")

    def _refuse_idle(self, round_no: int, told: RoundTelling, groups: tuple[Group, ...]) -> None:
        """Refuse a suspension of nobody."""
        for stop in self._scenario.suspensions:
            if stop.round == round_no:
                begin = groups[0].tee_time + stop.at
                if not told.heard(Pause(begin, begin + stop.length)):
                    message = f"nobody is on the course of round {stop.round} at that time"
                    raise ScenarioError(stop.mark, f"{message}; change at")

    def _refuse_unheard(self) -> None:
        """Refuse what was said of holes that nobody played: it is never heeded."""
        for stop in self._scenario.suspensions:
            if stop.round not in {no for no, _ in self._playing}:
                message = f"nobody plays round {stop.round}; {self._why_not(stop.round)}"
                raise ScenarioError(stop.mark, message)
        said: list[tuple[Mark, int, int, int]] = [
            *((each.mark, each.round, each.team, each.hole) for each in self.story.unplayed()),
            *(
                (each.after.mark, each.after.round, each.after.team, 0)
                for each in self._scenario.report
            ),
        ]
        for mark, round_no, team, hole in sorted(said, key=lambda each: each[0].line):
            if (round_no, team) not in self._playing:
                message = f"team {team} does not play round {round_no}; {self._why(round_no, team)}"
                raise ScenarioError(mark, message)
            if hole:
                ended = (
                    "the playoff is over" if is_playoff(round_no) else "it is out of the tournament"
                )
                message = f"team {team} does not play hole {hole}; {ended} before"
                raise ScenarioError(mark, message)

    def _why(self, round_no: int, team: int) -> str:
        if is_playoff(round_no):
            if round_no not in self.groups:
                return self._why_not(round_no)
            there = [str(no) for group in self.groups[round_no] for no in group.teams]
            return f"the playoff is of the teams {', '.join(there[:-1])} and {there[-1]}"
        if team not in self._entries.field and team not in self._ranking.out:
            return "it is an alternate that takes nobody's place; add replaces"
        out = self._ranking.out.get(team)
        return "it missed the cut" if out == "MissedCut" else "it has left before"

    def _why_not(self, round_no: int) -> str:
        """Why a round is not played."""
        first = self._scenario.rounds[-1].no * 100 + 1
        if first in self.groups and not self._playoff_holes:
            return f"a playoff is one round, {first}, whose second hole is order: 2"
        if round_no >= first:
            return "the playoff is over before" if first in self.groups else "nobody is level"
        return "everybody has left before"
