"""A tournament of stroke play: its rounds, who goes on after each, a playoff where it is level."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mockdde import log
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Group, is_playoff
from mockdde.moments import HOUR, MINUTE
from mockdde.scenario.model import RoundSpec, Scenario
from mockdde.story import Outing
from mockdde.story.draw import draw, planned, redraws
from mockdde.story.parties import Alone, Party, Plan
from mockdde.telling.entries import Entries
from mockdde.telling.level import level_plan
from mockdde.telling.playoff import Playoff
from mockdde.telling.ranking import Ranking
from mockdde.telling.round import Aside, Done, RoundTelling
from mockdde.telling.teller import CLOSED_AFTER, DRAWN_AFTER, DRAWN_BEFORE, SLOT, Teller

__all__ = ["Telling"]

_TO_THE_TEE = 20 * MINUTE  # from the end of the last round to a playoff


class Telling(Teller):
    """Stroke play."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        holds: bool = True,
        playoff_holes: int = 0,
        witness: Callable[[Outing], None] | None = None,
    ) -> None:
        """``playoff_holes``: so many holes of a playoff are a round; 0 is all of them."""
        super().__init__(scenario, holds=holds, witness=witness)
        self._playoff_holes = playoff_holes
        self._ranking = Ranking(self.story)
        self._entries = Entries(scenario, self._ranking.out)
        self._won: Playoff | None = None  # once one is played

    def events(self) -> Iterator[log.Event]:
        """The log in order. ScenarioError where a directive speaks of what was never played."""
        specs = self._scenario.rounds
        first = planned(self._scenario, specs[0])
        self._last = first - DRAWN_BEFORE - HOUR
        for spec in specs:
            if not redraws(self._scenario, spec):
                groups = self._draw(spec, planned(self._scenario, spec))
                yield self._said(Aside(first - DRAWN_BEFORE, spec.no, log.Drawn(groups)))
        for at, spec in enumerate(specs):
            yield from self._round(spec, last=at + 1 == len(specs))
        yield from self._playoff()
        self._refuse_unheard()
        yield self._said(Aside(self._last + CLOSED_AFTER, 0, log.TournamentClosed()))

    # ── rounds ────────────────────────────────────────────────────────────────────────────────

    def _round(self, spec: RoundSpec, *, last: bool) -> Iterator[log.Event]:
        yield from self._late_draw(spec)
        if not self.groups[spec.no]:
            return  # nobody is left to play it
        groups, asides = self._entries.before(self.groups[spec.no])
        self._note(spec.no, groups, spec.holes)
        if not groups:
            return
        told = self._telling(groups, plan=self._plan(spec, groups) if last else None)
        for no in self._ranking.out:
            told.leave(no)
        yield from self._follow(spec.no, told, asides)
        self._refuse_idle(spec.no, told, groups)
        yield from self._close(spec.no, told)
        cut = self._ranking.cut(spec, self._entries.field)
        if cut is not None:
            yield self._said(Aside(self._last, spec.no, cut))

    def _telling(
        self, groups: tuple[Group, ...], *, plan: Plan | None = None, done: Done | None = None
    ) -> RoundTelling:
        no = groups[0].round
        parties: list[list[Party]] = [
            [Alone(self.story, self.rounds[no, team], plan) for team in group.teams]
            for group in groups
        ]
        pauses = self._pauses(no, groups[0].tee_time)
        return RoundTelling(self._scenario, groups, parties, pauses, holds=self._holds, done=done)

    def _late_draw(self, spec: RoundSpec) -> Iterator[log.Event]:
        """The draw by standing; and a draw done again, for who is out by now or if play is late."""
        drawn = self.groups.get(spec.no)
        start = self._start(spec)
        if drawn is None or (drawn and drawn[0].tee_time != start):
            groups = self._draw(spec, start)
        else:
            groups = self._note(spec.no, self._entries.still_in(drawn), spec.holes)
        if groups != drawn:
            at = min(self._last + DRAWN_AFTER, start - 1)
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

    def _close(self, round_no: int, told: RoundTelling) -> Iterator[log.Event]:
        """Take in the scores of a round, and who left in it."""
        for walk in told.walks:
            if walk.scorer is None or walk.outing is None:
                continue
            team = walk.facts.team.no
            strokes = self.truth.strokes[round_no, team] = walk.scorer.truth()
            if not is_playoff(round_no):
                self._ranking.add(walk.facts, strokes)
            self._witnessed(walk)
            if walk.scorer.left is not None:
                self._ranking.out[team] = walk.scorer.left
            elif walk.left:  # its last hole was sent again, and it had gone home by then
                self._ranking.out[team] = "Withdrawn"
                yield self._said(Aside(self._last, round_no, log.TeamStatus(team, "Withdrawn")))

    def _complete(self, round_no: int) -> Iterator[log.Event]:
        """A playoff round may have decided it."""
        if self._won is not None and self._won.winner is not None:
            won = log.PlayoffWon(self._won.winner)
            yield self._said(Aside(self._last, round_no, won))

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
            start = -(-(self._last + _TO_THE_TEE) // SLOT) * SLOT
            facts = playoff.draw(after, number, start)
            no = facts[0].round
            self.groups[no] = (facts[0].group,)
            self.rounds |= {(no, each.team.no): each for each in facts}
            yield self._said(Aside(self._last, no, log.Drawn(self.groups[no])))
            self._won = playoff
            told = self._telling(self.groups[no], done=playoff.done)
            yield from self._follow(no, told, ())
            self._refuse_idle(no, told, self.groups[no])
            yield from self._close(no, told)

    # ── what cannot be ────────────────────────────────────────────────────────────────────────

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
