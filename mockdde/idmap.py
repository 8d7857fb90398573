"""Which id of the DDE feed is which of the live dialect: all of a tournament, as known now."""

from __future__ import annotations

from typing import Any

from mockdde.books import Books
from mockdde.feeds.dde._keys import turned_id
from mockdde.feeds.live._ids import Ids, urn
from mockdde.fixtures import round_numbers
from mockdde.golf import Player, Squad, Team
from mockdde.world import Tournament

__all__ = ["id_map"]


def id_map(books: Books) -> dict[str, Any]:
    """Each thing as ``dde``, ``live`` and ``sr``, an SR id; nothing is told for it.

    Rounds and matches are all that there may be; groups are those that are drawn by now, and none
    in match play, where they are the matches. ``turned`` is a group's DDE id from the turn on, as
    quirk ``group-id`` has it.
    """
    tournament = books.tournament
    ids = Ids(tournament)
    rounds = dict.fromkeys([*round_numbers(tournament), *books.rounds])
    turns = tournament.quirks["group-id"] == "changes"
    groups = [group for book in books.rounds.values() for group in book.groups if not group.match]
    return {
        "tournament": _both("stage", tournament.id, tournament.id, name=tournament.name),
        "rounds": [_both("stage", no, ids.round(no)) for no in rounds],
        "teams": [_both("competitor", no, ids.team(no)) for no in tournament.teams],
        "squads": [
            _both("competitor", each.no, ids.squad(each.no), name=each.name)
            for each in tournament.squads
        ],
        "matches": [_both("match", no, ids.match(no)) for no in tournament.match_numbers],
        "players": [
            _both("competitor", no, no, name=each.display_name)
            for no, each in _players(tournament).items()
        ],
        "courses": [
            _both("venue", each.id, each.id, name=each.name) for each in tournament.courses
        ],
        "groups": [
            _both(
                "group_match",
                each.id,
                each.id,
                turned=turned_id(each) if turns else each.id,
                round=each.round,
                number=each.no,
            )
            for each in groups
        ],
    }


def _players(tournament: Tournament) -> dict[int, Player]:
    """All players by their ids; in match play one may be in several teams, or in none yet."""
    sides: list[Team | Squad] = [*tournament.teams.values(), *tournament.squads]
    return {each.id: each for side in sides for each in side.players}


def _both(kind: str, dde: int, live: int, **more: object) -> dict[str, Any]:
    return {"dde": dde, "live": live, "sr": urn(kind, live), **more}
