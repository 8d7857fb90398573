"""What changes when the scorer says something again: other content, other stroke numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mockdde import log
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.records import replace
from mockdde.scorer.told import metres
from mockdde.story import acts as course
from mockdde.story.ball import FURTHEST, OFF_THE_HOLE, meet

__all__ = ["corrected", "counted", "is_over", "reason_of", "renumbered", "revised", "unfinished"]


def reason_of(acts: Iterable[course.Act]) -> str:
    """finishReason of a hole."""
    for act in acts:
        match act:
            case course.Withdrawn(status):
                return status
            case course.Penalised(disqualified=True):
                return "Disqualified"
    return "BallHoled"


def is_over(acts: Iterable[course.Act]) -> bool:
    """Whether the ball is in the hole or the player gone."""
    acts = list(acts)
    holed = any(isinstance(act, course.Stroke) and act.lie is None for act in acts)
    return holed or reason_of(acts) != "BallHoled"


def unfinished(acts: list[course.Act]) -> str | None:
    """Why no next stroke can follow these acts of a hole in progress, if it cannot."""
    if is_over(acts):
        return "the hole is still in progress; it cannot be over yet"
    waiting = 0
    for act in acts:
        match act:
            case course.Stroke(provisional=ball):
                waiting = ball
            case course.Chosen():
                waiting = 0
    if waiting:
        return "which ball counts? choose one; the next stroke is sent after this"
    lie = _lies_at(acts)
    if lie is not None and lie.surface == "OOB":
        return "the ball is out of bounds; add a penalty and a drop, the next stroke comes after"
    return None


def renumbered(turn: list[course.Act], so_far: list[course.Act], hole: Hole) -> list[course.Act]:
    """A turn as it follows ``so_far``, which a correction may have made other than it was."""
    first = next((act.no for act in turn if isinstance(act, course.Stroke)), None)
    shift = 0 if first is None else _made(so_far) + 1 - first
    start = _lies_at(so_far) or Lie(hole.tee, "OTB")
    acts: list[course.Act] = []
    for act in turn:
        moved = act
        if isinstance(act, course.Stroke | course.Chosen):
            moved = replace(act, no=act.no + shift, start=start)
        elif isinstance(act, course.Penalised | course.Dropped):
            moved = replace(act, no=act.no + shift)
        acts.append(moved)
    return acts


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
            case course.Stroke(provisional=0, lie=lie):
                return lie
            case course.Dropped(lie=lie) | course.Chosen(lie=lie):
                return lie
    return None


def counted(act: course.Act, so_far: list[course.Act]) -> course.Act:
    """An act, with the strokes of its chosen ball counted anew: a penalty may be corrected."""
    if isinstance(act, course.Chosen):
        return replace(act, result=course.strokes_of([*so_far, act]))
    return act


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
            lie = _moved(before.lie, changes, hole, None)
            drop = changes.get("dropType", before.drop)
            return replace(before, drop=drop, lie=lie, to_pin=metres(lie.point, hole.pin))
        case log.LieReport():
            assert start is not None
            lie = _moved(before.lie, changes, hole, start)
            went, to_pin = metres(start, lie.point), metres(lie.point, hole.pin)
            return replace(before, lie=lie, shot_distance=went, to_pin=to_pin)
    raise TypeError(f"{before!r} is nothing that can be corrected")


def _moved(lie: Lie, changes: Mapping[str, Any], hole: Hole, start: Point | None) -> Lie:
    """The lie after a correction: another distance moves the ball, the other end staying put."""
    point, to, went = lie.point, changes.get("distanceToPin"), changes.get("shotDistance")
    if to is not None and to > hole.metres + OFF_THE_HOLE:
        raise ValueError(
            f"a ball {to} m from the pin is not on hole {hole.no}; it is {hole.metres} m long"
        )
    if went is not None and went > FURTHEST:
        raise ValueError(f"no stroke goes further than {FURTHEST:.0f} m")
    if to is not None and went is not None:
        assert start is not None
        found = meet(hole.pin, start, to, went)
        if found is None:
            raise ValueError(f"a ball that went {went} m cannot lie {to} m from the pin")
        # Of the two places the one on the side where the ball was.
        point = min(found, key=lambda each: distance(each, lie.point))
    elif to is not None:
        point = _along(hole.pin, point, to)
    elif went is not None:
        assert start is not None
        point = _along(start, point, went)
    return Lie(
        Point(point.x, point.y, lie.point.z),
        str(changes.get("surfaceTypeCode", lie.surface)),
        bool(changes.get("obstructions", lie.obstructed)),
        bool(changes.get("blindshot", lie.blind)),
    )


def _along(end: Point, point: Point, length: float) -> Point:
    """The point so many metres from ``end`` in the direction of ``point``."""
    was = distance(point, end)
    # Two points in one place have no line between them; it moves to one side.
    line = ((point.x - end.x) / was, (point.y - end.y) / was) if was else (0.0, -1.0)
    return Point(round(end.x + line[0] * length, 3), round(end.y + line[1] * length, 3), point.z)


def revised(acts: list[course.Act], content: log.Correctable) -> list[course.Act]:
    """The acts of a hole with what a correction says of one: what is sent again says it too."""
    acts = list(acts)
    for at in reversed(range(len(acts))):
        act = acts[at]
        if getattr(act, "no", None) != content.stroke or getattr(act, "provisional", 0):
            continue
        match act, content:
            case course.Penalised(), log.Penalty(strokes=strokes, reason=reason):
                acts[at] = replace(act, strokes=strokes, reason=reason)
                for no, each in enumerate(acts):
                    acts[no] = counted(each, acts[:no])
                break
            case course.Dropped(), log.BallDrop(drop=drop, lie=lie):
                acts[at] = replace(act, drop=drop, lie=lie)
                _follow(acts, at, lie)
                break
            case course.Stroke(), log.LieReport(detailed=True, lie=lie):
                acts[at] = replace(act, lie=lie)
                _follow(acts, at, lie)
                break
    return acts


def _follow(acts: list[course.Act], at: int, lie: Lie) -> None:
    """The next stroke begins where the ball lies now, unless it was dropped before that."""
    for after in range(at + 1, len(acts)):
        act = acts[after]
        if isinstance(act, course.Dropped):
            return
        if isinstance(act, course.Stroke) and not act.provisional:
            acts[after] = replace(act, start=lie)
            return
