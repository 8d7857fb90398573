"""liveevents: the groups in play now, so that a client knows which sockets to open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.golf import Group, Player, Team
from mockdde.log import Event
from mockdde.moments import local_clock
from mockdde.quirks import Quirks
from mockdde.world import Tournament

__all__ = ["FEED", "LiveEvents"]


class LiveEvents:
    """The fold: a team is in it from RoundStarted until RoundOfficial."""

    NAME: ClassVar[str] = "dde/liveevents"
    PATH: ClassVar[str] = "/golf/tournaments/liveevents"
    KIND: ClassVar[str] = "document"

    def __init__(self, tournaments: Sequence[Tournament], quirks: Quirks) -> None:
        self._tournaments = tournaments
        self._quirks = quirks
        self._live: set[tuple[int, int, int]] = set()  # tournament, round, team

    def apply(self, tournament: Tournament, event: Event) -> bool:
        """Take in an event; true when a team came or went."""
        key = (tournament.id, event.round, event.team)
        match event.what:
            case log.RoundStarted():
                self._live.add(key)
            case log.RoundOfficial():
                self._live.discard(key)
            case _:
                return False
        return True

    def document(self) -> list[dict[str, Any]]:
        """One element a group, in the order of tournaments, rounds and groups."""
        return [
            self._element(tournament, group, teams)
            for tournament in self._tournaments
            for groups in tournament.groups.values()
            for group in groups
            if (teams := self._teams(tournament, group))
        ]

    def _teams(self, tournament: Tournament, group: Group) -> list[tuple[int, Team]]:
        return [
            (place, tournament.teams[no])
            for place, no in enumerate(group.teams)
            if (tournament.id, group.round, no) in self._live
        ]

    def _element(
        self, tournament: Tournament, group: Group, teams: list[tuple[int, Team]]
    ) -> dict[str, Any]:
        offset = tournament.scenario.tournament.utc_offset
        utc = self._quirks["start-time"] == "utc"
        return {
            "tournamentId": tournament.id,
            "startTime": {
                "status": "StartsAt",
                "time": local_clock(group.tee_time, offset, utc=utc),
            },
            "roundNo": group.round,
            "tournamentName": tournament.name,
            "group": {
                "groupNo": group.no,
                "teams": [
                    {
                        "teamNo": team.no,
                        "players": [_player(each) for each in team.players],
                        "orderOfPlayWithinGroup": place,
                    }
                    for place, team in teams
                ],
                "featureGroup": False,
            },
        }


def _player(of: Player) -> dict[str, Any]:
    return {
        "playerId": of.id,
        "displayName": of.display_name,
        "playerPGATourId": of.pga_id,
        "playerEuropeanTourId": of.european_id,
        "playerLPGATourId": of.lpga_id,
        "playerRandAId": of.randa_id,
        "firstName": of.first_name,
        "lastName": of.last_name,
        "country": of.country,
        "isAmateur": of.is_amateur,
        "status": "Playing",
    }


FEED = LiveEvents
