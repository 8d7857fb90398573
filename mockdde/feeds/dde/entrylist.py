"""entrylist: who enters a tournament, and what has become of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds.dde._static import Statuses, entrant
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook

__all__ = ["FEED", "EntryList"]


class EntryList:
    """One element a team, in the order of the field."""

    NAME: ClassVar[str] = "dde/entrylist"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/entrylist"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The teams of a tournament, with the status of each player."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._statuses = Statuses(world)

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true when the status of a team is another one, or who it is."""
        return self._statuses.apply(books, event, change)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The teams. RequestError where there is no such tournament."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        quirks = books.tournament.quirks
        return [
            {quirks["entry-team"]: no, "players": _players(team, quirks)}
            for no, team in books.teams.items()
        ]


def _players(team: TeamBook, quirks: Quirks) -> list[dict[str, Any]]:
    pending = {"pending": team.pending} if quirks["entry-pending"] == "present" else {}
    return [entrant(team, each, quirks) | pending for each in team.team.players]


FEED: type[DocumentFeed] = EntryList
