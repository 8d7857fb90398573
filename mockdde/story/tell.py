"""Scenario and seed into truth: every act of every team, with its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import EUROPEAN_ONLY, PGA_ONLY, Course, Group, Hole, Team, TeamRound
from mockdde.moments import MINUTE, iso_millis
from mockdde.scenario.model import RoundSpec, Scenario, StrokesOfHole
from mockdde.story.acts import Act, Outing
from mockdde.story.ball import Ground, beside
from mockdde.story.courses import OFF_LINE, lay_out
from mockdde.story.fields import draw_groups, enter_field
from mockdde.story.holes import HoleInPlay
from mockdde.story.pace import OnCourse, Pause, pace_round

__all__ = ["Story", "tell"]

_POWER = {"LPGA Tour": 0.88}  # of strokes and courses, beside those of the men's tours
_BETWEEN_ROUNDS = 30 * MINUTE  # until a round is official, and its last word is said


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, whatever was reported of it."""

    scenario: Scenario
    course: Course
    teams: dict[int, Team]
    groups: dict[int, tuple[Group, ...]]  # by round
    outings: tuple[Outing, ...]

    def open_hole(self, facts: TeamRound, hole: Hole, *purpose: object) -> HoleInPlay:
        """A hole for this team to play; ``purpose`` keeps its chance apart from every other's."""
        seed = self.scenario.seed
        skill = Chance(seed, "skill", facts.team.no).normal(0, 1)
        ground = _ground(self.scenario, hole, skill)
        who = (facts.round, facts.team.no, hole.no)
        return HoleInPlay(ground, Chance(seed, "hole", *who, *purpose))


def tell(scenario: Scenario) -> Story:
    """The truth of a scenario. ScenarioError where it asks for golf that cannot be."""
    tournament = scenario.tournament
    power = _POWER.get(tournament.tour, 1.0)
    course = lay_out(tournament.courses[0], scenario.seed, tournament.id, power)
    teams = enter_field(scenario)
    groups = {spec.no: tuple(draw_groups(scenario, spec, list(teams))) for spec in scenario.rounds}
    story = Story(scenario, course, teams, groups, ())
    said = _said(scenario)
    gone: set[int] = set()
    outings: list[Outing] = []
    for spec in scenario.rounds:
        pauses = _pauses(scenario, groups[spec.no][0].tee_time, spec.no)
        outings += _go_round(story, spec, groups[spec.no], pauses, said, gone)
    _refuse_overlap(scenario, outings)
    _refuse_idle(scenario, groups, outings)
    return Story(scenario, course, teams, groups, tuple(outings))


def _refuse_overlap(scenario: Scenario, outings: list[Outing]) -> None:
    """Refuse a round that begins while its team still plays the one before."""
    ends: dict[int, tuple[int, int]] = {}
    marks = {spec.no: spec.mark for spec in scenario.rounds}
    for each in outings:
        team, round_no = each.facts.team.no, each.facts.round
        before, end = ends.get(team, (0, 0))
        if each.started < end + _BETWEEN_ROUNDS:
            message = (
                f"round {round_no} begins for team {team} at {iso_millis(each.started)[:16]}Z, when"
                f" round {before} is not over; give it a later start"
            )
            raise ScenarioError(marks[round_no], message)
        ends[team] = (round_no, each.holes[-1].acts[-1].at)


def _refuse_idle(
    scenario: Scenario, groups: dict[int, tuple[Group, ...]], outings: list[Outing]
) -> None:
    """Refuse what would say nothing: a hole of a team that has left, a suspension of nobody."""
    playing = {(each.facts.round, each.facts.team.no) for each in outings}
    for spec in scenario.strokes:
        if (spec.round, spec.team) not in playing:
            message = f"team {spec.team} does not play round {spec.round}; it has left before"
            raise ScenarioError(spec.mark, message)
    for stop in scenario.suspensions:
        begin = groups[stop.round][0].tee_time + stop.at
        of_round = (each.pauses for each in outings if each.facts.round == stop.round)
        if not any(begin == pause[0] for pauses in of_round for pause in pauses):
            message = f"nobody is on the course of round {stop.round} at that time; change at"
            raise ScenarioError(stop.mark, message)


