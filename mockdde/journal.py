"""The journal: what clients did and what was done to them, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict
from fnmatch import fnmatchcase
from typing import Any

from mockdde.records import dataclass, replace

__all__ = ["Entry", "Journal", "Selection"]

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing noted; ``at`` is wire time in seconds since 1970, ``number`` counts from 1.

    ``times`` is how many of the same came one after the other; the others are not kept.
    """

    at: float
    event: str  # opened, said, accepted, ignored, request, play, fault, stalled …
    connection: int | None
    path: str
    detail: str
    number: int = 0
    times: int = 1

    @property
    def is_routine(self) -> bool:
        """Whether it is only a request that was answered as asked."""
        return self.event == "request" and self.detail == "200"

    def repeats(self, other: Entry) -> bool:
        """Whether both tell the same, but for the time."""
        return (self.event, self.path, self.detail) == (other.event, other.path, other.detail)

    def as_json(self) -> dict[str, Any]:
        """The entry as ``serve --json`` and the control API print it."""
        said = {key: value for key, value in asdict(self).items() if value not in (None, "")}
        if self.times == 1:
            del said["times"]
        return said


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries are meant; ``event`` and ``path`` are patterns, of a path its end will do."""

    event: str = "*"
    path: str = "*"
    connection: int | None = None
    since: int = 0  # only those after the entry of this number

    def fits(self, entry: Entry) -> bool:
        """Whether an entry is meant."""
        return (
            entry.number > self.since
            and self.connection in (None, entry.connection)
            and fnmatchcase(entry.event, self.event)
            and (fnmatchcase(entry.path, self.path) or fnmatchcase(entry.path, f"*/{self.path}"))
        )

    def count(self, entry: Entry) -> int:
        """How often what an entry tells has happened since; 0 where it is not meant."""
        return min(entry.times, entry.number - self.since) if self.fits(entry) else 0


class Journal:
    """The last ten thousand entries, and whoever wants to hear of each new one."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._number = 0
        self.listeners: list[Callable[[Entry], None]] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def note(
        self, at: float, event: str, path: str, detail: str = "", connection: int | None = None
    ) -> None:
        """Write an entry and tell the listeners."""
        self._number += 1
        entry = Entry(round(at, 6), event, connection, path, detail, self._number)
        # Clients poll every second: of the same answer again and again the last one is kept.
        if entry.is_routine and self._entries and self._entries[-1].repeats(entry):
            entry = replace(entry, times=self._entries.pop().times + 1)
        self._entries.append(entry)
        for listener in [*self.listeners]:
            listener(entry)

    def clear(self) -> None:
        """Nothing is kept; numbers go on."""
        self._entries.clear()
