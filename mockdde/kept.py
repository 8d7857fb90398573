"""Bodies of answers, kept as long as what they were made of is the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable

__all__ = ["Kept"]

_MOST = 16 * 1024 * 1024  # bytes of all bodies


class Kept:
    """By a key each; those that were asked for least lately go when there are too many."""

    def __init__(self) -> None:
        self._bodies: dict[Hashable, tuple[object, bytes]] = {}
        self._bytes = 0

    def body(self, key: Hashable, made_of: object, make: Callable[[], bytes]) -> bytes:
        """The same object as before where ``made_of`` is equal to what it was then."""
        found = self._bodies.pop(key, None)
        if found is not None and found[0] != made_of:
            self._bytes -= len(found[1])
            found = None
        if found is None:
            found = (made_of, make())
            self._bytes += len(found[1])
        self._bodies[key] = found  # at the end: it was asked for last
        while self._bytes > _MOST and len(self._bodies) > 1:
            self._bytes -= len(self._bodies.pop(next(iter(self._bodies)))[1])
        return found[1]
