"""The values of a scenario file into a Scenario; what does not fit together is a ScenarioError."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from mockdde.errors import Mark, ScenarioError, UsageError
from mockdde.moments import MINUTE, parse_moment
from mockdde.quirks import QUIRKS, Quirks
from mockdde.scenario.incidents import Cast, directive, fault, span, strokes, suspension
from mockdde.scenario.model import (
    CourseSpec,
    Entry,
    HoleSpec,
    PlayerSpec,
    RoundSpec,
    Scenario,
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
    rounds = tuple(_rounds(top))
    cast = Cast([entry.team for entry in field], {each.no: each.holes for each in rounds})
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
        tournament=_tournament(top),
        field=field,
        rounds=rounds,
        strokes=tuple(strokes(part, cast) for part in course if "suspend" not in part.values),
        suspensions=tuple(suspension(part, cast) for part in course if "suspend" in part.values),
        report=tuple(directive(part, cast) for part in top.parts("report")),
        wire=tuple(fault(part) for part in top.parts("wire")),
    )


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
        courses=(_course(part),),
    )


def _course(part: Part) -> CourseSpec:
    said = part.get("course")
    if said is None:
        return CourseSpec()
    if isinstance(said, str):
        return CourseSpec(said)
    facts = part.part("course")
    holes: dict[int, HoleSpec] = {}
    for hole in facts.parts("holes"):
        no = hole.get("no")
        if no in holes:
            message = f"hole {no} is described twice; keep one of the two"
            raise ScenarioError(hole.mark_of("no"), message)
        holes[no] = HoleSpec(no, hole.get("par"), _metres(hole))
    style, name = facts.get("style", "parkland"), facts.words("name")
    return CourseSpec(style, facts.get("id"), name, tuple(holes.values()))


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
            yield Entry(part.mark, part.get("team"), _player(part.part("player")))
        else:
            for _ in range(part.get("teams")):
                yield Entry(part.mark, next(free), PlayerSpec())


def _player(part: Part) -> PlayerSpec:
    return PlayerSpec(
        part.get("id"),
        part.words("name"),
        part.get("country"),
        part.get("gender"),
        part.get("amateur", False),
    )


def _rounds(top: Part) -> Iterator[RoundSpec]:
    parts = list(top.parts("rounds"))
    if not parts:
        yield RoundSpec(top.mark, 1, (1,), tuple(range(1, 19)), 3, 11 * MINUTE, None)
    known: set[int] = set()
    for part in parts:
        no = part.get("no", len(known) + 1)
        if no in known:
            message = f"round {no} is described twice; give one of the two another no"
            raise ScenarioError(part.mark_of("no"), message)
        if no < max(known, default=0):
            message = f"round {no} comes after round {max(known)}; list rounds as they are played"
            raise ScenarioError(part.mark_of("no"), message)
        known.add(no)
        holes = _holes(part)
        interval, start = part.duration("interval", 11 * MINUTE), part.moment("start")
        yield RoundSpec(
            part.mark, no, _tees(part, no, holes), holes, part.get("groups", 3), interval, start
        )


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


def _holes(part: Part) -> tuple[int, ...]:
    said = part.get("holes", "1-18")
    first, _, last = str(said).strip().partition("-")
    low, high = int(first), int(last or first)
    if not 1 <= low <= high <= 18:
        order = "a course has the holes 1-18" if low <= high else "the lower hole comes first"
        message = f"holes is {first}-{last or first}; {order}"
        raise ScenarioError(part.mark_of("holes"), message)
    return tuple(range(low, high + 1))
