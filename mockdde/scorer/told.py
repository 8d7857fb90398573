"""What the scorer sends about one act of play: which events, when, and with what in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from mockdde import log
from mockdde.chance import Chance
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.moments import SECOND
from mockdde.story import acts as course

__all__ = ["Told", "metres", "told"]

_FAR = 60.0  # metres; a ball holed from further off is longer in the air


class Told(NamedTuple):
    """One event to be; ``start`` is where the stroke of a lie was played from."""

    kind: str  # as anchors of a scenario call it
    at: int
    what: log.What
    start: Point | None = None
    act: course.Act | None = None  # what it tells of
    first: bool = False  # before all else that is told of its act


def metres(one: Point, other: Point) -> float:
    """A distance as the feed gives it."""
    return round(distance(one, other), 1)


def told(at: int, act: course.Act, hole: Hole, chance: Chance) -> Iterator[Told]:
    """What is sent about one act that happened ``at``."""
    match act:
        case course.Stroke():
            yield from _stroke(at, act, hole, chance)
        case course.Penalised(no, ball, strokes, reason, disqualified):
            yield Told("Penalty", at, log.Penalty(no, ball, strokes, reason, disqualified))
        case course.Dropped(no, ball, drop, lie):
            to_pin = metres(lie.point, hole.pin)
            yield Told("BallDrop", at, log.BallDrop(no, ball, drop, lie, to_pin))
        case course.Chosen(no, ball, penalty, result, start, lie):
            went, to_pin = metres(start.point, lie.point), metres(lie.point, hole.pin)
            chosen = log.ProvisionalBallSelected(no, ball, penalty, result, lie, went, to_pin)
            yield Told("ProvisionalBallSelected", at, chosen)
        case course.RefereeAsked():
            yield Told("RefereeCalled", at, log.RefereeCalled())
        case course.HammerThrown(accepted):
            yield Told("TglHammerThrown", at, log.TglHammerThrown(accepted))


def _stroke(at: int, act: course.Stroke, hole: Hole, chance: Chance) -> Iterator[Told]:
    no, ball = act.no, act.provisional
    if act.conceded:  # nobody stands over it, nothing rolls
        yield Told("HitBall", at, log.HitBall(no, ball, conceded=True))
        yield Told("BallHoled", at, log.BallHoled(no, ball))
        return
    addressed = at - chance.whole(12, 24) * SECOND
    yield Told("AddressingBall", addressed, log.AddressingBall(no, ball, act.club))
    yield Told("HitBall", at, log.HitBall(no, ball))
    if act.lie is None:
        far = distance(act.start.point, hole.pin) > _FAR
        took = chance.whole(7, 11) if far else chance.whole(3, 6)
        yield Told("BallHoled", at + took * SECOND, log.BallHoled(no, ball))
        return
    start, putt = act.start.point, act.start.surface == "OGR"
    estimate = _lie(act, False, _estimated(act, act.lie, chance), hole)
    yield Told("ApproximateLie", at + chance.whole(6, 11) * SECOND, estimate, start)
    walk = chance.whole(12, 18) if putt else chance.whole(26, 44)
    yield Told("DetailedLie", at + walk * SECOND, _lie(act, True, act.lie, hole), start)


def _lie(act: course.Stroke, detailed: bool, lie: Lie, hole: Hole) -> log.LieReport:
    went, to_pin = metres(act.start.point, lie.point), metres(lie.point, hole.pin)
    return log.LieReport(act.no, act.provisional, detailed, lie, went, to_pin)


def _estimated(act: course.Stroke, lie: Lie, chance: Chance) -> Lie:
    """Where the map says the ball is, before anybody has walked to it."""
    stray = 0.15
    if act.start.surface != "OGR":
        stray = min(0.4 + 0.012 * distance(act.start.point, lie.point), 2.5)
    x, y, z = lie.point
    point = Point(round(x + chance.normal(0, stray), 3), round(y + chance.normal(0, stray), 3), z)
    return Lie(point, lie.surface)
