"""One statistic over a field: totals, divisors and ranks, in whole numbers, as holes change."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import TypeAlias

from mockdde.figures import Figures
from mockdde.lines import HoleLine
from mockdde.records import dataclass, field

__all__ = ["Adds", "Level", "Ranks", "Statistic", "each_hole", "each_measured", "gained"]

_MANY = 12  # teams; from here on it is quicker to sort all than to move them one by one

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
    guessed: bool = False  # a name in the documentation's list that it does not define


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

    raw: dict[int, tuple[int, int]] = field(default_factory=dict)  # sums of totals, of divisors
    sums: tuple[int, int] = (0, 0)  # the same of all teams
    unsettled: set[int] = field(default_factory=set)  # whose sums are not below yet
    cells: dict[int, tuple[int, int]] = field(default_factory=dict)  # total as shown, and divisor
    shown: int = 0  # sum of the totals as shown
    keys: list[float] = field(default_factory=list)  # what ranks, best first
    order: list[int] = field(default_factory=list)  # the teams in that order
    key: dict[int, float] = field(default_factory=dict)
    rank: dict[int, int] = field(default_factory=dict)  # who has the same key shares it

    def add(self, team: int, total: int, divisor: int) -> None:
        """Count something more, or less."""
        have, sums = self.raw.get(team, (0, 0)), self.sums
        self.raw[team] = (have[0] + total, have[1] + divisor)
        self.sums = (sums[0] + total, sums[1] + divisor)
        self.unsettled.add(team)

    def move(self, team: int, new: float | None) -> list[int]:
        """Give a team another key, or none; the others whose rank is another one now."""
        keys, order, ranks = self.keys, self.order, self.rank
        old = self.key.pop(team, None)
        if old is not None:
            at = order.index(team, bisect_left(keys, old))
            del keys[at], order[at], ranks[team]
        # Who ranks as high as the better of the two, or higher, keeps his rank; and so does who
        # ranks lower than the worse, unless a team came or went.
        if old is None or new is None:
            only = old if new is None else new
            if only is None:
                return []
            moved = order[bisect_right(keys, only) :]
            step = -1 if new is None else 1
        else:
            moved = order[bisect_right(keys, min(old, new)) : bisect_right(keys, max(old, new))]
            step = 1 if new < old else -1
        for each in moved:
            ranks[each] += step
        if new is not None:
            at = bisect_right(keys, new)
            keys.insert(at, new)
            order.insert(at, team)
            self.key[team] = new
            ranks[team] = bisect_left(keys, new) + 1
        return moved

    def sort(self) -> None:
        """All ranks from the keys alone."""
        key = self.key
        self.order = sorted(key, key=key.__getitem__)
        self.keys = [key[team] for team in self.order]
        self.rank = {team: bisect_left(self.keys, key[team]) + 1 for team in self.order}


class Ranks:
    """A statistic of all rounds and of the tournament; ``levels`` by round, 0 the tournament.

    Counting is cheap and done at once; shown totals and ranks wait until somebody asks.
    """

    def __init__(self, statistic: Statistic, *, by_total: bool) -> None:
        self.statistic = statistic
        self.levels: dict[int, Level] = {0: Level()}
        self._share = statistic.kind == "count" and not by_total
        # Of a ``most``: the totals of holes, by level and team, then by round and order.
        self._marks: dict[tuple[int, int], dict[tuple[int, int], int]] = {}

    def count(
        self, hole: tuple[int, int], team: int, out: tuple[int, int], into: tuple[int, int]
    ) -> None:
        """A team's ``hole`` (round, order) adds something else to total and divisor."""
        self.add(hole[0], team, into[0] - out[0], into[1] - out[1])
        if self.statistic.kind == "most":
            self._mark(hole, team, into)

    def count_new(self, round_no: int, team: int, lines: Iterable[HoleLine]) -> bool:
        """Holes of a team's round are finished for the first time; whether they add anything."""
        adds, marks = self.statistic.adds, self.statistic.kind == "most"
        total = divisor = 0
        found = False
        for line in lines:
            into = adds(line)
            if into is None or into == (0, 0):
                continue
            found = True
            total += into[0]
            divisor += into[1]
            if marks:
                self._mark((round_no, line.order), team, into)
        if found:
            self.add(round_no, team, total, divisor)
        return found

    def add(self, round_no: int, team: int, total: int, divisor: int) -> None:
        """Count something more, or less, of a round."""
        if round_no not in self.levels:
            self.levels[round_no] = Level()
            self.levels = dict(sorted(self.levels.items()))
        for number in (round_no, 0):
            self.levels[number].add(team, total, divisor)

    def _mark(self, hole: tuple[int, int], team: int, into: tuple[int, int]) -> None:
        for number in (hole[0], 0):
            marks = self._marks.setdefault((number, team), {})
            marks.pop(hole, None)
            if into[1]:
                marks[hole] = into[0]

    def settle(self, number: int) -> set[int]:
        """Bring shown totals and ranks of a level up to date; whose rank is another one now."""
        level = self.levels[number]
        many, moved = len(level.unsettled) > _MANY, set[int]()
        for team in level.unsettled:
            key = self._show(number, team)
            if many:
                level.key.pop(team, None)
                if key is not None:
                    level.key[team] = key
            elif key != level.key.get(team):
                moved.update(level.move(team, key))
        if many:
            level.sort()
            moved.update(level.key)
        level.unsettled.clear()
        return moved

    def _show(self, number: int, team: int) -> float | None:
        """Put a team's total as it is shown in its place; what ranks it, lower is better."""
        level = self.levels[number]
        before = level.cells.pop(team, None)
        if before is not None:
            level.shown -= before[0]
        total, divisor = level.raw[team]
        if not divisor:
            return None
        kind, shown = self.statistic.kind, total
        if kind == "mean":
            shown = round(total / divisor)
        elif kind == "most":
            shown = max(self._marks[number, team].values())
        level.cells[team] = (shown, divisor)
        level.shown += shown
        key = total / divisor if self._share else float(shown)
        return key if self.statistic.fewer else -key

    def average(self, number: int, *, share: bool) -> tuple[int, int]:
        """The field's average, as total and divisor: of totals shown by teams, or of all holes."""
        level = self.levels[number]
        if share and self.statistic.kind != "most":
            return level.sums
        return level.shown, len(level.cells)
