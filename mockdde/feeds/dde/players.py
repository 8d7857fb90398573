"""players: everybody who enters any tournament, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds._static import everybody
from mockdde.feeds.dde._query import PAGING, page
from mockdde.feeds.dde._static import names, tour_ids
from mockdde.golf import Player
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "Players"]


class Players:
    """Each player once, in the order of ids; a page beyond the last one is empty."""

    NAME: ClassVar[str] = "dde/players"
    PATH: ClassVar[str] = "/golf/players"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The players of all tournaments, a page at a time."
    WAITS: ClassVar[str] = "none"
    QUERY: ClassVar[tuple[Parameter, ...]] = PAGING

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
    ) -> list[dict[str, Any]]:
        """One element a player. RequestError where the query is wrong."""
        check_names(query, self.QUERY, self._quirks)
        asked = page(query)
        first = asked.results * (asked.number - 1)
        return [self._player(each) for each in self._players[first : first + asked.results]]

    def _player(self, of: Player) -> dict[str, Any]:
        ranking = self._quirks["player-ranking"] == "null"
        return {
            "playerId": of.id,
            **tour_ids(of, self._quirks),
            **names(of),
            "country": of.country,
            "isAmateur": of.is_amateur,
            "isActive": True,
            "gender": of.gender,
            "dateOfBirth": of.born,
            **({"europeanTourRanking": None} if ranking else {}),
        }


FEED: type[DocumentFeed] = Players
