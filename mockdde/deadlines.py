"""What each connection waits for next: one heap, one deadline a connection."""

from __future__ import annotations

import heapq
from itertools import count

from mockdde.subscriber import Subscriber

__all__ = ["Deadlines"]

_STALE = 100  # deadlines that nobody waits for any more, before they are swept out


class Deadlines:
    """Times are wire times; of those that are equal, who asked first is first."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Subscriber]] = []
        self._order = count()

    def __len__(self) -> int:
        return len(self._heap)

    @property
    def first(self) -> float:
        """The next deadline; infinity where nobody waits."""
        while self._heap and self._heap[0][2].deadline != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else float("inf")

    def pop(self) -> Subscriber:
        """Whose deadline is next; after ``first`` has found one."""
        return heapq.heappop(self._heap)[2]

    def set(self, subscriber: Subscriber, until: float | None, waiting: int) -> None:
        """A connection waits until then, or for nothing; so many connections there are."""
        subscriber.deadline = until
        if len(self._heap) > 2 * waiting + _STALE:
            self._heap = [each for each in self._heap if each[2].deadline == each[0]]
            heapq.heapify(self._heap)
        if until is not None:
            heapq.heappush(self._heap, (until, next(self._order), subscriber))
