"""liveevents: the groups in play now, so that a client knows which sockets to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.golf import Group, Player, Team
from mockdde.log import Event
from mockdde.moments import local_clock
from mockdde.quirks import Quirks
from mockdde.world import Tournament

__all__ = ["FEED", "LiveEvents"]


class LiveEvents:
    """The fold: a team is in it from RoundStarted until RoundOfficial (quirk live-until)."""

    ABOUT: ClassVar[str] = "The groups in play now, of all tournaments."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    NAME: ClassVar[str] = "dde/liveevents"
    PATH: ClassVar[str] = "/golf/tournaments/liveevents"
    KIND: ClassVar[str] = "document"

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._tournaments = [books.tournament for books in world]
        self._quirks = quirks
        self._live: set[tuple[int, int, int]] = set()  # tournament, round, team
        self._left: dict[tuple[int, int], str] = {}  # tournament and player: Withdrawn …
        until = quirks["live-until"]
        self._last = log.RoundFinished if until == "RoundFinished" else log.RoundOfficial

    def apply(self, books: Books, event: Event, change: Change) -> bool:  # noqa: ARG002
        """Take in an event; true when a team came or went, or a player's status changed."""
        tournament = books.tournament
        key = (tournament.id, event.round, event.team)
        match event.what:
            case log.RoundStarted():
                self._live.add(key)
            case log.HoleFinished(reason):
                return self._keeps(tournament.id, event.player, reason)
            case log.RoundFinished() | log.RoundOfficial() if isinstance(event.what, self._last):
                self._live.discard(key)
            case _:
                return False
        return True

    def _keeps(self, tournament_id: int, player: int, reason: str) -> bool:
        """Whether a player's status is another one now: a hole sent again may take it back."""
        before = self._left.pop((tournament_id, player), "BallHoled")
        if reason != "BallHoled":
            self._left[tournament_id, player] = reason
        return reason != before

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],  # noqa: ARG002
    ) -> list[dict[str, Any]]:
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
        feature = self._quirks["feature-group"]
        shows = feature == "always" or (feature == "pga" and tournament.tour == "PGA tour")
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
                        "players": [self._player(tournament, each) for each in team.players],
                        "orderOfPlayWithinGroup": place,
                    }
                    for place, team in teams
                ],
                **({"featureGroup": False} if shows else {}),
            },
        }

    def _player(self, tournament: Tournament, of: Player) -> dict[str, Any]:
        return {
            "playerId": of.id,
            "displayName": of.display_name,
            "playerPGATourId": self._tour_id(of.pga_id),
            "playerEuropeanTourId": self._tour_id(of.european_id),
            "playerLPGATourId": self._tour_id(of.lpga_id),
            "playerRandAId": self._tour_id(of.randa_id),
            "firstName": of.first_name,
            "lastName": of.last_name,
            "country": of.country,
            "isAmateur": of.is_amateur,
            "status": self._left.get((tournament.id, of.id), "Playing"),
        }

    def _tour_id(self, text: str | None) -> str | int | None:
        return int(text) if text and self._quirks["tour-ids"] == "integer" else text


FEED: type[DocumentFeed] = LiveEvents
