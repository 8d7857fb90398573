"""The tournaments one server serves: each a scenario told, reported and ready to be played."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mockdde import log
from mockdde.errors import UsageError
from mockdde.golf import Course, Group, Team, TeamRound
from mockdde.quirks import Quirks
from mockdde.scenario import Scenario, open_scenario, shipped
from mockdde.scorer import Truth, report
from mockdde.story import tell

__all__ = ["Tournament", "built_in", "stage", "stage_all"]


@dataclass(frozen=True, slots=True)
class Tournament:
    """A scenario with its log: all that a feed renders."""

    scenario: Scenario
    quirks: Quirks
    course: Course
    teams: dict[int, Team]
    groups: dict[int, tuple[Group, ...]]  # by round
    rounds: dict[tuple[int, int], TeamRound]  # by round and team
    log: tuple[log.Event, ...]
    truth: Truth

    @property
    def id(self) -> int:
        """The tournament's number in every URL."""
        return self.scenario.tournament.id

    @property
    def name(self) -> str:
        """What liveevents calls it."""
        return self.scenario.tournament.name

    @property
    def tour(self) -> str:
        """PGA tour, European Tour or LPGA Tour; some keys come from one tour only."""
        return self.scenario.tournament.tour

    @property
    def begins(self) -> int:
        """The first moment of play: when the first event is sent (milliseconds since 1970)."""
        return self.log[0].due


def stage(scenario: Scenario, settings: Mapping[str, object] | None = None) -> Tournament:
    """Tell a scenario and report it. ``settings`` of quirks win over the scenario's own.

    ScenarioError where it asks for what cannot be.
    """
    quirks = Quirks(scenario.quirks).over(settings or {})
    story = tell(scenario)
    events, truth = report(story, holds=quirks["while-disconnected"] == "held")
    rounds = {(outing.facts.round, outing.facts.team.no): outing.facts for outing in story.outings}
    return Tournament(
        scenario,
        quirks,
        story.course,
        story.teams,
        story.groups,
        rounds,
        events,
        truth,
    )


def built_in() -> list[str]:
    """The names of the scenarios that are served when none is named: the folder ``world``."""
    return [name for name, _ in shipped() if name.startswith("world/")]


def stage_all(
    names: Iterable[str], settings: Mapping[str, object], seed: int | None = None
) -> list[Tournament]:
    """The tournaments of these scenarios, or of the built-in world where none is named.

    UsageError where two of them have the same tournament id.
    """
    tournaments: dict[int, Tournament] = {}
    for name in list(names) or built_in():
        scenario = open_scenario(name)
        if seed is not None:
            scenario = replace(scenario, seed=seed)
        tournament = stage(scenario, settings)
        other = tournaments.get(tournament.id)
        if other is not None:
            raise UsageError(
                f"{other.scenario.name} and {scenario.name} are both tournament {tournament.id};"
                " give one of them another tournament.id"
            )
        tournaments[tournament.id] = tournament
    return list(tournaments.values())
