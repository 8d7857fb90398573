"""match-play-squads: the sides of a team match, such as the Ryder Cup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._people import listed
from mockdde.feeds.live._static import find_of_play
from mockdde.golf import Squad
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "MatchPlaySquads"]


class MatchPlaySquads:
    """One element a squad, in the order of the scenario; match play without squads has none."""

    NAME: ClassVar[str] = "live/match-play-squads"
    PATH: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/match-play-squads"
    KIND: ClassVar[str] = "document"
    PLAY: ClassVar[str] = "match"
    INSTEAD: ClassVar[str] = "only match play has squads"
    ABOUT: ClassVar[str] = "The sides of a team match; empty where no squads play."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; none changes who is of a squad."""
        return False

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> dict[str, Any]:
        """The sides. RequestError where there is no such tournament, or it is stroke play."""
        check_names(query, self.QUERY, self._quirks)
        books = find_of_play(self._world, params, self._quirks, self)
        if books is None:
            return {"squads": []}
        ids = Ids(books.tournament)
        return {"squads": [_squad(each, ids) for each in books.tournament.squads]}


def _squad(squad: Squad, ids: Ids) -> dict[str, Any]:
    number = ids.squad(squad.no)
    return {
        "squad_id": number,
        "sr_squad_id": urn("competitor", number),
        "name": squad.name,
        "players": [listed(each) for each in squad.players],
    }


FEED: type[DocumentFeed] = MatchPlaySquads
