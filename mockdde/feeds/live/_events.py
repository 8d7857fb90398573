"""What the two streams of live events share: ledgers that are kept once somebody asks for them.

A round of 156 players has some fifty thousand events. Who never asks for this dialect does not pay
for it: a stream sleeps until somebody opens it, or asks REST for it, and is then told from the log.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockdde.books import Books
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._ledger import Ledger
from mockdde.log import Event

__all__ = ["Ledgers"]


class Ledgers:
    """The ledgers of a tournament; those that are ``awake`` by the number of the round or match."""

    def __init__(self, books: Books, ids: Ids, feed: StreamFeed) -> None:
        self._books, self._ids, self._feed = books, ids, feed
        self.awake: dict[int, Ledger] = {}

    def wake(
        self, number: int, path: str, sport_event: str, so_far: Iterator[Sequence[Event]]
    ) -> Iterator[Sequence[Sent]]:
        """Begin a stream: what it has had by now, of some events at a time.

        It is awake once all of that was asked for; till then ``so_far`` may grow.
        """
        if number in self.awake:
            return
        ledger = Ledger(self._books, self._ids, sport_event, path, self._feed)
        for some in so_far:
            yield [sent for event in some for sent in ledger.apply(event)]
        self.awake[number] = ledger
