"""What each connection waits for next: one heap, one deadline for each who waits."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count
from typing import Protocol

__all__ = ["Alarm", "Deadlines", "Waiting"]

_STALE = 100  # deadlines that nobody waits for any more, before they are swept out


class Waiting(Protocol):
    """Whoever waits; the time it waits for is its ``deadline``."""

    deadline: float | None


class Alarm:
    """A call that is made at its time."""

    def __init__(self, call: Callable[[float], None]) -> None:
        self.deadline: float | None = None
        self.call = call


class Deadlines:
    """Times are wire times; of those that are equal, who asked first is first."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Waiting]] = []
        self._order = count()

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def first(self) -> float:
        """The next deadline; infinity where nobody waits."""
        while self._heap and self._heap[0][2].deadline != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else float("inf")

    def pop(self) -> Waiting:
        """Whose deadline is next; after ``first`` has found one."""
        return heapq.heappop(self._heap)[2]

    def set(self, who: Waiting, until: float | None, waiting: int) -> None:
        """Who waits until then, or for nothing any more; about so many wait."""
        who.deadline = until
        if len(self._heap) > 2 * waiting + _STALE:
            self._heap = [each for each in self._heap if each[2].deadline == each[0]]
            heapq.heapify(self._heap)
        if until is not None:
            heapq.heappush(self._heap, (until, next(self._order), who))
