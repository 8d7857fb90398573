"""squads: the sides of a team match, such as the Ryder Cup; no other tournament has any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde.books import Books, Change
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds.dde._static import tour_ids
from mockdde.golf import Player, Squad
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["FEED", "Squads"]

# As in the sample; it breaks off after status.
_KEYS = (
    "displayName",
    "playerPGATourId",
    "playerEuropeanTourId",
    "country",
    "isAmateur",
    "lastName",
    "firstName",
    "status",
    "playerId",
    "playerLPGATourId",
    "playerRandAId",
)


class Squads:
    """One element a squad, in the order of the scenario; match play without squads has none."""

    NAME: ClassVar[str] = "dde/squads"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/squads"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The sides of a team match; empty where no squads play."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._statuses = {books.tournament.id: _statuses(books) for books in world}

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when the status of a player is another one."""
        if not (books.tournament.squads and change.board):
            return False
        before, now = self._statuses[books.tournament.id], _statuses(books)
        self._statuses[books.tournament.id] = now
        return now != before

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The sides. RequestError where there is no such tournament, and by squads-stroke-play."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        tournament = books.tournament
        if tournament.is_match_play:
            statuses = self._statuses[tournament.id]
            return [_squad(each, statuses, tournament.quirks) for each in tournament.squads]
        answer = tournament.quirks["squads-stroke-play"]
        if answer != "array":
            message = f"tournament {tournament.id} is stroke play; match play has squads"
            raise RequestError(int(answer), message)
        return []


def _statuses(books: Books) -> dict[int, str]:
    """The status of each player of a squad by id: Playing once any team of the player's was."""
    found: dict[int, str] = {}
    for team in books.teams.values() if books.tournament.squads else ():
        for player in team.team.players:
            if found.get(player.id) != "Playing":
                found[player.id] = team.status
    return found


def _squad(squad: Squad, statuses: Mapping[int, str], quirks: Quirks) -> dict[str, Any]:
    return {
        "squadNo": squad.no,
        "squadName": squad.name,
        "players": [
            _player(each, statuses.get(each.id, "Entered"), quirks) for each in squad.players
        ],
    }


def _player(player: Player, status: str, quirks: Quirks) -> dict[str, Any]:
    keys = {
        "displayName": player.display_name,
        "country": player.country,
        "isAmateur": player.is_amateur,
        "lastName": player.last_name,
        "firstName": player.first_name,
        "status": status,
        "playerId": player.id,
        **tour_ids(player, quirks),
    }
    return {key: keys[key] for key in _KEYS if key in keys}


FEED: type[DocumentFeed] = Squads
