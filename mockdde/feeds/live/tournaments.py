"""tournaments of the live dialect: those of a range of starts, of a status, of a data type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final, NamedTuple

from mockdde.books import Books, Change
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, day_of, word_of
from mockdde.feeds._static import in_order_of_start, is_near, starts
from mockdde.feeds.live._statuses import TOURNAMENT_STATUSES, tournament_status
from mockdde.feeds.live._tournament import DATA_TYPES, Turns, data_type, tournament_object
from mockdde.log import Event
from mockdde.moments import HOUR
from mockdde.quirks import Quirks

__all__ = ["FEED", "Tournaments"]

_DAY: Final = 24 * HOUR
_DATE: Final = {"type": "string", "format": "date", "examples": ["2025-04-15"]}


class _Asked(NamedTuple):
    """The parameters; None: any."""

    first: str | None
    last: str | None
    status: str | None
    data_type: str | None


class Tournaments:
    """The list, in the order of starts.

    Both days are of starts, and either can be given alone. Without them: the tournaments that start
    within a month either side of today (quirk live-default-dates). Each tournament of a mock has a
    play clock of its own, so today is the day that it has reached.
    """

    NAME: ClassVar[str] = "live/tournaments"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "All tournaments: their dates, status, rounds and courses."
    QUERY: ClassVar[tuple[Parameter, ...]] = (
        Parameter("date_from", "Only tournaments that start on this day or after it.", _DATE),
        Parameter("date_to", "Only tournaments that start on this day or before it.", _DATE),
        Parameter(
            "status",
            "Only tournaments of this status.",
            {"type": "string", "enum": list(TOURNAMENT_STATUSES)},
        ),
        Parameter(
            "data_type",
            "Only tournaments of this data type.",
            {"type": "string", "enum": list(DATA_TYPES)},
        ),
    )

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = in_order_of_start(world)
        self._quirks = quirks
        self._turns = Turns(world)
        self._near = {books: (books.moment // _DAY, is_near(books)) for books in world}

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when a tournament is another one, or near, or not any more."""
        turned, (last, before) = self._turns.apply(books, change), self._near[books]
        if books.moment // _DAY == last:
            return turned
        now = is_near(books)
        self._near[books] = (books.moment // _DAY, now)
        return turned or now != before

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],
    ) -> dict[str, Any]:
        """One element a tournament. RequestError where the query is wrong."""
        check_names(query, self.QUERY, self._quirks)
        asked = _asked(query)
        everywhen = bool(query) and self._quirks["live-default-dates"] == "no-parameters"
        anywhen = everywhen or not (asked.first is None and asked.last is None)
        return {
            "tournaments": [
                tournament_object(books)
                for books in self._world
                if _is_wanted(books, asked) and (anywhen or is_near(books))
            ]
        }


def _asked(query: Mapping[str, str]) -> _Asked:
    first, last = day_of(query, "date_from"), day_of(query, "date_to")
    if first is not None and last is not None and first > last:
        message = f"date_from {first} is after date_to {last}; the earlier one is first"
        raise RequestError(400, message)
    return _Asked(
        first,
        last,
        word_of(query, "status", TOURNAMENT_STATUSES),
        word_of(query, "data_type", DATA_TYPES),
    )


def _is_wanted(books: Books, asked: _Asked) -> bool:
    start, kind = starts(books.tournament), data_type(books.tournament)
    return (
        kind in DATA_TYPES
        and (asked.first is None or start >= asked.first)
        and (asked.last is None or start <= asked.last)
        and asked.status in (None, tournament_status(books))
        and asked.data_type in (None, kind)
    )


FEED: type[DocumentFeed] = Tournaments
