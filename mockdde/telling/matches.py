"""A tournament of matches: a knock-out, pools before it, or the sessions of two squads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from mockdde import log
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Group
from mockdde.matchplay import Meeting, is_decided, pool_rows
from mockdde.moments import HOUR, MINUTE
from mockdde.records import replace
from mockdde.scenario.matches import match_numbers
from mockdde.scenario.model import RoundSpec, Scenario
from mockdde.story import Outing
from mockdde.story.bracket import by_seed, in_bracket, in_pools, meetings, pairings
from mockdde.story.draw import planned
from mockdde.story.parties import Match, Party
from mockdde.telling.round import Aside, RoundTelling, Walk
from mockdde.telling.teller import CLOSED_AFTER, DRAWN_AFTER, DRAWN_BEFORE, NEXT_ROUND, SLOT, Teller

__all__ = ["MatchTelling"]

_TO_THE_TEE = 20 * MINUTE  # from the end of the pools to their play-off matches
_MOST = 72  # holes; no match was ever nearly so long
_NAMED_IN = 4 * HOUR  # from the start of a session to the names of the next
_NAMED_BEFORE = 14 * HOUR  # from these to its start, if that is another day
_TIE_INTERVAL = 10 * MINUTE

_Pairing = tuple[int, int, int]  # a pool (0 without), and the two teams


class MatchTelling(Teller):
    """Match play."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        holds: bool = True,
        witness: Callable[[Outing], None] | None = None,
    ) -> None:
        super().__init__(scenario, holds=holds, witness=witness)
        self._numbers = match_numbers(scenario)
        self._next = 1 + max(numbers[-1] for numbers in self._numbers.values())
        self._specs = {spec.no: spec for spec in scenario.rounds}
        teams = by_seed(list(self.story.teams.values()))
        self._pools = in_pools(teams) if scenario.rounds[0].points else []
        # Who is still in it, in the order of the bracket.
        self._staying = [teams[at] for at in in_bracket(len(teams))] if not scenario.squads else []
        self._lost: list[int] = []  # in the round before, in the order of their matches
        self._meetings: dict[int, list[Meeting]] = {}  # by pool
        self._matches: dict[int, Match] = {}

    def events(self) -> Iterator[log.Event]:
        """The log in order. ScenarioError where a directive speaks of what was never played."""
        specs = self._scenario.rounds
        first = planned(self._scenario, specs[0])
        self._last = first - DRAWN_BEFORE - HOUR
        for at, spec in enumerate(specs):
            if at == 0 or spec.points:  # who meets whom in a pool is known from the start
                groups = self._draw(spec, planned(self._scenario, spec))
                yield self._said(Aside(first - DRAWN_BEFORE, spec.no, log.Drawn(groups)))
        for at, spec in enumerate(specs):
            yield from self._round(spec)
            if spec.points and not (at + 1 < len(specs) and specs[at + 1].points):
                yield from self._ties(spec)
        self._refuse_unheard()
        yield self._said(Aside(self._last + CLOSED_AFTER, 0, log.TournamentClosed()))

    # ── rounds ────────────────────────────────────────────────────────────────────────────────

    def _round(self, spec: RoundSpec) -> Iterator[log.Event]:
        start = self._start(spec)
        drawn = self.groups.get(spec.no)
        if drawn is None or drawn[0].tee_time != start:
            groups = self._draw(spec, start)
            at = min(self._last + DRAWN_AFTER, start - 1)
            yield self._said(Aside(at, spec.no, log.Drawn(groups)))
        yield from self._play(self.groups[spec.no], spec, self._named(spec))
        if spec.knocks_out:
            groups = self.groups[spec.no][-(len(self._staying) // 2) :]
            winners = [self.truth.winners[group.match] for group in groups]
            self._lost = [no for group in groups for no in group.teams if no not in winners]
            self._staying = winners

    def _named(self, spec: RoundSpec) -> Iterator[Aside]:
        """Squads name who plays their next session while this one is played, or on its evening."""
        after = self._scenario.rounds.index(spec) + 1
        if self._scenario.squads and after < len(self._scenario.rounds):
            coming = self._scenario.rounds[after]
            then = planned(self._scenario, coming)
            begins = self.groups[spec.no][0].tee_time
            at = min(max(begins + _NAMED_IN, then - _NAMED_BEFORE), then - NEXT_ROUND)
            yield Aside(at, coming.no, log.Drawn(self._draw(coming, then)))

    def _draw(self, spec: RoundSpec, start: int) -> tuple[Group, ...]:
        groups = []
        for at, (number, pair) in enumerate(
            zip(self._numbers[spec.no], self._pairs(spec), strict=True)
        ):
            place, which = divmod(at, len(spec.tees))
            tee_time = start + place * spec.interval
            groups.append(self._group(spec.no, number, pair, spec.tees[which], tee_time))
        return self._note(spec.no, groups, spec.holes)

    def _group(self, round_no: int, number: int, pair: _Pairing, tee: int, tee_time: int) -> Group:
        pool, first, second = pair
        first_id = 1_000_000 + (self._scenario.tournament.id * 613 + 7_919) % 900_000
        return Group(
            round=round_no,
            no=number,
            id=first_id + number * 7,
            tee=tee,
            tee_time=tee_time,
            teams=(first, second),
            course=self.story.courses[0].id,
            match=number,
            pool=pool,
        )

    def _note(self, no: int, groups: Sequence[Group], holes: tuple[int, ...]) -> tuple[Group, ...]:
        """Their rounds; a match may go on over its holes again and again."""
        self.groups[no] = tuple(groups)
        for group in groups:
            for team in group.teams:
                facts = self.story.team_round(no, group, team, holes)
                again = -(-_MOST // len(facts.holes))
                self.rounds[no, team] = replace(facts, holes=facts.holes * again)
        return self.groups[no]

    def _pairs(self, spec: RoundSpec) -> list[_Pairing]:
        """Who meets whom in a round."""
        if self._scenario.squads:
            whose = {(each.squad, each.players): no for no, each in self.story.teams.items()}
            squads = self.story.squads
            found = []
            for match in pairings(self._scenario, spec):
                first, second = (
                    whose[squad.no, tuple(squad.players[place] for place in side)]
                    for squad, side in zip(squads, match, strict=True)
                )
                found.append((0, first, second))
            return found
        if spec.points:
            return meetings(self._pools, self._scenario.rounds.index(spec))
        bracket = self._staying
        if spec.consolation:
            bracket = [*self._lost, *bracket]
        return [(0, *pair) for pair in zip(bracket[::2], bracket[1::2], strict=True)]

    # ── matches ───────────────────────────────────────────────────────────────────────────────

    def _play(
        self,
        groups: tuple[Group, ...],
        spec: RoundSpec | None,
        asides: Iterable[Aside] = (),
        *,
        closes: bool = True,
    ) -> Iterator[log.Event]:
        no = groups[0].round
        matches: list[list[Party]] = []
        for group in groups:
            first, second = (self.rounds[no, team] for team in group.teams)
            match = self._matches[group.match] = Match(self.story, (first, second), spec)
            matches.append([match])
        told = RoundTelling(
            self._scenario,
            groups,
            matches,
            self._pauses(no, groups[0].tee_time),
            holds=self._holds,
            done=partial(self._decided, spec),
        )
        yield from self._follow(no, told, asides, closes=closes)
        self._refuse_idle(no, told, groups)
        for walk in told.walks:
            self._close(spec, walk)

    def _decided(self, spec: RoundSpec | None, _: int, walks: Sequence[Walk]) -> list[Walk]:
        """The matches that are over by their scorers' word."""
        return [walk for walk in walks if self._result(spec, walk) is not None]

    def _result(self, spec: RoundSpec | None, walk: Walk) -> int | None:
        """1 where the first side has won, -1 the second, 0 halved; None while it is played."""
        assert walk.scorer is not None
        sheet = walk.scorer.sheet
        gone = sheet.conceded()
        if gone:
            return -1 if gone == 1 else 1
        results = list(sheet.results())
        up, holes = sum(results), len(spec.holes) if spec is not None else 0
        to_a_winner = spec is None or spec.knocks_out
        if not is_decided(up, len(results), holes, to_a_winner=to_a_winner):
            return None
        return (up > 0) - (up < 0)

    def _close(self, spec: RoundSpec | None, walk: Walk) -> None:
        """Take in the result of a match."""
        assert walk.scorer is not None
        result = self._result(spec, walk)
        assert result is not None, "it was told to its end"
        group = walk.facts.group
        first, second = group.teams
        self.truth.winners[group.match] = {1: first, -1: second, 0: 0}[result]
        for side, facts in enumerate(walk.party.sides):
            self.truth.strokes[group.round, facts.team.no] = walk.scorer.truth(side)
        if group.pool and spec is not None:
            meeting = Meeting(first, second, result)
            self._meetings.setdefault(group.pool, []).append(meeting)
        self._witnessed(walk)

    # ── pools ─────────────────────────────────────────────────────────────────────────────────

    def _ties(self, spec: RoundSpec) -> Iterator[log.Event]:
        """Play off ties of pools, and send on who has won them.

        Of several that are level the last two meet, and whoever wins meets the next.
        """
        assert spec.points is not None
        level: dict[int, list[int]] = {}
        for no, pool in enumerate(self._pools, 1):
            rows = pool_rows(pool, self._meetings[no], spec.points)
            level[no] = [row.team for row in rows if row.position == 1]
        round_no = spec.no * 100 + 1
        drawn: tuple[Group, ...] = ()
        while any(len(teams) > 1 for teams in level.values()):
            start = -(-(self._last + _TO_THE_TEE) // SLOT) * SLOT
            ties = {no: teams[-2:] for no, teams in level.items() if len(teams) > 1}
            groups = []
            for at, (no, (first, second)) in enumerate(ties.items()):
                time = start + at * _TIE_INTERVAL
                pair = (no, first, second)
                groups.append(self._group(round_no, self._next + at, pair, spec.holes[0], time))
            self._next += len(groups)
            now = self._note(round_no, groups, spec.holes)
            drawn = self.groups[round_no] = (*drawn, *now)
            yield self._said(Aside(self._last, round_no, log.Drawn(drawn)))
            closes = all(len(teams) <= 2 for teams in level.values())
            yield from self._play(now, None, closes=closes)
            for group in groups:
                winner = self.truth.winners[group.match]
                level[group.pool] = [*level[group.pool][:-2], winner]
        winners = [teams[0] for teams in level.values()]
        self._staying = [winners[place] for place in in_bracket(len(winners))]

    # ── what cannot be ────────────────────────────────────────────────────────────────────────

    def _refuse_unheard(self) -> None:
        """Refuse what was said of matches and holes that nobody played: it is never heeded."""
        said: list[tuple[Mark, int]] = [
            *((each.after.mark, each.after.match) for each in self._scenario.report),
            *((each.mark, each.match) for each in self._scenario.matches),
            *((each.mark, each.match) for each in self._scenario.match_holes),
        ]
        for mark, number in sorted(said, key=lambda each: each[0].line):
            if number not in self._matches:
                message = f"match {number} is not played; no pool needs it to be decided"
                raise ScenarioError(mark, message)
        for match in self._matches.values():
            for spec in match.unplayed:
                message = f"hole {spec.hole} of match {spec.match} is not played"
                raise ScenarioError(spec.mark, f"{message}; the match is over before")
        for stop in self._scenario.suspensions:
            if stop.round not in self.groups:
                message = f"round {stop.round} is not played; no pool needs it to be decided"
                raise ScenarioError(stop.mark, message)