def _said(scenario: Scenario) -> dict[tuple[int, int, int], StrokesOfHole]:
    said: dict[tuple[int, int, int], StrokesOfHole] = {}
    for spec in scenario.strokes:
        key = (spec.round, spec.team, spec.hole)
        if key in said:
            raise ScenarioError(
                spec.mark,
                f"hole {spec.hole} of team {spec.team} is told twice, first on line"
                f" {said[key].mark.line}; tell it in one entry",
            )
        said[key] = spec
    return said


def _pauses(scenario: Scenario, first_tee_time: int, round_no: int) -> list[Pause]:
    specs = sorted(
        (each for each in scenario.suspensions if each.round == round_no), key=lambda each: each.at
    )
    pauses: list[Pause] = []
    for spec in specs:
        begin = first_tee_time + spec.at
        if pauses and begin < pauses[-1].end:
            gap = (pauses[-1].end - first_tee_time) // MINUTE
            message = (
                f"play is suspended already; it goes on {gap} minutes after the first tee time"
            )
            raise ScenarioError(spec.mark, message)
        pauses.append(Pause(begin, begin + spec.length))
    return pauses


def _go_round(
    story: Story,
    spec: RoundSpec,
    groups: tuple[Group, ...],
    pauses: list[Pause],
    said: dict[tuple[int, int, int], StrokesOfHole],
    gone: set[int],
) -> Iterator[Outing]:
    """The round of all groups; a team that leaves for good is added to ``gone``."""
    facts: list[list[TeamRound]] = []
    on_course: list[OnCourse] = []
    for group in groups:
        at = spec.holes.index(group.tee)
        holes = tuple(story.course.holes[no] for no in (*spec.holes[at:], *spec.holes[:at]))
        here = [
            TeamRound(spec.no, story.teams[no], group, story.course, holes)
            for no in group.teams
            if no not in gone
        ]
        rounds = [_play_round(story, each, said, gone) for each in here]
        chance = Chance(story.scenario.seed, "pace", spec.no, group.no)
        facts.append(here)
        on_course.append(OnCourse(group, holes, rounds, chance))
    for here, paced in zip(facts, pace_round(on_course, pauses), strict=True):
        for team_round, played in zip(here, paced, strict=True):
            started = played[0].started - 3000
            ended = played[-1].acts[-1].at
            stopped = tuple((p.begin, p.end) for p in pauses if started <= p.begin < ended)
            yield Outing(team_round, started, tuple(played), stopped)


def _play_round(
    story: Story,
    facts: TeamRound,
    said: dict[tuple[int, int, int], StrokesOfHole],
    gone: set[int],
) -> list[list[Act]]:
    played: list[list[Act]] = []
    for hole in facts.holes:
        spec = said.get((facts.round, facts.team.no, hole.no))
        if facts.team.no in gone:
            if spec is not None:
                message = f"team {facts.team.no} is out of the tournament before hole {hole.no}"
                raise ScenarioError(spec.mark, message)
            continue
        in_play = story.open_hole(facts, hole)
        if spec is not None and spec.score is not None:
            played.append(in_play.score(spec.score, spec.mark))
        else:
            played.append(in_play.play(spec.shots if spec else ()))
        if in_play.left:
            gone.add(facts.team.no)
    return played


def _ground(scenario: Scenario, hole: Hole, skill: float) -> Ground:
    chance = Chance(scenario.seed, "ground", hole.no)
    style, tour = scenario.tournament.courses[0].style, scenario.tournament.tour
    foreign = EUROPEAN_ONLY if tour != "European Tour" else PGA_ONLY
    return Ground(
        hole,
        green=round(chance.between(12.5, 16), 1),
        middle=beside(hole, chance.between(2, 8.5), chance),
        off_line="ONA" if OFF_LINE[style] in foreign else OFF_LINE[style],
        fenced="OOB" not in foreign,
        has_water=chance.happens(0.1 if style == "links" else 0.3),
        skill=skill,
        power=_POWER.get(tour, 1.0),
    )
