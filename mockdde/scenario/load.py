"""Scenario files into scenarios: every mistake is one sentence with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any

from mockdde import assets
from mockdde.errors import Mark, ScenarioError, UsageError, nearest
from mockdde.moments import MINUTE, parse_duration, parse_moment
from mockdde.scenario.model import (
    Anchor,
    Connection,
    Correct,
    CourseSpec,
    Directive,
    Entry,
    FaultSpec,
    HoleSpec,
    PlayerSpec,
    Rescore,
    Resend,
    RoundSpec,
    Scenario,
    StrokesOfHole,
    SuspensionSpec,
    TournamentSpec,
)
from mockdde.scenario.shots import Shot, read_shot
from mockdde.scenario.yamltext import Path, Source, read_yaml

__all__ = ["load_file", "load_shipped", "load_text", "open_scenario", "shipped"]

_START = "2025-02-20T07:00:00Z"
_ENVELOPE = {"on", "at", "times"}


def shipped() -> Iterator[tuple[str, Traversable]]:
    """The scenarios that come with mockdde: ("penalty/free-drop", file), sorted by name."""
    return assets.walk("scenarios", ".yaml")


def open_scenario(name: str) -> Scenario:
    """A scenario by its path, or by the name of a shipped one. UsageError where there is neither."""
    files = dict(shipped())
    if name in files:
        return load_shipped(name, files[name])
    path = FilePath(name)
    if path.is_file():
        return load_file(path)
    raise UsageError(f"there is no scenario {name!r}, neither shipped nor a file{nearest(name, files)}")


def load_shipped(name: str, file: Traversable) -> Scenario:
    """A scenario that comes with mockdde. A test has checked it, so its shape is not checked again."""
    return _build(read_yaml(file.read_text(encoding="utf-8"), f"{name}.yaml"), name)


def load_file(path: FilePath) -> Scenario:
    """A scenario from a file of the user's."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        column = error.start - error.object.rfind(b"\n", 0, error.start)
        mark = Mark(str(path), line, column)
        raise ScenarioError(mark, "this is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    return load_text(text, str(path))


def load_text(text: str, name: str) -> Scenario:
    """A scenario from YAML text; ``name`` stands in the marks. ScenarioError at the first mistake."""
    source = read_yaml(text, name)
    check_shape(source)
    return _build(source, name.removesuffix(".yaml"))


def check_shape(source: Source) -> None:
    """Hold the values against schemas/kit/scenario; ScenarioError at the mistake that stands first."""
    # The schemas load jsonschema, which takes longer than reading a dozen scenarios.
    from mockdde import schemas  # noqa: PLC0415

    problems = schemas.explain("kit/scenario", source.value)
    if not problems:
        return
    marked = [(source.key_mark(problem.location), problem.message) for problem in problems]
    mark, message = min(marked, key=lambda each: (each[0].line, each[0].column))
    raise ScenarioError(mark, message)


class _Part:
    """A mapping of the file: its values by key, and its marks."""

    __slots__ = ("path", "source", "values")

    def __init__(self, source: Source, path: Path, values: Any) -> None:
        self.source, self.path, self.values = source, path, values

    @property
    def mark(self) -> Mark:
        return self.source.mark(self.path)

    def mark_of(self, *path: str | int) -> Mark:
        return self.source.mark((*self.path, *path))

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)

    def part(self, key: str) -> _Part:
        return _Part(self.source, (*self.path, key), self.values.get(key) or {})

    def parts(self, key: str) -> Iterator[_Part]:
        for at, values in enumerate(self.values.get(key) or ()):
            yield _Part(self.source, (*self.path, key, at), values)

    def duration(self, key: str, default: int = 0) -> int:
        text = self.values.get(key)
        if text is None:
            return default
        parsed = parse_duration(text)
        assert parsed is not None, "the schema has checked its pattern"
        return parsed

    def moment(self, key: str) -> int | None:
        text = self.values.get(key)
        if text is None:
            return None
        parsed = parse_moment(text)
        if parsed is None:
            raise ScenarioError(self.mark_of(key), f"{text} is no date of the calendar")
        return parsed

    def shots(self) -> tuple[Shot, ...]:
        texts: Iterable[str] = self.values.get("shots") or ()
        return tuple(
            read_shot(text, self.mark_of("shots", at)) for at, text in enumerate(texts)
        )


