"""One statistic over a field: totals, divisors and ranks, kept as holes change; whole numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from mockdde.figures import Figures
from mockdde.lines import HoleLine

__all__ = ["Adds", "Level", "Ranks", "Statistic", "each_hole", "each_measured", "gained"]

# What a hole adds to total and divisor; None where it is no hole of this statistic.
Adds: TypeAlias = Callable[[HoleLine], tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Statistic:
    """A statistic's definition. Totals are whole numbers; ``unit`` of them are 1 in the document.

    ``kind`` says what the total is: a ``count``, ranked by its share of the divisor; a ``sum``,
    ranked by itself; a ``mean``, divided by the divisor; the ``most`` of all holes.
    """

    key: str  # in the document
    adds: Adds
    printed: str = ""  # its display name, where the documentation prints no key
    kind: str = "count"
    fewer: bool = False  # is better
    unit: int = 1


def each_hole(
    total: Callable[[HoleLine], int], when: Callable[[HoleLine], bool] | None = None
) -> Adds:
    """Of every finished hole, or of those that ``when`` is true of."""
    return lambda line: (int(total(line)), 1) if when is None or when(line) else None


def each_measured(
    total: Callable[[HoleLine, Figures], int],
    when: Callable[[HoleLine, Figures], bool] | None = None,
) -> Adds:
    """Of every finished hole whose lies are measured, or of those that ``when`` is true of."""

    def adds(line: HoleLine) -> tuple[int, int] | None:
        of = line.figures
        return (int(total(line, of)), 1) if of and (when is None or when(line, of)) else None

    return adds


def gained(*kinds: int) -> Adds:
    """Thousandths of strokes gained in categories (places in CATEGORIES), over their strokes."""

    def adds(line: HoleLine) -> tuple[int, int] | None:
        if line.figures is None:
            return None
        of = [line.figures.gained[kind] for kind in kinds]
        return sum(each.gained for each in of), sum(each.strokes for each in of)

    return adds


@dataclass(slots=True)
class Level:
    """A statistic of one round, or of the tournament (round 0); teams by their place in the field.

    A team is in it as soon as its divisor is not 0.
    """

    keys: list[float] = field(default_factory=list)  # what ranks, best first
    order: list[int] = field(default_factory=list)  # the teams in that order
    key: dict[int, float] = field(default_factory=dict)
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)  # total as shown, and divisor
    shown: int = 0  # sum of the totals as shown
    sums: tuple[int, int] = (0, 0)  # of all holes: totals and divisors

    def rank(self, team: int) -> int:
        """Its rank; who has the same shares it."""
        return bisect_left(self.keys, self.key[team]) + 1

    def move(self, team: int, new: float | None) -> list[int]:
        """Give a team another key, or none; the others whose rank is another one now."""
        keys, order, old = self.keys, self.order, self.key.pop(team, None)
        if old is not None:
            at = order.index(team, bisect_left(keys, old))
            del keys[at], order[at]
        if new is None and old is None:
            return []
        # Who ranks as high as the better of the two, or higher, keeps his rank; and so does who
        # ranks lower than the worse, unless a team came or went.
        ends = [each for each in (old, new) if each is not None]
        until = bisect_right(keys, max(ends)) if len(ends) == 2 else len(keys)
        moved = order[bisect_right(keys, min(ends)) : until]
        if new is not None:
            at = bisect_right(keys, new)
            keys.insert(at, new)
            order.insert(at, team)
            self.key[team] = new
        return moved


class Ranks:
    """A statistic of all rounds and of the tournament; ``levels`` by round, 0 the tournament."""

    def __init__(self, statistic: Statistic, *, by_total: bool) -> None:
        self.statistic = statistic
        self.levels: dict[int, Level] = {0: Level()}
        self._share = statistic.kind == "count" and not by_total
        self._raw: dict[tuple[int, int], tuple[int, int]] = {}  # level and team: of all its holes
        self._marks: dict[tuple[int, int], dict[tuple[int, int], int]] = {}  # of a ``most``: holes'

    def count(
        self,
        hole: tuple[int, int],
        team: int,
        before: tuple[int, int] | None,
        after: tuple[int, int] | None,
    ) -> dict[int, list[int]]:
        """A team's ``hole`` (round, order) adds something else: by level, whose rank moved."""
        moved: dict[int, list[int]] = {}
        out, into = before or (0, 0), after or (0, 0)
        for number in (hole[0], 0):
            level = self.levels.get(number)
            if level is None:
                level = self.levels[number] = Level()
            key = (number, team)
            total, divisor = self._raw.get(key, (0, 0))
            total, divisor = total - out[0] + into[0], divisor - out[1] + into[1]
            self._raw[key] = (total, divisor)
            sums = level.sums
            level.sums = (sums[0] - out[0] + into[0], sums[1] - out[1] + into[1])
            if self.statistic.kind == "most":
                total = self._most(key, hole, after)
            moved[number] = self._settle(level, team, total, divisor)
        return moved

    def _most(
        self, key: tuple[int, int], hole: tuple[int, int], after: tuple[int, int] | None
    ) -> int:
        marks = self._marks.setdefault(key, {})
        marks.pop(hole, None)
        if after is not None:
            marks[hole] = after[0]
        return max(marks.values(), default=0)

    def _settle(self, level: Level, team: int, total: int, divisor: int) -> list[int]:
        """Put a team's numbers in their place."""
        before = level.cells.pop(team, None)
        if before is not None:
            level.shown -= before[0]
        if not divisor:
            return level.move(team, None)
        shown = round(total / divisor) if self.statistic.kind == "mean" else total
        level.cells[team] = (shown, divisor)
        level.shown += shown
        key = total / divisor if self._share else float(shown)
        if not self.statistic.fewer:
            key = -key
        return level.move(team, key) if level.key.get(team) != key else []

    def average(self, number: int, *, share: bool) -> float:
        """The field's average at a level: of the totals shown, or of all holes by the divisor."""
        level, unit = self.levels[number], self.statistic.unit
        if share and self.statistic.kind != "most":
            total, divisor = level.sums
        else:
            total, divisor = level.shown, len(level.cells)
        return round(total / divisor / unit, 3) if divisor else 0.0
