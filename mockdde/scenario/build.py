"""The values of a scenario file into a Scenario; what does not fit together is a ScenarioError."""

from __future__ import annotations

from collections.abc import Iterator

from mockdde.errors import ScenarioError, UsageError
from mockdde.moments import parse_moment
from mockdde.quirks import QUIRKS, Quirks
from mockdde.records import replace
from mockdde.scenario.envelope import fault
from mockdde.scenario.field import entries, squads
from mockdde.scenario.incidents import (
    Cast,
    departure,
    directive,
    playoff_rounds,
    refuse_matches,
    strokes,
    substitute,
    suspension,
)
from mockdde.scenario.model import (
    CourseSpec,
    HoleSpec,
    PlayoffSpec,
    RoundSpec,
    Scenario,
    SubstituteSpec,
    TournamentSpec,
)
from mockdde.scenario.part import Part
from mockdde.scenario.rounds import stroke_rounds
from mockdde.scenario.source import Source

__all__ = ["build"]

_START = "2025-02-20T07:00:00Z"
_LENGTHS = {3: (60, 300), 4: (180, 560), 5: (350, 700), 6: (450, 700)}  # metres, by par


def build(source: Source, name: str) -> Scenario:
    """The scenario of a file whose shape is right by schemas/kit/scenario."""
    top = Part(source, (), source.value)
    tournament = _tournament(top)
    in_matches = tournament.is_match_play
    if in_matches:  # most is stroke play, and needs none of it
        from mockdde.scenario import matches, matchincidents  # noqa: PLC0415

        matches.check_format(top, tournament)
    else:
        top.refuse("squads are of match play; set the tournament's format, such as Match", "squads")
    sides = squads(top)
    field = () if sides else tuple(entries(top, in_matches=in_matches))
    if in_matches:
        rounds = matches.match_rounds(top, tournament, len(field), sides)
    else:
        rounds = tuple(stroke_rounds(top, len(tournament.courses)))
    play = top.part("play")
    scenario = Scenario(
        name=name,
        title=top.words("title") or "",
        about=(top.get("about") or "").strip(),
        seed=top.get("seed", 1),
        quirks=_quirks(top),
        starts=play.get("starts", "server"),
        play_at=play.duration("at"),
        tournament=tournament,
        field=field,
        rounds=rounds,
        playoff=_playoff(top, rounds),
        squads=sides,
        wire=tuple(fault(part) for part in top.parts("wire")),
    )
    return matchincidents.told(top, scenario) if in_matches else _told(top, scenario)


def _told(top: Part, scenario: Scenario) -> Scenario:
    """The scenario with what happened on the course and was reported, in stroke play."""
    played = {each.no: each.holes for each in scenario.rounds}
    if scenario.playoff is not None:
        rounds = playoff_rounds(scenario.rounds[-1].no)
        played |= dict.fromkeys(rounds, scenario.playoff.holes)
    cast = Cast([entry.team for entry in scenario.field], played)
    course = list(top.parts("course"))
    for part in course:
        refuse_matches(part)
    return replace(
        scenario,
        strokes=tuple(strokes(part, cast) for part in _with(course, "shots", "score")),
        suspensions=tuple(suspension(part, cast) for part in _with(course, "suspend")),
        departures=tuple(departure(part, cast) for part in _with(course, "leaves")),
        substitutes=tuple(_substitutes(_with(course, "replaces"), cast, scenario)),
        report=tuple(directive(part, cast) for part in top.parts("report")),
    )


def _with(course: list[Part], *keys: str) -> Iterator[Part]:
    """The entries of course that say one of these."""
    return (part for part in course if any(key in part.values for key in keys))


def _quirks(top: Part) -> dict[str, object]:
    """The quirks that the scenario sets."""
    chosen: dict[str, object] = {}
    for name, value in (top.get("quirks") or {}).items():
        chosen[name] = "null" if value is None else value
        try:
            Quirks({name: chosen[name]})
        except UsageError as error:
            mark = top.mark_of("quirks", name)
            if name not in QUIRKS:
                mark = top.source.key_mark(("quirks", name))
            raise ScenarioError(mark, str(error)) from None
    return chosen


