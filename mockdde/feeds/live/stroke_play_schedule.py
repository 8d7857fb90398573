"""stroke-play-schedule: the groups of a tournament and their tee times."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

__all__ = ["FEED", "StrokePlaySchedule"]


class StrokePlaySchedule:
    """One element a group, of all rounds drawn so far, in the order of play and of the draw."""

    NAME: ClassVar[str] = "live/stroke-play-schedule"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/stroke-play-schedule"
    KIND: ClassVar[str] = "document"
    PLAY: ClassVar[str] = "stroke"
    INSTEAD: ClassVar[str] = "ask for its match-play-schedule"
    ABOUT: ClassVar[str] = "The groups and tee times of all rounds that are drawn."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._drawn = Drawn(world, type(self))

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true at a draw, and when a group starts, ends or gets a name."""
        return self._drawn.apply(books, event, change)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The groups. RequestError where there is no such tournament, or it is match play."""
        check_names(query, self.QUERY, self._quirks)
        books = find_of_play(self._world, params, self._quirks, self)
        if books is None:
            return {"groups": []}
        ids = Ids(books.tournament)
        found = [_element(books, ids, each) for each in slots(books)]
        if books.tournament.quirks["live-schedule-team"] == "string":
            _spell_as_the_sample(each for element in found for each in element["teams"])
        return {"groups": found}


def _element(books: Books, ids: Ids, slot: Slot) -> dict[str, Any]:
    group = slot.group
    own = {"sr_group_id": ids.group(group), "group_number": group.no}
    return own | slot_keys(books, ids, slot)


def _spell_as_the_sample(teams: Iterable[dict[str, Any]]) -> None:
    for each in teams:
        each["sr_team_id"] = urn("team", each["team_id"])
        each["team_id"] = str(each["team_id"])


FEED: type[DocumentFeed] = StrokePlaySchedule
