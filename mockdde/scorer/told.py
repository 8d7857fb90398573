"""What the scorer sends about one act of play: which events, when, and with what in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from mockdde import log
from mockdde.chance import Chance
from mockdde.decimals import rounded
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.moments import SECOND
from mockdde.records import replace
from mockdde.story import acts as course

__all__ = ["STARTED", "Told", "finished", "metres", "told", "without_distances"]

# What a walking scorer does not report.
_MEASURED = ("ApproximateLie", "DetailedLie", "BallDrop")
_FAR = 60.0  # metres; a ball holed from further off is longer in the air


# One event to be: as anchors of a scenario call it, when it happens, its content, and of a lie
# where the stroke was played from.
Told: TypeAlias = tuple[str, int, log.What, Point | None]

# What is said so often is one object.
STARTED, finished = log.HoleStarted(), cache(log.HoleFinished)
_addressing, _hit, _holed = cache(log.AddressingBall), cache(log.HitBall), cache(log.BallHoled)


def metres(one: Point, other: Point) -> float:
    """A distance as the feed gives it."""
    return rounded(distance(one, other), 1)


def told(at: int, act: course.Act, hole: Hole, chance: Chance) -> Iterator[Told]:
    """What is sent about one act that happened ``at``."""
    if isinstance(act, course.Stroke):
        return _stroke(at, act, hole, chance)
    return iter(_other(at, act, hole))


def without_distances(all_of_it: Iterator[Told]) -> Iterator[Told]:
    """What a walking scorer has of it, who measures none."""
    for each in all_of_it:
        kind, at, what, start = each
        if isinstance(what, log.ProvisionalBallSelected):
            yield kind, at, replace(what, lie=None), start
        elif kind not in _MEASURED:
            yield each


def _other(at: int, act: course.Act, hole: Hole) -> tuple[Told, ...]:
    """What is sent about an act that is no stroke."""
    match act:
        case course.Penalised(no, ball, strokes, reason, disqualified):
            penalty = log.Penalty(no, ball, strokes, reason, disqualified)
            return (("Penalty", at, penalty, None),)
        case course.Dropped(no, ball, drop, lie):
            to_pin = metres(lie.point, hole.pin)
            return (("BallDrop", at, log.BallDrop(no, ball, drop, lie, to_pin), None),)
        case course.Chosen(no, ball, penalty, result, start, lie):
            went, to_pin = metres(start.point, lie.point), metres(lie.point, hole.pin)
            chosen = log.ProvisionalBallSelected(no, ball, penalty, result, lie, went, to_pin)
            return (("ProvisionalBallSelected", at, chosen, None),)
        case course.RefereeAsked():
            return (("RefereeCalled", at, log.RefereeCalled(), None),)
        case course.HammerThrown(accepted):
            return (("TglHammerThrown", at, log.TglHammerThrown(accepted), None),)
    return ()


def _stroke(at: int, act: course.Stroke, hole: Hole, chance: Chance) -> Iterator[Told]:
    no, ball = act.no, act.provisional
    if act.conceded:  # nobody stands over it, nothing rolls
        yield "HitBall", at, log.HitBall(no, ball, conceded=True), None
        yield "BallHoled", at, _holed(no, ball), None
        return
    addressed = at - chance.whole(12, 24) * SECOND
    yield "AddressingBall", addressed, _addressing(no, ball, act.club), None
    yield "HitBall", at, _hit(no, ball), None
    if act.lie is None:
        far = distance(act.start.point, hole.pin) > _FAR
        took = chance.whole(7, 11) if far else chance.whole(3, 6)
        yield "BallHoled", at + took * SECOND, _holed(no, ball), None
        return
    start, rest, putt = act.start.point, act.lie.point, act.start.surface == "OGR"
    went = distance(start, rest)
    guess = _estimated(rest, 0.15 if putt else min(0.4 + 0.012 * went, 2.5), chance)
    lie = Lie(guess, act.lie.surface)
    estimate = log.LieReport(no, ball, False, lie, metres(start, guess), metres(guess, hole.pin))
    yield "ApproximateLie", at + chance.whole(6, 11) * SECOND, estimate, start
    walk = chance.whole(12, 18) if putt else chance.whole(26, 44)
    found = log.LieReport(no, ball, True, act.lie, rounded(went, 1), metres(rest, hole.pin))
    yield "DetailedLie", at + walk * SECOND, found, start


def _estimated(rest: Point, stray: float, chance: Chance) -> Point:
    """Where the map says the ball is, before anybody has walked to it."""
    x, y = rest.x + chance.normal(0, stray), rest.y + chance.normal(0, stray)
    return Point(rounded(x, 3), rounded(y, 3), rest.z)