def _tournament(top: Part) -> TournamentSpec:
    part = top.part("tournament")
    start = part.moment("start") or parse_moment(_START)
    assert start is not None, "it is written well"
    return TournamentSpec(
        id=part.get("id", 99999),
        name=part.words("name") or top.words("title") or "",
        tour=part.get("tour", "European Tour"),
        start=start,
        utc_offset=part.get("utcOffset", 0),
        courses=_courses(part),
        country=part.get("country", "USA"),
        venue=part.words("venue"),
        data_status=part.get("dataStatus", "Scheduled"),
        format=part.get("format", "StrokePlay"),
    )


def _courses(part: Part) -> tuple[CourseSpec, ...]:
    if "courses" not in part.values:
        return (_course(part),)
    if "course" in part.values:
        message = "course and courses are both there; put it into the list"
        raise ScenarioError(part.key_mark("course"), message)
    courses = tuple(_course_facts(each) for each in part.parts("courses"))
    said = [each.id for each in courses if each.id is not None]
    for at, number in enumerate(said):
        if number in said[:at]:
            message = f"two courses have the id {number}; give one of them another"
            raise ScenarioError(part.mark_of("courses", at), message)
    return courses


def _course(part: Part) -> CourseSpec:
    said = part.get("course")
    if said is None:
        return CourseSpec()
    if isinstance(said, str):
        return CourseSpec(said)
    return _course_facts(part.part("course"))


def _course_facts(facts: Part) -> CourseSpec:
    holes: dict[int, HoleSpec] = {}
    for hole in facts.parts("holes"):
        no = hole.get("no")
        if no in holes:
            message = f"hole {no} is described twice; keep one of the two"
            raise ScenarioError(hole.mark_of("no"), message)
        holes[no] = HoleSpec(no, hole.get("par"), _metres(hole))
    style, name = facts.get("style", "parkland"), facts.words("name")
    scoring = facts.get("scoring", "ShotlinkWithLaser")
    return CourseSpec(style, facts.get("id"), name, tuple(holes.values()), scoring)


def _metres(hole: Part) -> int | None:
    """The length of a hole, held against its par where that is said too."""
    par: int | None = hole.get("par")
    metres: int | None = hole.get("metres")
    if par is None or metres is None:
        return metres
    low, high = _LENGTHS[par]
    if not low <= metres <= high:
        message = f"a par {par} is not {metres} m long; it has {low} to {high} m"
        raise ScenarioError(hole.mark_of("metres"), message)
    return metres


def _playoff(top: Part, rounds: tuple[RoundSpec, ...]) -> PlayoffSpec | None:
    if "playoff" not in top.values:
        return None
    part = top.part("playoff")
    if rounds[-1].no > 9:
        message = f"a playoff after round {rounds[-1].no} has no number; rounds go up to 9 then"
        raise ScenarioError(top.key_mark("playoff"), message)
    mark, holes = top.key_mark("playoff"), tuple(part.get("holes", (18,)))
    aggregate = part.get("aggregate", False)
    if aggregate and len(holes) == 1:
        message = "one hole has no total; name several holes, or leave out aggregate"
        raise ScenarioError(part.key_mark("aggregate"), message)
    return PlayoffSpec(mark, holes, part.get("teams"), aggregate)


def _substitutes(parts: Iterator[Part], cast: Cast, scenario: Scenario) -> Iterator[SubstituteSpec]:
    alternates = [entry.team for entry in scenario.field if entry.alternate]
    taken: dict[int, SubstituteSpec] = {}
    for part in parts:
        spec = substitute(part, cast)
        if spec.team not in alternates:
            message = f"team {spec.team} is no alternate; write alternate: true in the field"
            raise ScenarioError(part.mark, message)
        if spec.team in taken:
            before = taken[spec.team]
            message = f"team {spec.team} takes the place of team {before.out} already"
            raise ScenarioError(part.mark, f"{message} (line {before.mark.line})")
        taken[spec.team] = spec
        yield spec
