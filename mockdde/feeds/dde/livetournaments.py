"""tournaments/live: the tournaments that are played now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds._static import ends, in_order_of_start, starts, today
from mockdde.feeds.dde._query import DATA_STATUS, data_status, is_wanted
from mockdde.feeds.dde._tournament import Days, tournament_object
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "LiveTournaments"]


class LiveTournaments:
    """The list; live is what quirk tournaments-live says."""

    NAME: ClassVar[str] = "dde/livetournaments"
    PATH: ClassVar[str] = "/golf/tournaments/live"
    KIND: ClassVar[str] = "document"
    WAITS: ClassVar[str] = "live"
    ABOUT: ClassVar[str] = "The tournaments that are played now."
    QUERY: ClassVar[tuple[Parameter, ...]] = (DATA_STATUS,)

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = in_order_of_start(world)
        self._quirks = quirks
        self._days = Days()

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true on a new day or status, and when groups are drawn."""
        return self._days.apply(books, change)

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],
    ) -> list[dict[str, Any]]:
        """One element a tournament. RequestError where the query is wrong."""
        check_names(query, self.QUERY, self._quirks)
        asked = data_status(query)
        return [
            tournament_object(books, listed=True)
            for books in self._world
            if is_wanted(books.tournament.scenario.tournament.data_status, asked)
            and self._is_live(books)
        ]

    def _is_live(self, books: Books) -> bool:
        if self._quirks["tournaments-live"] == "dates":
            return starts(books.tournament) <= today(books) <= ends(books.tournament)
        return books.status not in ("NotStarted", "Official")


FEED: type[DocumentFeed] = LiveTournaments
