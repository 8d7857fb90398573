"""match-play-schedule: the matches of a tournament and their tee times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds._static import Slot, slots
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._schedule import Drawn, slot_keys
from mockdde.feeds.live._static import find_of_play
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "MatchPlaySchedule"]


class MatchPlaySchedule:
    """One element a match, of all rounds drawn so far, in the order of play and of the draw."""

    NAME: ClassVar[str] = "live/match-play-schedule"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/match-play-schedule"
    KIND: ClassVar[str] = "document"
    PLAY: ClassVar[str] = "match"
    INSTEAD: ClassVar[str] = "ask for its stroke-play-schedule"
    ABOUT: ClassVar[str] = "The matches and tee times of all rounds that are drawn."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._drawn = Drawn(world, type(self))

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true at a draw, and when a match starts, ends or goes on again."""
        return self._drawn.apply(books, event, change)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The matches. RequestError where there is no such tournament, or it is stroke play."""
        check_names(query, self.QUERY, self._quirks)
        books = find_of_play(self._world, params, self._quirks, self)
        if books is None:
            return {"matches": []}
        ids = Ids(books.tournament)
        return {"matches": [_element(books, ids, each) for each in slots(books)]}


def _element(books: Books, ids: Ids, slot: Slot) -> dict[str, Any]:
    number = ids.match(slot.group.match)
    own = {"match_id": number, "sr_match_id": urn("match", number)}
    return own | slot_keys(books, ids, slot)


FEED: type[DocumentFeed] = MatchPlaySchedule
