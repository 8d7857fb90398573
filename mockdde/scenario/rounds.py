"""The rounds of stroke play, and what all rounds say in one way."""

from __future__ import annotations

from collections.abc import Iterator

from mockdde.errors import ScenarioError
from mockdde.golf import MATCH_ADVANCEMENTS
from mockdde.moments import MINUTE
from mockdde.records import replace
from mockdde.scenario.incidents import span
from mockdde.scenario.model import RoundSpec
from mockdde.scenario.part import Part

__all__ = ["INTERVAL", "plain_rounds", "stroke_rounds"]

INTERVAL = 11 * MINUTE  # between two groups
_GROUP = 3  # teams
_OF_MATCHES = ("play", "matches", "pairs", "consolation", "name")


def plain_rounds(top: Part, size: int, interval: int) -> Iterator[tuple[Part, RoundSpec]]:
    """The rounds that are listed, with numbers, holes, tees and times."""
    known: set[int] = set()
    for part in top.parts("rounds"):
        no = part.get("no", len(known) + 1)
        if no in known:
            message = f"round {no} is described twice; give one of the two another no"
            raise ScenarioError(part.mark_of("no"), message)
        if no < max(known, default=0):
            message = f"round {no} comes after round {max(known)}; list rounds as they are played"
            raise ScenarioError(part.mark_of("no"), message)
        known.add(no)
        holes = _holes(part)
        yield (
            part,
            RoundSpec(
                mark=part.mark,
                no=no,
                tees=_tees(part, no, holes),
                holes=holes,
                group_size=part.get("groups", size),
                interval=part.duration("interval", interval),
                start=part.moment("start"),
            ),
        )


def stroke_rounds(top: Part, courses: int) -> Iterator[RoundSpec]:
    """The rounds of stroke play on so many courses; one where none is listed."""
    listed = list(plain_rounds(top, _GROUP, INTERVAL))
    if not listed:
        yield RoundSpec(top.mark, 1, (1,), tuple(range(1, 19)), _GROUP, INTERVAL, None, "FINAL")
    for at, (part, plain) in enumerate(listed):
        part.refuse(
            "{} is of match play; leave it out, or set the tournament's format", *_OF_MATCHES
        )
        yield replace(
            plain,
            advance=_advance(part, last=at + 1 == len(listed)),
            cut=part.get("cut"),
            courses=_courses_of(part, at, courses),
        )


def _advance(part: Part, *, last: bool) -> str:
    rule: str = part.get("advance", "FINAL" if last else "ALL_QUALIFY")
    if rule in MATCH_ADVANCEMENTS:
        message = f"{rule} is of match play; write another rule, or set the tournament's format"
        raise ScenarioError(part.mark_of("advance"), message)
    if "cut" in part.values and not rule.startswith("CUT_"):
        message = f"after this round nobody is cut ({rule}); add advance, such as CUT_36_HOLES_PGA"
        raise ScenarioError(part.key_mark("cut"), message)
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
