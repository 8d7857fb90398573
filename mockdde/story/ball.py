"""Where a struck ball comes to rest: plausible golf from a seed, within what the scenario says."""

from __future__ import annotations

import math
from bisect import bisect_left

from mockdde.chance import Chance
from mockdde.decimals import rounded
from mockdde.errors import ScenarioError
from mockdde.golf import Hole, Lie, Point, distance
from mockdde.records import frozen
from mockdde.scenario.shots import Hit

__all__ = [
    "FURTHEST",
    "OFF_THE_HOLE",
    "Ground",
    "beside",
    "club_for",
    "fly",
    "meet",
    "place",
    "sinks",
    "towards",
]

FURTHEST = 420.0  # metres; no stroke in golf goes further
_REACH = 252.0  # metres; a green further away is not aimed at
_LESS_REACH = 25.0  # metres less, from where no clean strike is possible
_ROUND_GREEN = 35.0  # metres; from here on it is the short game
_MISS_AT_LEAST = 0.2  # metres left after a putt that missed

_FAIRWAY_FROM = 130.0  # metres from the tee
_SAND_OF_GREEN = 45.0  # metres from its middle
_SLACK = 0.05  # metres by which two rounded distances may miss each other
_WIDEST_GREEN = 50.0  # metres from the pin to its edge
OFF_THE_HOLE = 60.0  # metres behind the tee or beside the hole that a ball can lie

# Chance to hole a putt by its length in metres, about a tour's average.
_HOLED = (
    *((0.5, 0.995), (0.9, 0.965), (1.2, 0.88), (1.5, 0.77), (1.8, 0.66), (2.4, 0.5), (3.0, 0.4)),
    *((3.7, 0.31), (4.6, 0.23), (6.1, 0.15), (9.1, 0.07), (12.2, 0.04), (18.0, 0.02), (27.0, 0.01)),
)
_PUTTS = [length for length, _ in _HOLED]
# How far an approach strays from its target, as a part of its length.
_STRAY = {"OFW": 0.065, "OTB": 0.063, "OIR": 0.073, "ORO": 0.096, "OST": 0.106, "OGS": 0.15}
_STRAY_WILD = 0.135  # from anywhere else
_ROUGH = ("ORO", "OST", "ODS", "ONA")
_STUCK = ("OTO", "OBU", "OWA")  # the next stroke may only get the ball back into play
# Chance to hole a stroke from off the green by its length in metres, about a tour's average.
_HOLED_OUT = ((35, 0.03), (60, 0.008), (100, 0.003), (140, 0.0013), (170, 0.0006), (230, 0.0002))
_HOLES_OUT = [length for length, _ in _HOLED_OUT]
_SIDES = ((0.96, 0.28), (0.8, 0.6), (0.8, -0.6), (0.96, -0.28), (1.0, 0.0), (0.6, 0.8), (0.6, -0.8))
# Where the scenario names a surface and no distance: metres from the pin at which it usually is.
_AROUND_GREEN = {"OGR": (1.0, 11.0), "OCO": (12.5, 20.0), "OGS": (14.0, 24.0)}


@frozen
class Ground:
    """A hole and what lies around it; ``skill`` is the player's, about 0 with deviation 1."""

    hole: Hole
    green: float  # metres, its radius
    middle: Point  # of the green; the pin is not there
    off_line: str  # the surface beyond the rough
    fenced: bool  # whether a ball can be out of bounds
    has_water: bool
    skill: float
    power: float  # how far the strokes of this tour go, 1 on the PGA tour


def sinks(start: Lie, left: float, chance: Chance) -> bool:
    """Whether a stroke from here, so many metres from the pin, finds the hole."""
    if start.surface == "OGR":
        return chance.happens(_putt_chance(left))
    place = bisect_left(_HOLES_OUT, left)
    holed = _HOLED_OUT[place][1] if place < len(_HOLED_OUT) else 0.0
    return chance.happens(holed if start.surface not in _STUCK else holed / 2)


def _putt_chance(left: float) -> float:
    place = bisect_left(_PUTTS, left)
    if place == len(_HOLED):
        return 0.01
    length, holed = _HOLED[place]
    before = _HOLED[place - 1] if place else (0.0, 1.0)
    share = (left - before[0]) / (length - before[0])
    return before[1] + (holed - before[1]) * share


def club_for(ground: Ground, start: Lie, chance: Chance) -> str:
    """The club of a drive; the feed knows no other stroke's."""
    if start.surface != "OTB":
        return "CUK"
    left = distance(start.point, ground.hole.pin)
    if ground.hole.par == 3:
        return "CIR" if left < 190 else "CFW"
    if left < 280:
        return "CIR" if left < 200 else "CFW"
    # The longer the hole and the better the player, the more often a driver.
    drivers = min(max((left - 300) / 110 + 0.06 * ground.skill, 0.03), 0.97)
    return "CDR" if chance.happens(drivers) else "CFW"


