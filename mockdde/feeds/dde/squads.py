"""squads: the sides of a team match; there are none in stroke play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds.dde._query import check_names
from mockdde.feeds.dde._static import find
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "Squads"]


class Squads:
    """Nothing as yet: every tournament is one of stroke play."""

    NAME: ClassVar[str] = "dde/squads"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/squads"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The sides of a team match; empty in stroke play."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; none changes the sides."""
        return False

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The sides. RequestError where there is no such tournament, and by squads-stroke-play."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        answer = books.tournament.quirks["squads-stroke-play"]
        if answer != "array":
            message = f"tournament {books.tournament.id} is stroke play; match play has squads"
            raise RequestError(int(answer), message)
        return []


FEED: type[DocumentFeed] = Squads
