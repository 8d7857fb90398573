"""tournaments/{tournament}: one tournament, with its startDate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds.dde._tournament import tournament_object
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "OneTournament"]


class OneTournament:
    """The object; a tournament of any data status has one."""

    NAME: ClassVar[str] = "dde/tournament"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "One tournament: its dates, rounds and courses."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when groups are drawn: a tee time, or a playoff."""
        return bool(change.draw)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The tournament. RequestError where there is none."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        return tournament_object(books, listed=False)


FEED: type[DocumentFeed] = OneTournament
