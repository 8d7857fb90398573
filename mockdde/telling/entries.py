"""Who is in the field: departures before a round, alternates, entries that await verification."""

from __future__ import annotations

from collections.abc import Iterable

from mockdde import log
from mockdde.errors import ScenarioError
from mockdde.golf import Group
from mockdde.moments import HOUR, MINUTE
from mockdde.records import replace
from mockdde.scenario.model import DepartureSpec, Scenario, SubstituteSpec
from mockdde.telling.round import Aside

__all__ = ["Entries"]

_LEAVES = 60 * MINUTE  # before its tee time
_ENTERS = 40 * MINUTE
_NO_SHOW = 5 * MINUTE  # after it
_VERIFIED = HOUR  # before the first tee time of the tournament


class Entries:
    """The field, and what changes in it; ``field`` are who is in the draw, ``out`` who plays no
    more, with the status.
    """

    def __init__(self, scenario: Scenario, out: dict[int, str]) -> None:
        self.field = [each.team for each in scenario.field if not each.alternate]
        self.out = out
        self._scenario = scenario
        self._places: dict[int, int] = {}  # who has taken the place of whom
        self._pending = [entry.team for entry in scenario.field if entry.pending]

    def still_in(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """Groups that were drawn before, with who is in the field by now."""
        for out, team in self._places.items():
            groups = tuple(_replaced(group, out, team) for group in groups)
        return _without(groups, self.out)

    def before(self, groups: tuple[Group, ...]) -> tuple[tuple[Group, ...], list[Aside]]:
        """The groups that tee off in a round, and what is said about that.

        ScenarioError where a team leaves a round that it does not play.
        """
        no = groups[0].round
        first = min(group.tee_time for group in groups)
        asides = [Aside(first - _VERIFIED, no, log.Verified(team)) for team in self._pending]
        self._pending = []
        for leaves in self._scenario.departures:
            if leaves.round == no:
                groups, said = self._departure(leaves, groups)
                asides += said
        for enters in self._scenario.substitutes:
            if enters.round == no:
                groups, said = self._substitute(enters, groups)
                asides += said
        return groups, asides

    def _departure(
        self, spec: DepartureSpec, groups: tuple[Group, ...]
    ) -> tuple[tuple[Group, ...], list[Aside]]:
        tee_time = self._tee_time(spec, spec.team, groups)
        self.out[spec.team] = spec.status
        status = log.TeamStatus(spec.team, spec.status)
        if spec.status == "DidNotStart":  # its group waits for it on the tee
            return groups, [Aside(tee_time + _NO_SHOW, spec.round, status)]
        groups = _without(groups, (spec.team,))
        at = tee_time - _LEAVES
        return groups, [Aside(at, spec.round, status), Aside(at, spec.round, log.Drawn(groups))]

    def _substitute(
        self, spec: SubstituteSpec, groups: tuple[Group, ...]
    ) -> tuple[tuple[Group, ...], list[Aside]]:
        at = self._tee_time(spec, spec.out, groups) - _ENTERS
        self.out[spec.out] = "Withdrawn"
        self._places[spec.out] = spec.team
        self.field[self.field.index(spec.out)] = spec.team
        groups = tuple(_replaced(group, spec.out, spec.team) for group in groups)
        return groups, [
            Aside(at, spec.round, log.TeamStatus(spec.out, "Withdrawn")),
            Aside(at, spec.round, log.TeamStatus(spec.team, "Entered")),
            Aside(at, spec.round, log.Drawn(groups)),
        ]

    def _tee_time(
        self, spec: DepartureSpec | SubstituteSpec, team: int, groups: tuple[Group, ...]
    ) -> int:
        for group in groups:
            if team in group.teams and team not in self.out:
                return group.tee_time
        message = f"team {team} does not play round {spec.round} anyway; leave this out"
        raise ScenarioError(spec.mark, message)


def _without(groups: Iterable[Group], teams: Iterable[int]) -> tuple[Group, ...]:
    """The groups less some teams; a group that nobody is left in is not there any more."""
    gone = set(teams)
    fewer = (
        replace(group, teams=tuple(no for no in group.teams if no not in gone)) for group in groups
    )
    return tuple(group for group in fewer if group.teams)


def _replaced(group: Group, out: int, team: int) -> Group:
    return replace(group, teams=tuple(team if no == out else no for no in group.teams))