def _build(source: Source, name: str) -> Scenario:
    top = _Part(source, (), source.value)
    field = tuple(_entries(top))
    rounds = tuple(_rounds(top))
    teams = [entry.team for entry in field]
    numbers = [each.no for each in rounds]
    play = top.part("play")
    course = list(top.parts("course"))
    return Scenario(
        name=name,
        title=top.get("title"),
        about=(top.get("about") or "").strip(),
        seed=top.get("seed", 1),
        quirks=top.get("quirks") or {},
        quirks_mark=top.mark_of("quirks"),
        starts=play.get("starts", "server"),
        play_at=play.duration("at"),
        tournament=_tournament(top),
        field=field,
        rounds=rounds,
        strokes=tuple(
            _strokes(part, teams, rounds) for part in course if "suspend" not in part.values
        ),
        suspensions=tuple(
            _suspension(part, numbers) for part in course if "suspend" in part.values
        ),
        report=tuple(_directive(part, teams, rounds) for part in top.parts("report")),
        wire=tuple(_fault(part) for part in top.parts("wire")),
    )


def _tournament(top: _Part) -> TournamentSpec:
    part = top.part("tournament")
    start = part.moment("start") if part.get("start") else parse_moment(_START)
    assert start is not None
    return TournamentSpec(
        id=part.get("id", 99999),
        name=part.get("name") or top.get("title"),
        tour=part.get("tour", "European Tour"),
        start=start,
        utc_offset=part.get("utcOffset", 0),
        course=_course(part),
    )


def _course(part: _Part) -> CourseSpec:
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
            raise ScenarioError(hole.mark, f"hole {no} is described twice; keep one of the two")
        holes[no] = HoleSpec(no, hole.get("par"), hole.get("metres"))
    return CourseSpec(
        facts.get("style", "parkland"), facts.get("id"), facts.get("name"), tuple(holes.values())
    )


def _entries(top: _Part) -> Iterator[Entry]:
    parts = list(top.parts("field"))
    if not parts:
        yield Entry(top.mark, 1, PlayerSpec())
    taken: dict[int, Mark] = {}
    for part in parts:
        team = part.get("team")
        if team in taken:
            raise ScenarioError(
                part.mark_of("team"), f"team {team} is entered twice, first at {taken[team]}"
            )
        if team is not None:
            taken[team] = part.mark
    free = (no for no in range(1, 10_000) if no not in taken)
    for part in parts:
        if part.get("team") is not None:
            yield Entry(part.mark, part.get("team"), _player(part.part("player")))
        else:
            for _ in range(part.get("teams")):
                yield Entry(part.mark, next(free), PlayerSpec())


def _player(part: _Part) -> PlayerSpec:
    return PlayerSpec(
        part.get("id"),
        part.get("name"),
        part.get("country"),
        part.get("gender"),
        part.get("amateur", False),
    )


def _rounds(top: _Part) -> Iterator[RoundSpec]:
    parts = list(top.parts("rounds"))
    if not parts:
        yield RoundSpec(top.mark, 1, (1,), tuple(range(1, 19)), 3, 11 * MINUTE, None)
    known: set[int] = set()
    for part in parts:
        no = part.get("no", len(known) + 1)
        if no in known:
            raise ScenarioError(part.mark, f"round {no} is described twice; keep one of the two")
        known.add(no)
        holes = _holes(part)
        tees = tuple(part.get("tees") or (holes[0],))
        for at, tee in enumerate(tees):
            if tee not in holes:
                message = f"hole {tee} is not played in round {no}{nearest(tee, holes)}"
                raise ScenarioError(part.mark_of("tees", at), message)
        yield RoundSpec(
            part.mark,
            no,
            tees,
            holes,
            part.get("groups", 3),
            part.duration("interval", 11 * MINUTE),
            part.moment("start"),
        )


def _holes(part: _Part) -> tuple[int, ...]:
    said = part.get("holes", "1-18")
    first, _, last = str(said).partition("-")
    low, high = int(first), int(last or first)
    if not 1 <= low <= high <= 18:
        message = f"holes {said}: a course has holes 1 to 18, the lower number first"
        raise ScenarioError(part.mark_of("holes"), message)
    return tuple(range(low, high + 1))


