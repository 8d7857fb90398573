"""Courses: eighteen holes laid out in metres, from a few words and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mockdde.chance import Chance
from mockdde.golf import Course, Hole, Point, distance
from mockdde.records import replace
from mockdde.scenario.model import CourseSpec, HoleSpec
from mockdde.story.ball import beside

__all__ = ["OFF_LINE", "lay_out", "set_up"]

# Of the main course, and of others beside it, whose holes are not the same.
_PARS = (
    (4, 5, 4, 3, 4, 4, 3, 5, 4, 4, 4, 3, 5, 4, 4, 3, 4, 5),  # 72
    (4, 4, 3, 5, 4, 4, 4, 3, 4, 5, 4, 3, 4, 4, 3, 4, 5, 4),  # 71
    (5, 4, 3, 4, 4, 5, 3, 4, 4, 4, 5, 4, 3, 4, 4, 3, 4, 5),  # 72
    (4, 3, 4, 4, 5, 4, 3, 4, 4, 4, 4, 3, 4, 5, 3, 4, 4, 4),  # 70
)
_METRES = {3: (140, 205), 4: (340, 455), 5: (480, 555), 6: (600, 680)}
_NAMES = {
    "parkland": ("Oakwood", "Elm Park", "Beech Hill", "Lakeside"),
    "links": ("Sandhaven", "Gullane Bay", "Dunmore Links", "North Shore"),
    "heathland": ("Heather Common", "Gorse Hill", "Bracken Down", "Pine Heath"),
    "desert": ("Red Mesa", "Cactus Wash", "Palm Valley", "Ocotillo"),
}
# What lies beyond the rough.
OFF_LINE = {"parkland": "OTO", "links": "ONA", "heathland": "OBU", "desert": "ODS"}
# Unit vectors with exact components, so that no library's sine decides a byte.
_BEARINGS = ((0.6, 0.8), (0.8, -0.6), (-0.28, 0.96), (-0.96, -0.28), (0.936, 0.352), (-0.6, -0.8))
_FORWARD = 24.0  # metres that a tee is put forward at most
_SHORT = 120  # metres; the tee of a hole that is not longer stays where it is


def lay_out(
    spec: CourseSpec, seed: int, tournament_id: int, place: int = 0, scale: float = 1.0
) -> Course:
    """A course of a tournament, the one at ``place``; what ``spec`` leaves open is drawn.

    ``scale`` shortens the holes whose length is drawn.
    """
    chance = Chance(seed, "course", tournament_id, *((place,) if place else ()))
    said = {hole.no: hole for hole in spec.holes}
    name = chance.pick(_NAMES[spec.style])
    number = chance.whole(40, 1999)
    x, y = 250_000.0 + chance.whole(0, 9_999), 5_400_000.0 + chance.whole(0, 9_999)
    tee = Point(x, y, float(chance.whole(8, 60)))
    holes: dict[int, Hole] = {}
    for at, par in enumerate(_PARS[place % len(_PARS)]):
        hole = _hole(said.get(at + 1, HoleSpec(at + 1, None, None)), par, tee, scale, chance)
        holes[hole.no] = hole
        pin = hole.pin
        tee = _point(pin.x + chance.between(25, 60), pin.y - chance.between(10, 40), pin.z + 1.0)
    for no in _driving_holes(holes):
        holes[no] = replace(holes[no], driving=True)
    return Course(spec.id or number, spec.name or f"{name} Golf Club", holes, spec.scoring)


def _driving_holes(holes: Mapping[int, Hole]) -> Iterator[int]:
    """Where drives are measured officially: the longest hole of each nine that is no par 3."""
    for nine in (range(1, 10), range(10, 19)):
        yield max((no for no in nine if holes[no].par > 3), key=lambda no: holes[no].metres)


def _hole(spec: HoleSpec, usual_par: int, tee: Point, scale: float, chance: Chance) -> Hole:
    bearing = chance.pick(_BEARINGS)
    rise = chance.between(-6, 6)
    drawn = {par: chance.whole(low, high) for par, (low, high) in _METRES.items()}
    par = spec.par or usual_par
    metres = spec.metres or round(drawn[par] * scale)
    pin = _point(tee.x + bearing[0] * metres, tee.y + bearing[1] * metres, tee.z + rise)
    return Hole(spec.no, par, round(distance(tee, pin)), tee, pin)


def set_up(hole: Hole, middle: Point, chance: Chance) -> Hole:
    """A hole with the tee and the pin of another day; the middle of its green does not move."""
    pin = beside(middle, hole.tee, chance.between(2, 8.5), chance)
    share = chance.between(0, _FORWARD) / hole.metres if hole.metres > _SHORT else 0.0
    tee = _point(
        hole.tee.x + (hole.pin.x - hole.tee.x) * share,
        hole.tee.y + (hole.pin.y - hole.tee.y) * share,
        hole.tee.z,
    )
    return replace(hole, metres=round(distance(tee, pin)), tee=tee, pin=pin)


def _point(x: float, y: float, z: float) -> Point:
    return Point(round(x, 3), round(y, 3), round(z, 3))
