"""What there is to play with: the field, the courses as they are set up, the holes as told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import EUROPEAN_ONLY, PGA_ONLY, Course, Group, Hole, Point, TeamRound, in_order
from mockdde.records import dataclass, replace
from mockdde.scenario.model import Scenario, StrokesOfHole
from mockdde.story.acts import Act
from mockdde.story.ball import Ground, beside
from mockdde.story.courses import OFF_LINE, lay_out, set_up
from mockdde.story.fields import enter_field
from mockdde.story.holes import HoleInPlay

__all__ = ["Story"]

_POWER = {"LPGA Tour": 0.88}  # of strokes and courses, beside those of the men's tours


@dataclass(frozen=True, slots=True)
class _Green:
    """The green of a hole, which stays where it is when the pin is moved."""

    radius: float
    middle: Point
    has_water: bool


class Story:
    """COURSE: a scenario and its seed, ready to be played hole by hole."""

    def __init__(self, scenario: Scenario) -> None:
        """ScenarioError where it asks for golf that cannot be."""
        self.scenario = scenario
        tournament = scenario.tournament
        self._power = _POWER.get(tournament.tour, 1.0)
        lay = partial(lay_out, seed=scenario.seed, tournament_id=tournament.id, scale=self._power)
        self._by_id: dict[int, Course] = {}
        for place, spec in enumerate(tournament.courses):
            course = lay(spec, place=place)
            while course.id in self._by_id:  # drawn twice, or drawn and said
                course = replace(course, id=course.id + 1)
            self._by_id[course.id] = course
        self.courses = tuple(self._by_id.values())
        self.squads, self.teams = enter_field(scenario)
        self._specs = {
            course.id: spec for course, spec in zip(self.courses, tournament.courses, strict=True)
        }
        self._greens: dict[tuple[int, int], _Green] = {}
        self._set_up: dict[tuple[int, int], dict[int, Hole]] = {}
        self._skills: dict[tuple[object, ...], float] = {}
        self._said = _said(scenario)
        self._played: set[tuple[int, int, int, int]] = set()  # keys of _said that were carried out

    def holes(self, round_no: int, course_id: int) -> dict[int, Hole]:
        """The holes of a course by number, with the tees and pins of a round.

        The first round that is listed is played over the official lengths, and so is, in every
        round, a hole whose length the scenario says.
        """
        key = (round_no, course_id)
        if key not in self._set_up:
            course = self._by_id[course_id]
            first = round_no == self.scenario.rounds[0].no
            said = {hole.no for hole in self._specs[course_id].holes if hole.metres}
            self._set_up[key] = {
                no: hole if first or no in said else self._another_day(hole, *key)
                for no, hole in course.holes.items()
            }
        return self._set_up[key]

    def _another_day(self, hole: Hole, round_no: int, course_id: int) -> Hole:
        chance = Chance(self.scenario.seed, "set-up", round_no, course_id, hole.no)
        return set_up(hole, self._green(course_id, hole.no).middle, chance)

    def team_round(
        self, round_no: int, group: Group, team: int, played: tuple[int, ...]
    ) -> TeamRound:
        """The facts of a team's round; ``played`` are the round's holes, from the lowest on."""
        course = self._by_id[group.course]
        holes = self.holes(round_no // 100 or round_no, course.id)  # 301: as in round 3
        order = tuple(holes[no] for no in in_order(played, group.tee))
        return TeamRound(round_no, self.teams[team], group, course, order)

    def play(self, facts: TeamRound, order: int) -> tuple[list[Act], bool]:
        """What a team does on a hole, and whether it leaves the tournament there."""
        in_play = self.open_hole(facts, order)
        spec = self.said(facts, order)
        if spec is not None:
            self._played.add((spec.round, spec.team, spec.hole, spec.order or 0))
        if spec is not None and spec.score is not None:
            return in_play.score(spec.score, spec.mark), False
        return in_play.play(spec.shots if spec else ()), in_play.left

    def unplayed(self) -> Iterator[StrokesOfHole]:
        """What the scenario says of holes that were not played, by now."""
        return (spec for key, spec in self._said.items() if key not in self._played)

    def said(self, facts: TeamRound, order: int) -> StrokesOfHole | None:
        """What the scenario says of a hole; of one played again, ``order`` tells which time."""
        if not self._said:
            return None
        key = (facts.round, facts.team.no, facts.holes[order - 1].no)
        first = [hole.no for hole in facts.holes].index(key[2]) + 1 == order
        return self._said.get((*key, order)) or (self._said.get((*key, 0)) if first else None)

    def open_hole(
        self, facts: TeamRound, order: int, *purpose: object, player: int = 0
    ) -> HoleInPlay:
        """A hole for this team to play; ``purpose`` keeps its chance apart from every other's.

        ``player``: the id of who plays it, where a team is not always the same person.
        """
        seed, team, hole = self.scenario.seed, facts.team.no, facts.holes[order - 1]
        whose = ("player", player) if player else (team,)
        if whose not in self._skills:
            self._skills[whose] = Chance(seed, "skill", *whose).normal(0, 1)
        ground = self._ground(facts.course.id, hole, self._skills[whose])
        who = (facts.round, team, hole.no, *((order,) if facts.round > 100 else ()))
        return HoleInPlay(ground, Chance(seed, "hole", *who, *purpose))

    def _green(self, course_id: int, no: int) -> _Green:
        key = (course_id, no)
        if key not in self._greens:
            course = self._by_id[course_id]
            place, hole = self.courses.index(course), course.holes[no]
            chance = Chance(self.scenario.seed, "ground", *((place,) if place else ()), no)
            links = self._specs[course_id].style == "links"
            radius = round(chance.between(12.5, 16), 1)
            middle = beside(hole.pin, hole.tee, chance.between(2, 8.5), chance)
            self._greens[key] = _Green(radius, middle, chance.happens(0.1 if links else 0.3))
        return self._greens[key]

    def _ground(self, course_id: int, hole: Hole, skill: float) -> Ground:
        green = self._green(course_id, hole.no)
        style, tour = self._specs[course_id].style, self.scenario.tournament.tour
        foreign = EUROPEAN_ONLY if tour != "European Tour" else PGA_ONLY
        return Ground(
            hole,
            green=green.radius,
            middle=green.middle,
            off_line="ONA" if OFF_LINE[style] in foreign else OFF_LINE[style],
            fenced="OOB" not in foreign,
            has_water=green.has_water,
            skill=skill,
            power=self._power,
        )


def _said(scenario: Scenario) -> dict[tuple[int, int, int, int], StrokesOfHole]:
    """What is said of holes by round, team, hole and order; 0 is the first time it is played."""
    said: dict[tuple[int, int, int, int], StrokesOfHole] = {}
    for spec in scenario.strokes:
        key = (spec.round, spec.team, spec.hole, spec.order or 0)
        if key in said:
            raise ScenarioError(
                spec.mark,
                f"hole {spec.hole} of team {spec.team} is told twice, first on line"
                f" {said[key].mark.line}; tell it in one entry",
            )
        said[key] = spec
    return said
