"""Strokes gained: the strokes a tour's average player needs from a place, and four categories.

A stroke gains what the average player would need from where it is played, less what he would need
from where the next one is played (nothing in the hole), less 1, less the penalty strokes it costs.
So the strokes of a hole gain together the average from its tee less the strokes taken. Where a ball
is dropped, the next stroke is played from the drop.

Each stroke is in one category:

``offTheTee``       from a tee of a par 4 or longer; a tee shot played again is one too
``putting``         from the green
``aroundTheGreen``  from elsewhere, 50 yards (45.72 m) from the pin or nearer
``approach``        every other stroke; of a par 3 the tee shot

and ``teeToGreen`` is all of them but putting.

The averages are those of the PGA Tour that Mark Broadie published (Every Shot Counts, 2014), by
distance to the pin: linear between two of them, and unchanged nearer than the first and further
than the last.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

__all__ = ["CATEGORIES", "category", "expected"]

CATEGORIES: Final = ("offTheTee", "approach", "aroundTheGreen", "putting")
_AROUND = 45.72  # metres, 50 yards
_YARD, _FOOT = 0.9144, 0.3048  # metres

# Thousandths of a stroke, so that sums of many strokes are exact.
_Table = tuple[tuple[float, ...], tuple[int, ...]]


def _table(unit: float, *points: tuple[int, float]) -> _Table:
    return tuple(at * unit for at, _ in points), tuple(round(need * 1000) for _, need in points)


def _yards(first: int, needs: str, *nearer: tuple[int, float]) -> _Table:
    """A table of every 20 yards from the ``first`` on."""
    points = [(first + 20 * step, float(need)) for step, need in enumerate(needs.split())]
    return _table(_YARD, *nearer, *points)


_TEE = _yards(
    100,
    "2.92 2.99 2.97 2.99 3.05 3.12 3.17 3.25 3.45 3.65 3.71 3.79 3.86 3.92 3.96 3.99 4.02 4.08 4.17"
    " 4.28 4.41 4.54 4.65 4.74 4.79 4.82",
)
_FAIRWAY = _yards(
    20,
    "2.40 2.60 2.70 2.75 2.80 2.85 2.91 2.98 3.08 3.19 3.32 3.45 3.58 3.69 3.78 3.84 3.88 3.95 4.03"
    " 4.11 4.15 4.20 4.29 4.40 4.53 4.66 4.78 4.86 4.91 4.94",
    (10, 2.18),
)
_ROUGH = _yards(
    20,
    "2.59 2.78 2.91 2.96 3.02 3.08 3.15 3.23 3.31 3.42 3.53 3.64 3.74 3.83 3.90 3.95 4.02 4.11 4.21"
    " 4.30 4.34 4.39 4.48 4.59 4.72 4.85 4.97 5.05 5.10 5.13",
    (10, 2.34),
)
_SAND = _yards(
    20,
    "2.53 2.82 3.15 3.24 3.23 3.21 3.22 3.28 3.40 3.55 3.70 3.84 3.93 4.00 4.04 4.12 4.26 4.41 4.55"
    " 4.69 4.73 4.78 4.87 4.98 5.11 5.24 5.36 5.44 5.49 5.52",
    (10, 2.43),
)
_RECOVERY = _yards(
    100,
    "3.80 3.78 3.80 3.81 3.82 3.87 3.92 3.97 4.03 4.10 4.20 4.31 4.44 4.56 4.66 4.75 4.79 4.84 4.93"
    " 5.04 5.17 5.30 5.42 5.50 5.55 5.58",
)
_GREEN = _table(
    _FOOT,
    *((1, 1.0), (2, 1.009), (3, 1.04), (4, 1.13), (5, 1.23), (6, 1.34), (7, 1.42), (8, 1.50)),
    *((9, 1.56), (10, 1.61), (15, 1.78), (20, 1.87), (30, 1.98), (40, 2.06), (50, 2.14)),
    *((60, 2.21), (90, 2.40)),
)
# What is not here is played like rough.
_BY_SURFACE: Final = {
    "OTB": _TEE,
    "OGR": _GREEN,
    **dict.fromkeys(("OFW", "OTF", "OCO"), _FAIRWAY),
    **dict.fromkeys(("OST", "OGS", "OWB"), _SAND),
    **dict.fromkeys(("OTO", "OBU", "OWA", "OOB", "ORK", "OWL"), _RECOVERY),
}


def expected(surface: str, to_pin: float) -> int:
    """Thousandths of a stroke needed from a surface, ``to_pin`` metres from the pin."""
    distances, needs = _BY_SURFACE.get(surface, _ROUGH)
    at = bisect_left(distances, to_pin)
    if at == 0:
        return needs[0]
    if at == len(distances):
        return needs[-1]
    near, far = distances[at - 1], distances[at]
    share = (to_pin - near) / (far - near)
    return round(needs[at - 1] + (needs[at] - needs[at - 1]) * share)


def category(par: int, surface: str, to_pin: float) -> int:
    """The category of a stroke played from there: its place in ``CATEGORIES``."""
    if surface == "OGR":
        return 3
    if surface == "OTB" and par > 3:
        return 0
    return 2 if to_pin <= _AROUND else 1