def fly(
    ground: Ground, start: Lie, left: float, club: str, chance: Chance, *, tame: bool = False
) -> Lie:
    """Where a ball that is not holed, so many metres from the pin, comes to rest.

    ``tame`` keeps it out of every hazard.
    """
    if start.surface == "OGR":
        return _putt(ground, start, left, chance)
    if left <= _ROUND_GREEN:
        stray = 0.2 if start.surface == "OGS" else 0.13
        bad = 2.5 if chance.happens(0.06) else 1.0  # thin or fat
        along = left + chance.normal(0, (stray * left + 0.5) * bad)
        return _rest(ground, start, along, chance.normal(0, 0.07 * left * bad), chance, tame)
    if start.surface in _STUCK and chance.happens(0.7):
        along, across = min(left * 0.6, chance.between(40, 120)), chance.normal(0, 6)
        return _rest(ground, start, along, across, chance, tame)
    if left > _REACH - (_LESS_REACH if start.surface in (*_ROUGH, *_STUCK) else 0):
        along, across = _long(ground, start, left, club, chance)
        return _rest(ground, start, along, across, chance, tame)
    stray = left * _STRAY.get(start.surface, _STRAY_WILD) * (1 - 0.08 * ground.skill)
    along = left - 0.02 * left + chance.normal(0, stray * 0.85)
    return _rest(ground, start, along, chance.normal(0, stray * 0.75), chance, tame)


def _putt(ground: Ground, start: Lie, left: float, chance: Chance) -> Lie:
    past = left + max(_MISS_AT_LEAST, abs(chance.normal(0.3, 0.08 * left + 0.2)))
    if chance.happens(0.3):
        past = left - max(_MISS_AT_LEAST, abs(chance.normal(0, 0.07 * left)))
    across = chance.normal(0, 0.015 * left + 0.02)
    return Lie(_point(start.point, ground.hole.pin, max(past, 0.1), across), "OGR")


def _long(
    ground: Ground, start: Lie, left: float, club: str, chance: Chance
) -> tuple[float, float]:
    mean = {"CDR": 268.0, "CFW": 238.0, "CIR": 190.0}.get(club, 222.0)
    if start.surface in (*_ROUGH, *_STUCK):
        mean -= 35
    went = chance.normal(mean + 4 * ground.skill, 12) * ground.power
    return min(went, left - 8), chance.normal(0, 17 - ground.skill)


def _rest(
    ground: Ground, start: Lie, along: float, across: float, chance: Chance, tame: bool
) -> Lie:
    point = _point(start.point, ground.hole.pin, max(along, 1.0), across)
    surface = _surface(ground, point, chance)
    if not tame:
        surface = _trouble(ground, surface, across, chance)
    obstructed, blind = chance.happens(0.02), chance.happens(0.03)
    if surface == "OGR":
        return Lie(point, surface)
    return Lie(point, surface, obstructed, blind)


def _trouble(ground: Ground, surface: str, across: float, chance: Chance) -> str:
    drawn = chance.draw()
    if surface in ("OGR", "OFW"):
        return surface
    if ground.has_water and drawn < (0.05 if ground.fenced else 0.11):
        return "OWA"
    if ground.fenced and abs(across) > 34 and drawn > 0.8:
        return "OOB"
    return surface


def _surface(ground: Ground, point: Point, chance: Chance) -> str:
    hole = ground.hole
    from_middle = distance(point, ground.middle)
    drawn = chance.draw()
    if from_middle <= ground.green:
        return "OGR"
    if from_middle <= ground.green + 2:
        return "OCO"
    if from_middle <= ground.green + 12 and drawn < 0.3:
        return "OGS"
    off = _off_line(hole, point)
    if off > 30:
        return ground.off_line
    from_tee = distance(point, hole.tee)
    mown = hole.par > 3 and _FAIRWAY_FROM < from_tee < hole.metres
    if off <= 18 and mown:
        return "OFW" if off <= 15 else "OIR"
    if drawn > 0.85:
        return "OST" if from_middle > _SAND_OF_GREEN else "OGS"
    return "ORO"


def _off_line(hole: Hole, point: Point) -> float:
    """Metres between a point and the straight line from tee to pin."""
    ahead_x, ahead_y = hole.pin.x - hole.tee.x, hole.pin.y - hole.tee.y
    span = math.sqrt(ahead_x * ahead_x + ahead_y * ahead_y)
    cross = ahead_x * (point.y - hole.tee.y) - ahead_y * (point.x - hole.tee.x)
    return abs(cross) / span


def _point(start: Point, pin: Point, along: float, across: float) -> Point:
    """The point so many metres from ``start`` towards the pin, and aside."""
    ahead_x, ahead_y = pin.x - start.x, pin.y - start.y
    span = math.sqrt(ahead_x * ahead_x + ahead_y * ahead_y) or 1.0
    unit_x, unit_y = ahead_x / span, ahead_y / span
    return Point(
        rounded(start.x + unit_x * along - unit_y * across, 3),
        rounded(start.y + unit_y * along + unit_x * across, 3),
        rounded(start.z + (pin.z - start.z) * min(along / span, 1.2), 3),
    )


