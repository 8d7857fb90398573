"""players of the live dialect: everybody who enters any tournament."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds._static import everybody
from mockdde.feeds.live._people import listed
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "Players"]


class Players:
    """Each player once, in the order of ids; the page shows no paging."""

    NAME: ClassVar[str] = "live/players"
    PATH: ClassVar[str] = "/golf/rest/v1/players"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The players of all tournaments."
    WAITS: ClassVar[str] = "none"
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._quirks = quirks
        self._players = everybody(world)

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; none changes who a player is."""
        return False

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],
    ) -> dict[str, Any]:
        """One element a player. RequestError where there is a query."""
        check_names(query, self.QUERY, self._quirks)
        return {
            "players": [
                listed(each) | {"gender": each.gender, "birthdate": each.born}
                for each in self._players
            ]
        }


FEED: type[DocumentFeed] = Players
