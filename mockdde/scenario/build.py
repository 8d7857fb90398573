"""The values of a scenario file into a Scenario; what does not fit together is a ScenarioError."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from mockdde.errors import Mark, ScenarioError, UsageError
from mockdde.moments import MINUTE, parse_moment
from mockdde.quirks import QUIRKS, Quirks
from mockdde.scenario.incidents import (
    Cast,
    departure,
    directive,
    fault,
    playoff_rounds,
    span,
    strokes,
    substitute,
    suspension,
)
from mockdde.scenario.model import (
    CourseSpec,
    Entry,
    HoleSpec,
    PlayerSpec,
    PlayoffSpec,
    RoundSpec,
    Scenario,
    SubstituteSpec,
    TournamentSpec,
)
from mockdde.scenario.part import Part
from mockdde.scenario.yamltext import Source

__all__ = ["build"]

_START = "2025-02-20T07:00:00Z"
_MOST_TEAMS = 400
_LENGTHS = {3: (60, 300), 4: (180, 560), 5: (350, 700), 6: (450, 700)}  # metres, by par


def build(source: Source, name: str) -> Scenario:
    """The scenario of a file whose shape is right by schemas/kit/scenario."""
    top = Part(source, (), source.value)
    field = tuple(_entries(top))
    tournament = _tournament(top)
    rounds = tuple(_rounds(top, len(tournament.courses)))
    playoff = _playoff(top, rounds)
    played = {each.no: each.holes for each in rounds}
    if playoff is not None:
        played |= dict.fromkeys(playoff_rounds(rounds[-1].no), playoff.holes)
    cast = Cast([entry.team for entry in field], played)
    play = top.part("play")
    course = list(top.parts("course"))
    return Scenario(
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
        strokes=tuple(strokes(part, cast) for part in _with(course, "shots", "score")),
        suspensions=tuple(suspension(part, cast) for part in _with(course, "suspend")),
        departures=tuple(departure(part, cast) for part in _with(course, "leaves")),
        substitutes=tuple(_substitutes(_with(course, "replaces"), cast, field)),
        report=tuple(directive(part, cast) for part in top.parts("report")),
        wire=tuple(fault(part) for part in top.parts("wire")),
        playoff=playoff,
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
    )


def _courses(part: Part) -> tuple[CourseSpec, ...]:
    if "courses" not in part.values:
        return (_course(part),)
    if "course" in part.values:
        mark = part.source.key_mark((*part.path, "course"))
        raise ScenarioError(mark, "course and courses are both there; put it into the list")
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


def _entries(top: Part) -> Iterator[Entry]:
    parts = list(top.parts("field"))
    if not parts:
        yield Entry(top.mark, 1, PlayerSpec())
    size = sum(part.get("teams", 1) for part in parts)
    if size > _MOST_TEAMS:
        message = f"the field has {size} teams; {_MOST_TEAMS} are the most"
        raise ScenarioError(top.mark_of("field"), message)
    taken: dict[int, Mark] = {}
    for part in parts:
        team = part.get("team")
        if team in taken:
            message = f"team {team} is entered twice, first on line {taken[team].line}"
            raise ScenarioError(part.mark_of("team"), f"{message}; give one another number")
        if team is not None:
            taken[team] = part.mark_of("team")
        elif "player" in part.values:
            message = "teams are drawn from the seed; a player goes with team, not with teams"
            raise ScenarioError(part.source.key_mark((*part.path, "player")), message)
    free = (no for no in count(1) if no not in taken)
    for part in parts:
        if part.get("team") is not None:
            yield _entry(part, part.get("team"))
        else:
            for _ in range(part.get("teams")):
                yield _entry(part, next(free))


def _entry(part: Part, team: int) -> Entry:
    alternate, pending = part.get("alternate", False), part.get("pending", False)
    return Entry(part.mark, team, _player(part.part("player")), alternate, pending)


def _player(part: Part) -> PlayerSpec:
    return PlayerSpec(
        part.get("id"),
        part.words("name"),
        part.get("country"),
        part.get("gender"),
        part.get("amateur", False),
    )


def _rounds(top: Part, courses: int) -> Iterator[RoundSpec]:
    parts = list(top.parts("rounds"))
    if not parts:
        yield RoundSpec(top.mark, 1, (1,), tuple(range(1, 19)), 3, 11 * MINUTE, None, "FINAL")
    known: set[int] = set()
    for at, part in enumerate(parts):
        no = part.get("no", len(known) + 1)
        if no in known:
            message = f"round {no} is described twice; give one of the two another no"
            raise ScenarioError(part.mark_of("no"), message)
        if no < max(known, default=0):
            message = f"round {no} comes after round {max(known)}; list rounds as they are played"
            raise ScenarioError(part.mark_of("no"), message)
        known.add(no)
        holes = _holes(part)
        yield RoundSpec(
            mark=part.mark,
            no=no,
            tees=_tees(part, no, holes),
            holes=holes,
            group_size=part.get("groups", 3),
            interval=part.duration("interval", 11 * MINUTE),
            start=part.moment("start"),
            advance=_advance(part, last=at + 1 == len(parts)),
            cut=part.get("cut"),
            courses=_courses_of(part, at, courses),
        )


def _advance(part: Part, *, last: bool) -> str:
    rule: str = part.get("advance", "FINAL" if last else "ALL_QUALIFY")
    if "cut" in part.values and not rule.startswith("CUT_"):
        message = f"after this round nobody is cut ({rule}); add advance, such as CUT_36_HOLES_PGA"
        raise ScenarioError(part.source.key_mark((*part.path, "cut")), message)
    if rule == "FINAL" and not last:
        message = "FINAL is the rule of the last round; leave it out here, or write ALL_QUALIFY"
        raise ScenarioError(part.mark_of("advance"), message)
    if last and rule.startswith("CUT_"):
        message = "no round follows that a cut could be for; write it on an earlier round"
        raise ScenarioError(part.mark_of("advance"), message)
    return rule


def _courses_of(part: Part, index: int, courses: int) -> tuple[int, ...]:
    """Which courses a round is on; they rotate until everybody has played each."""
    said = part.get("courses")
    if said is None:
        return tuple(range(courses)) if index < courses else (0,)
    for at, no in enumerate(said):
        if no > courses:
            there = f"there are {courses}" if courses > 1 else "there is only one"
            raise ScenarioError(part.mark_of("courses", at), f"there is no course {no}; {there}")
        if no in said[:at]:
            message = f"course {no} is named twice; name each once"
            raise ScenarioError(part.mark_of("courses", at), message)
    return tuple(no - 1 for no in said)


def _playoff(top: Part, rounds: tuple[RoundSpec, ...]) -> PlayoffSpec | None:
    if "playoff" not in top.values:
        return None
    part = top.part("playoff")
    if rounds[-1].no > 9:
        message = f"a playoff after round {rounds[-1].no} has no number; rounds go up to 9 then"
        raise ScenarioError(top.source.key_mark(("playoff",)), message)
    mark = top.source.key_mark(("playoff",))
    return PlayoffSpec(mark, tuple(part.get("holes", (18,))), part.get("teams"))


def _tees(part: Part, round_no: int, holes: tuple[int, ...]) -> tuple[int, ...]:
    tees = tuple(part.get("tees") or (holes[0],))
    for at, tee in enumerate(tees):
        if tee not in holes:
            message = f"nobody can start from hole {tee}; round {round_no} has {span(holes)}"
            raise ScenarioError(part.mark_of("tees", at), message)
        if tee in tees[:at]:
            message = f"hole {tee} is named twice; two tees are two holes, such as 1 and 10"
            raise ScenarioError(part.mark_of("tees", at), message)
    return tees


def _substitutes(
    parts: Iterator[Part], cast: Cast, field: tuple[Entry, ...]
) -> Iterator[SubstituteSpec]:
    alternates = [entry.team for entry in field if entry.alternate]
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


def _holes(part: Part) -> tuple[int, ...]:
    said = part.get("holes", "1-18")
    first, _, last = str(said).strip().partition("-")
    low, high = int(first), int(last or first)
    if not 1 <= low <= high <= 18:
        order = "a course has the holes 1-18" if low <= high else "the lower hole comes first"
        message = f"holes is {first}-{last or first}; {order}"
        raise ScenarioError(part.mark_of("holes"), message)
    return tuple(range(low, high + 1))
