"""tournaments: all tournaments, or those of a range of days and of a status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds._static import ends, in_order_of_start, is_near, starts
from mockdde.feeds.dde._query import (
    DATA_STATUS,
    DATES,
    data_status,
    dates,
    is_wanted,
)
from mockdde.feeds.dde._tournament import Days, tournament_object
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "Tournaments"]


class Tournaments:
    """The list, in the order of starts.

    Without days: the tournaments that start within a month either side of the day of the request.
    Each tournament of a mock has a play clock of its own, so that day is the one it has reached.
    With days: those that are played on one of them by plan.
    """

    NAME: ClassVar[str] = "dde/tournaments"
    PATH: ClassVar[str] = "/golf/tournaments"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "All tournaments: their dates, rounds and courses."
    QUERY: ClassVar[tuple[Parameter, ...]] = (*DATES, DATA_STATUS)

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = in_order_of_start(world)
        self._quirks = quirks
        self._days = Days()

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true on a new day, and when groups are drawn."""
        return self._days.apply(books, change)

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],
    ) -> list[dict[str, Any]]:
        """One element a tournament. RequestError where the query is wrong."""
        check_names(query, self.QUERY, self._quirks)
        asked, span = data_status(query), dates(query)
        return [
            tournament_object(books, listed=True)
            for books in self._world
            if is_wanted(books.tournament.scenario.tournament.data_status, asked)
            and _is_in(books, span)
        ]


def _is_in(books: Books, span: tuple[str, str] | None) -> bool:
    if span is None:
        return is_near(books)
    return starts(books.tournament) <= span[1] and ends(books.tournament) >= span[0]


FEED: type[DocumentFeed] = Tournaments