def _whose(part: _Part, teams: list[int], rounds: Iterable[int]) -> tuple[int, int]:
    """The team and round a part is about; each can be left out where there is only one."""
    numbers = list(rounds)
    team, round_no = part.get("team"), part.get("round")
    if team is None:
        if len(teams) > 1:
            raise ScenarioError(part.mark, f"whose is it? name the team{nearest('', teams)}")
        team = teams[0]
    if team not in teams:
        message = f"team {team} is not in the field{nearest(team, teams)}"
        raise ScenarioError(part.mark_of("team"), message)
    return team, _round_of(part, numbers, round_no)


def _round_of(part: _Part, numbers: list[int], round_no: int | None) -> int:
    if round_no is None:
        if len(numbers) > 1:
            raise ScenarioError(part.mark, f"in which round? name it{nearest('', numbers)}")
        return numbers[0]
    if round_no not in numbers:
        message = f"round {round_no} is not played{nearest(round_no, numbers)}"
        raise ScenarioError(part.mark_of("round"), message)
    return round_no


def _hole_of(part: _Part, round_no: int, rounds: Iterable[RoundSpec]) -> int | None:
    hole: int | None = part.get("hole")
    holes = next(each.holes for each in rounds if each.no == round_no)
    if hole is not None and hole not in holes:
        span = f"{holes[0]}-{holes[-1]}" if len(holes) > 1 else str(holes[0])
        raise ScenarioError(
            part.mark_of("hole"),
            f"hole {hole} is not played in round {round_no} (holes {span})"
            + nearest(hole, [holes[0]] if hole < holes[0] else [holes[-1]]).replace("only be", "be"),
        )
    return hole


def _strokes(part: _Part, teams: list[int], rounds: tuple[RoundSpec, ...]) -> StrokesOfHole:
    team, round_no = _whose(part, teams, (each.no for each in rounds))
    hole = _hole_of(part, round_no, rounds)
    assert hole is not None, "the schema requires it"
    return StrokesOfHole(part.mark, team, round_no, hole, part.shots(), part.get("score"))


def _suspension(part: _Part, numbers: list[int]) -> SuspensionSpec:
    round_no = _round_of(part, numbers, part.get("round"))
    return SuspensionSpec(part.mark, round_no, part.duration("at"), part.duration("suspend"))


def _directive(part: _Part, teams: list[int], rounds: tuple[RoundSpec, ...]) -> Directive:
    after = part.part("after")
    team, round_no = _whose(after, teams, (each.no for each in rounds))
    hole = _hole_of(after, round_no, rounds)
    stroke, event = after.get("stroke"), after.get("event")
    if stroke is not None and hole is None:
        raise ScenarioError(after.mark, f"stroke {stroke} of which hole? name the hole")
    anchor = Anchor(after.mark, team, round_no, hole, stroke, event)
    what = _said(part, anchor, rounds)
    return Directive(part.mark, anchor, part.duration("later"), what)


def _said(
    part: _Part, anchor: Anchor, rounds: tuple[RoundSpec, ...]
) -> Correct | Rescore | Resend | Connection:
    if "connection" in part.values:
        return Connection(part.get("connection"))
    if "correct" in part.values:
        of = part.part("of")
        hole = _hole_of(of, anchor.round, rounds) or anchor.hole
        stroke = of.get("stroke") or (anchor.stroke if hole == anchor.hole else None)
        if hole is None or stroke is None:
            message = "which stroke is corrected? say of: {hole: …, stroke: …}"
            raise ScenarioError(part.mark_of("correct"), message)
        kind, changes = next(iter(part.get("correct").items()))
        return Correct(kind, hole, stroke, changes)
    key = "rescore" if "rescore" in part.values else "resend"
    said = part.part(key)
    hole = _hole_of(said, anchor.round, rounds) or anchor.hole
    if hole is None:
        raise ScenarioError(part.mark_of(key), f"which hole is it? say {key}: {{hole: …}}")
    if key == "rescore":
        return Rescore(hole, said.get("strokes"))
    return Resend(hole, said.shots())


def _fault(part: _Part) -> FaultSpec:
    names = [key for key in part.values if key not in _ENVELOPE]
    if len(names) != 1:
        said = " and ".join(names) or "none"
        raise ScenarioError(part.mark, f"an entry of wire names exactly one fault, not {said}")
    params = part.get(names[0])
    return FaultSpec(
        part.source.key_mark((*part.path, names[0])),
        part.get("on"),
        part.part("at").get("seq"),
        part.get("times", 1),
        names[0],
        params if isinstance(params, dict) else {},
    )
