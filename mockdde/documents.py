"""The documents of a world: folded with every event, encoded once until an event changes them.

An event changes them where it changes the books, or is the first of a day: no feed hears of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson

from mockdde.books import Books
from mockdde.broadcast import Step
from mockdde.feeds import DocumentFeed, document_feeds
from mockdde.moments import HOUR
from mockdde.quirks import Quirks

__all__ = ["Documents"]

_DAY = 24 * HOUR
_KEPT = 256  # encoded documents of one feed; a query may be anything
_Key = tuple[tuple[tuple[str, int], ...], tuple[tuple[str, str], ...]]


class Documents:
    """Every feed of documents, over all tournaments."""

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._quirks = quirks
        self._feeds = {feed: feed(world, quirks) for feed in document_feeds()}
        self._encoded: dict[type[DocumentFeed], dict[_Key, bytes]] = {
            feed: {} for feed in self._feeds
        }
        self._days: dict[Books, int] = {}  # of the last event

    def change_world(self, world: Sequence[Books]) -> None:
        """There are other tournaments now, or one has new books; the other books have gone on."""
        self._days.clear()
        for feed, before in self._feeds.items():
            self._feeds[feed] = now = feed(world, self._quirks)
            if (follow := getattr(now, "follow", None)) is not None:
                follow(before)
            self._encoded[feed].clear()

    def apply(self, books: Books, step: Step) -> None:
        """Take in an event after the books did."""
        day = books.moment // _DAY
        if not any(step.change) and self._days.get(books) == day:
            return
        self._days[books] = day
        for feed, own in self._feeds.items():
            if own.apply(books, step.event, step.change):
                self._forget(feed, books.tournament.id)

    def _forget(self, feed: type[DocumentFeed], tournament: int) -> None:
        """The documents of a tournament are others now, and those of all tournaments."""
        kept = self._encoded[feed]
        for key in [*kept]:
            if ("tournament", tournament) in key[0] or "{tournament}" not in feed.PATH:
                del kept[key]

    def encoded(
        self, feed: type[DocumentFeed], params: Mapping[str, int], query: Mapping[str, str]
    ) -> bytes:
        """A document as it is now. RequestError where there is none or the query is wrong."""
        kept = self._encoded[feed]
        key = (tuple(sorted(params.items())), tuple(sorted(query.items())))
        if key not in kept:
            body = orjson.dumps(self._feeds[feed].document(params, query))
            if len(kept) >= _KEPT:
                del kept[next(iter(kept))]
            kept[key] = body
        return kept[key]
