"""entry-list of the live dialect: the teams of a tournament."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._static import Pending, team
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "EntryList"]


class EntryList:
    """One element a team, in the order of the field.

    In stroke play a player is a team; in match play each pairing of any round is one. Nothing says
    what has become of an entry, so all are here to the end, alternates too.
    """

    NAME: ClassVar[str] = "live/entry-list"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/entry-list"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The teams of a tournament with their players."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._pending = Pending(world)

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when an entry is verified, and so has a name."""
        return self._pending.apply(books, event)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The teams. RequestError where there is no such tournament."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        ids = Ids(books.tournament)
        return {"teams": [team(each, ids) for each in books.teams.values()]}


FEED: type[DocumentFeed] = EntryList
