"""What the two streams of live events share: ledgers that are kept once somebody asks for them.

A round of 156 players has some fifty thousand events. Who never asks for this dialect does not pay
for it: a stream sleeps until somebody opens it, or asks REST for it, and is then told from the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from mockdde.books import Books
from mockdde.feeds import Packet
from mockdde.feeds.live._envelope import EVENT
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._ledger import Ledger
from mockdde.log import Event

__all__ = ["Ledgers"]


class Ledgers:
    """The ledgers of a tournament by path, and how many messages each has had."""

    def __init__(self, books: Books, ids: Ids) -> None:
        self._books, self._ids = books, ids
        self._awake: dict[str, Ledger] = {}
        self._counts: dict[str, int] = {}

    def wake(self, path: str, sport_event: str, so_far: Iterator[Event]) -> Iterator[Packet]:
        """Begin a stream: what it has had, of the events of its round or match by now."""
        if path not in self._awake:
            self._awake[path] = Ledger(self._books, self._ids, sport_event)
            for event in so_far:
                yield from self.apply(path, event)

    def apply(self, path: str, event: Event) -> Iterator[Packet]:
        """The messages that an event adds to its stream, where that is awake."""
        ledger = self._awake.get(path)
        return iter(()) if ledger is None else ledger.apply(event)

    def mark(self, packet: Packet) -> tuple[int, str]:
        """A message's place in its stream, from 1, and the last word of its type."""
        sport_event = packet["data"]["sport_event"]["id"]
        self._counts[sport_event] = count = self._counts.get(sport_event, 0) + 1
        return count, packet["data"]["type"].removeprefix(f"{EVENT}.")
