"""What changes when the scorer says something again: other content, other stroke numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from mockdde import log
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.story import acts as course

__all__ = ["corrected", "lie_report", "metres", "reason_of", "renumbered"]


def reason_of(acts: Iterable[course.Act]) -> str:
    for act in acts:
        match act:
            case course.Withdrawn():
                return "Withdrawn"
            case course.Penalised(disqualified=True):
                return "Disqualified"
    return "BallHoled"


def renumbered(
    before: list[course.Act], after: list[course.Act], rest: list[list[course.Act]]
) -> list[list[course.Act]]:
    """The strokes still to come, after the strokes up to now were found to be others."""
    shift = _made(after) - _made(before)
    gained = course.strokes_of(after) - course.strokes_of(before)
    lie = _lies_at(after)
    turns: list[list[course.Act]] = []
    for turn in rest:
        acts: list[course.Act] = []
        for act in turn:
            moved = act
            if isinstance(act, course.Stroke | course.Penalised | course.Dropped | course.Chosen):
                moved = replace(act, no=act.no + shift)
            if isinstance(moved, course.Chosen):
                moved = replace(moved, result=moved.result + gained)
            if not turns and lie is not None and isinstance(moved, course.Stroke | course.Chosen):
                moved = replace(moved, start=lie)
            acts.append(moved)
        turns.append(acts)
    return turns


def _made(acts: list[course.Act]) -> int:
    """Strokes that count: the next one has this number plus one."""
    made = 0
    for act in acts:
        match act:
            case course.Stroke(provisional=0):
                made += 1
            case course.Chosen(ball=ball):
                made += ball
    return made


def _lies_at(acts: list[course.Act]) -> Lie | None:
    for act in reversed(acts):
        match act:
            case course.Stroke(provisional=0, lie=lie) | course.Dropped(lie=lie):
                return lie
            case course.Chosen(lie=lie):
                return lie
    return None


def metres(one: Point, other: Point) -> float:
    return round(distance(one, other), 1)


def lie_report(
    no: int, ball: int, detailed: bool, lie: Lie, start: Point, hole: Hole
) -> log.LieReport:
    went, to_pin = metres(start, lie.point), metres(lie.point, hole.pin)
    return log.LieReport(no, ball, detailed, lie, went, to_pin)


def corrected(
    before: object, changes: Mapping[str, Any], hole: Hole, start: Point | None
) -> log.Correctable:
    """The whole content of a packet after ``changes``, which are by the packet's own keys."""
    match before:
        case log.Penalty():
            return replace(
                before,
                strokes=changes.get("strokes", before.strokes),
                reason=changes.get("reason", before.reason),
            )
        case log.BallDrop():
            lie = _moved(before.lie, changes, hole)
            drop = changes.get("dropType", before.drop)
            return replace(before, drop=drop, lie=lie, to_pin=metres(lie.point, hole.pin))
        case log.LieReport():
            assert start is not None
            lie = _moved(before.lie, changes, hole)
            went = changes.get("shotDistance", metres(start, lie.point))
            return replace(
                before, lie=lie, shot_distance=went, to_pin=metres(lie.point, hole.pin)
            )
    raise TypeError(f"{before!r} is nothing that can be corrected")


def _moved(lie: Lie, changes: Mapping[str, Any], hole: Hole) -> Lie:
    """The lie after a correction: another distance to the pin moves the ball towards or away from it."""
    point = lie.point
    to_pin = changes.get("distanceToPin")
    if isinstance(to_pin, int | float):
        was = distance(point, hole.pin) or 1.0
        share = to_pin / was
        point = Point(
            round(hole.pin.x + (point.x - hole.pin.x) * share, 3),
            round(hole.pin.y + (point.y - hole.pin.y) * share, 3),
            point.z,
        )
    return Lie(
        point,
        str(changes.get("surfaceTypeCode", lie.surface)),
        bool(changes.get("obstructions", lie.obstructed)),
        bool(changes.get("blindshot", lie.blind)),
    )
