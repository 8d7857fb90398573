"""The holes of a round by their numbers, and its nines: what hole by hole is laid out by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mockdde.golf import Hole, yards
from mockdde.lines import HoleLine

__all__ = ["Layout", "Layouts", "Nine", "NineScore"]

_NINE = 9


class NineScore(NamedTuple):
    """What the finished holes of a nine come to."""

    holes: int
    strokes: int
    par: int
    yardage: int


class Nine(NamedTuple):
    """The holes of a round that are of the first or of the last nine of the course."""

    numbers: tuple[int, ...]
    par: int
    yardage: int

    def score(self, lines: Mapping[int, HoleLine]) -> NineScore:
        """Of finished holes by number, those that are of this nine."""
        holes = strokes = par = yardage = 0
        for no in self.numbers:
            if (line := lines.get(no)) is not None:
                holes += 1
                strokes += line.strokes
                par += line.hole.par
                yardage += yards(line.hole.metres)
        return NineScore(holes, strokes, par, yardage)


class Layout(NamedTuple):
    """What of a round's holes does not change while they are played."""

    of: tuple[Hole, ...]  # kept, because the layout is found by its id
    holes: list[tuple[int, Hole]]  # with their order of play, sorted by number
    front: Nine
    back: Nine
    par: int


class Layouts:
    """Layouts by the id of a round's holes, which many teams share."""

    def __init__(self) -> None:
        self._all: dict[int, Layout] = {}

    def of(self, holes: tuple[Hole, ...]) -> Layout:
        """The layout of these holes, which stand in the order of play."""
        layout = self._all.get(id(holes))
        if layout is None:
            layout = self._all[id(holes)] = _lay_out(holes)
        return layout


def _lay_out(holes: tuple[Hole, ...]) -> Layout:
    ordered = sorted(enumerate(holes, 1), key=lambda each: each[1].no)
    front = _nine_of([hole for _, hole in ordered if hole.no <= _NINE])
    back = _nine_of([hole for _, hole in ordered if hole.no > _NINE])
    return Layout(holes, ordered, front, back, front.par + back.par)


def _nine_of(holes: list[Hole]) -> Nine:
    numbers = tuple(hole.no for hole in holes)
    return Nine(numbers, sum(hole.par for hole in holes), sum(yards(hole.metres) for hole in holes))
