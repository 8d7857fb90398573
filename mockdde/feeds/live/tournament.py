"""tournaments/{tournament} of the live dialect: one tournament."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds.live._tournament import Turns, tournament_object
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "OneTournament"]


class OneTournament:
    """The object, in no envelope and no array."""

    NAME: ClassVar[str] = "live/tournament"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "One tournament: its dates, status, rounds and courses."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._turns = Turns(world)

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when a status is another one, and at some draws."""
        return self._turns.apply(books, change)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The tournament. RequestError where there is none."""
        check_names(query, self.QUERY, self._quirks)
        return tournament_object(find(self._world, params["tournament"], self._quirks))


FEED: type[DocumentFeed] = OneTournament
