"""What has reached a client of one stream over all its connections: holes, and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from mockdde.kit.conduct._links import Link
from mockdde.kit.conduct._packets import Book, Got

__all__ = ["Hole", "Progress", "ranges"]

_MOST = 5000  # numbers of one hole that are followed


@dataclass
class Hole:
    """Numbers that a client could see to be missing."""

    numbers: list[int]
    at: float  # when it could see it
    link: int
    filled: float | None = None  # when the last of them had come
    by: int = 0  # on which connection


class Progress:
    """The connections of one stream, in order of time."""

    def __init__(
        self, book: Book, links: Iterable[Link], by_rest: Mapping[int, float] | None = None
    ) -> None:
        """``by_rest`` is when an answer by HTTP could have each number of the story."""
        self.book = book
        self.by_rest = by_rest or {}
        self.links = [*links]
        self.holes: list[Hole] = []
        self.known: dict[int, float] = {}  # the numbers of the story, and when each came first
        self.final: float | None = None  # when nothing more was to come
        self._owner: dict[int, Hole] = {}
        self._left: dict[int, int] = {}  # by hole: how many of its numbers are missing
        self._last = 0
        for number, got in self._in_order():
            self._take(got)
            if got.says is not None:
                self._number(got, got.says, number)
        self._end_by_rest()

    def _in_order(self) -> Iterator[tuple[int, Got]]:
        found = [
            (got.at, each.number, place, got)
            for each in self.links
            for place, got in enumerate(each.got)
        ]
        for _, number, _, got in sorted(found, key=lambda each: each[:3]):
            yield number, got

    def _take(self, got: Got) -> None:
        if got.seq is not None:
            self.known.setdefault(got.seq, got.at)
        told_otherwise = got.official and got.seq is None
        finals = self.book.finals
        if self.final is None and (told_otherwise or (finals and finals <= self.known.keys())):
            self.final = got.at

    def _end_by_rest(self) -> None:
        """What came by HTTP tells of the end, too."""
        either = [
            min(each.get(number, inf) for each in (self.known, self.by_rest))
            for number in self.book.finals
        ]
        at = max(either, default=inf)
        if at < inf and (self.final is None or at < self.final):
            self.final = at

    def had(self, at: float) -> set[int]:
        """The numbers that had reached the client by then, in whatever way."""
        both = (*self.known.items(), *self.by_rest.items())
        return {number for number, when in both if when <= at}

    def _number(self, got: Got, said: int, link: int) -> None:
        """A number that a packet shows."""
        if said > self._last + 1:
            missing = [*range(self._last + 1, min(said, self._last + 1 + _MOST))]
            hole = Hole(missing, got.at, link)
            self.holes.append(hole)
            self._owner.update(dict.fromkeys(missing, hole))
            self._left[id(hole)] = len(missing)
        elif said in self._owner:
            hole = self._owner.pop(said)
            self._left[id(hole)] -= 1
            if not self._left[id(hole)]:
                hole.filled, hole.by = got.at, link
        self._last = max(self._last, said)

    def gaping(self, at: float) -> Hole | None:
        """The oldest hole that a client saw at a time."""
        for each in self.holes:
            if each.at <= at and (each.filled is None or each.filled > at):
                return each
        return None


def ranges(numbers: Iterable[int]) -> list[list[int]]:
    """Numbers as pairs of the first and the last of each run.

    >>> ranges([1, 2, 3, 7])
    [[1, 3], [7, 7]]
    """
    found = sorted(set(numbers))
    if not found:
        return []
    breaks = [place for place, (a, b) in enumerate(pairwise(found), 1) if b != a + 1]
    starts = [0, *breaks]
    ends = [*(each - 1 for each in breaks), len(found) - 1]
    return [[found[a], found[b]] for a, b in zip(starts, ends, strict=True)]
