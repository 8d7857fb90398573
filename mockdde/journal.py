"""The journal: what clients did and what was done to them, in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

__all__ = ["Entry", "Journal"]

_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing noted; ``at`` is wire time in seconds since 1970."""

    at: float
    event: str  # opened, accepted, ignored, request, play, fault, stalled …
    connection: int | None
    path: str
    detail: str

    @property
    def is_routine(self) -> bool:
        """Whether it is only a request that was answered as asked."""
        return self.event == "request" and self.detail == "200"

    def repeats(self, other: Entry) -> bool:
        """Whether both tell the same, but for the time."""
        return (self.event, self.path, self.detail) == (other.event, other.path, other.detail)

    def as_json(self) -> dict[str, Any]:
        """The entry as ``serve --json`` and the control API print it."""
        return {key: value for key, value in asdict(self).items() if value not in (None, "")}


class Journal:
    """The last ten thousand entries, and whoever wants to hear of each new one."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self.listeners: list[Callable[[Entry], None]] = []

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def note(
        self, at: float, event: str, path: str, detail: str = "", connection: int | None = None
    ) -> None:
        """Write an entry and tell the listeners."""
        entry = Entry(round(at, 6), event, connection, path, detail)
        # Clients poll every second: of the same answer again and again the last one is kept.
        if entry.is_routine and self._entries and self._entries[-1].repeats(entry):
            self._entries.pop()
        self._entries.append(entry)
        for listener in self.listeners:
            listener(entry)