def place(ground: Ground, start: Lie, spec: Hit, club: str, chance: Chance) -> Lie:
    """Where a ball comes to rest that the scenario says something about.

    ScenarioError where no ball can: a stroke too long, or two distances that do not meet.
    """
    pin = ground.hole.pin
    left = distance(start.point, pin)
    to, went = spec.to, spec.went
    _refuse_nowhere(ground, spec)
    if to is None and went is None and spec.surface is None:
        lie = fly(ground, start, left, club, chance, tame=True)
    elif to is None and went is None and spec.surface in _AROUND_GREEN:
        low, high = _AROUND_GREEN[spec.surface]
        to = round(chance.between(low, min(high, max(left * 0.8, low + 0.5))), 1)
        lie = _at(ground, start, to, None, left, spec, chance)
    elif to is None and went is None:
        lie = fly(ground, start, left, club, chance, tame=True)
        if lie.surface == "OGR":  # short of the green, where that surface can be
            back = distance(lie.point, pin) + 18.0
            lie = _at(ground, start, round(min(back, left * 0.9), 1), None, left, spec, chance)
    else:
        lie = _at(ground, start, to, went, left, spec, chance)
    return Lie(lie.point, spec.surface or lie.surface, spec.obstructed, spec.blind)


def _refuse_nowhere(ground: Ground, spec: Hit) -> None:
    hole, to = ground.hole, spec.to
    if spec.went == 0:
        raise ScenarioError(spec.mark, "a ball that went 0 m was not hit; write how far it went")
    if to == 0:
        raise ScenarioError(spec.mark, "a ball 0 m from the pin is in the hole; write in")
    if to is not None and spec.surface == "OGR" and to > _WIDEST_GREEN:
        message = f"no green is so large that a ball on it lies {to} m from the pin"
        raise ScenarioError(spec.mark, message)
    if to is not None and to > hole.metres + OFF_THE_HOLE:
        message = f"a ball {to} m from the pin is not on hole {hole.no}; it is {hole.metres} m long"
        raise ScenarioError(spec.mark, message)


def _at(
    ground: Ground,
    start: Lie,
    to: float | None,
    went: float | None,
    left: float,
    spec: Hit,
    chance: Chance,
) -> Lie:
    point = _meet(ground.hole.pin, start.point, to, went, left, spec, chance)
    if distance(point, start.point) > FURTHEST:
        raise ScenarioError(
            spec.mark,
            f"the ball would go {distance(point, start.point):.0f} m; no stroke goes further than"
            f" {FURTHEST:.0f} m",
        )
    return Lie(point, _surface(ground, point, chance))


def _meet(
    pin: Point,
    start: Point,
    to: float | None,
    went: float | None,
    left: float,
    spec: Hit,
    chance: Chance,
) -> Point:
    """The point ``went`` metres from the start and ``to`` metres from the pin, as far as said."""
    if to is None:
        assert went is not None, "the caller has one of the two"
        aside = chance.between(-0.08, 0.08)
        return _point(start, pin, went * math.sqrt(1 - aside * aside), went * aside)
    if went is None:
        cosine, sine = chance.pick(_SIDES)
        if to >= 30:  # so far out it is short and not far off the line
            sine *= 0.2
            cosine = math.sqrt(1 - sine * sine)
        elif chance.happens(0.3):
            cosine = -cosine
        return _point(start, pin, left - to * cosine, to * sine)
    if meet(pin, start, to, went) is None:
        raise ScenarioError(
            spec.mark,
            f"a ball {left:.1f} m from the pin that goes {went} m cannot end {to} m from it, only"
            f" {abs(left - went):.1f} to {left + went:.1f}",
        )
    found = meet(pin, start, to, went)
    assert found is not None, "the two distances have just been held against each other"
    return found[0] if chance.happens(0.5) else found[1]


def meet(pin: Point, start: Point, to: float, went: float) -> tuple[Point, Point] | None:
    """The two points ``to`` metres from the pin and ``went`` metres from the start, if any."""
    left = distance(start, pin)
    if not abs(left - to) - _SLACK <= went <= left + to + _SLACK:
        return None
    along = (went * went - to * to + left * left) / (2 * left) if left else went
    across = math.sqrt(max(went * went - along * along, 0.0))
    return _point(start, pin, along, across), _point(start, pin, along, -across)


def beside(point: Point, other: Point, metres: float, chance: Chance) -> Point:
    """A point so many metres from ``point``, on any side of it; ``other`` is where a side is."""
    cosine, sine = chance.pick(_SIDES)
    if chance.happens(0.5):
        cosine = -cosine
    return _point(point, other, cosine * metres, sine * metres)


def towards(pin: Point, point: Point, metres: float, otherwise: Point) -> Point:
    """The point so many metres from the pin, in the direction of ``point``, or of ``otherwise``."""
    if distance(pin, point) < 0.5:
        point = otherwise
    return _point(pin, point, metres, 0.0)
