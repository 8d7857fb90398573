"""The tournaments one server serves: each a scenario told, reported and ready to be played."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mockdde import log
from mockdde.errors import UsageError
from mockdde.golf import Course, Group, Hole, Team, TeamRound
from mockdde.moments import HOUR
from mockdde.quirks import Quirks
from mockdde.scenario import Scenario, open_scenario, shipped
from mockdde.scorer import Truth, report
from mockdde.story import tell

__all__ = ["Tournament", "built_in", "stage", "stage_all"]


class Log(tuple[log.Event, ...]):
    """The events of a tournament, in order."""

    __slots__ = ()

    def at(self, place: int) -> log.Event | None:
        """The event there; None after the last."""
        return self[place] if place < len(self) else None


@dataclass(frozen=True, slots=True)
class Tournament:
    """A scenario with its log: all that a feed renders."""

    scenario: Scenario
    quirks: Quirks
    courses: tuple[Course, ...]  # the main one first
    teams: dict[int, Team]
    groups: dict[int, tuple[Group, ...]]  # by round
    rounds: dict[tuple[int, int], TeamRound]  # by round and team
    log: Log
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
    def utc_offset(self) -> float:
        """Hours from UTC at the venue."""
        return self.scenario.tournament.utc_offset

    def holes(self, round_no: int, course: int) -> dict[int, Hole]:  # noqa: ARG002
        """The holes of a course by number, with the tees and pins of a round."""
        return next(each.holes for each in self.courses if each.id == course)

    def courses_of(self, round_no: int) -> list[Course]:
        """The courses that a round is played on, the main one first; a playoff is on that."""
        spec = next((each for each in self.scenario.rounds if each.no == round_no), None)
        return [self.courses[at] for at in (spec.courses if spec else (0,))]

    def planned(self, round_no: int) -> int:
        """The first tee time that is planned for a round (milliseconds since 1970)."""
        for index, spec in enumerate(self.scenario.rounds):
            if spec.no == round_no:
                if spec.start is not None:
                    return spec.start
                return self.scenario.tournament.start + index * 24 * HOUR
        raise KeyError(round_no)

    @property
    def begins(self) -> int:
        """The first moment of play: when the first packet is sent (milliseconds since 1970)."""
        return next(event.due for event in self.log if event.team)


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
        (story.course,),
        story.teams,
        story.groups,
        rounds,
        Log(events),
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
