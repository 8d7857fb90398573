"""liveevents: the groups in play now, so that a client knows which sockets to open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names
from mockdde.feeds.dde._static import Statuses, entrant, feature_group, start_time
from mockdde.golf import Group
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook

__all__ = ["FEED", "LiveEvents"]


class LiveEvents:
    """The fold: a team or match is in it from RoundStarted until RoundOfficial (live-until)."""

    ABOUT: ClassVar[str] = "The groups and matches in play now, of all tournaments."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    NAME: ClassVar[str] = "dde/liveevents"
    PATH: ClassVar[str] = "/golf/tournaments/liveevents"
    KIND: ClassVar[str] = "document"
    WAITS: ClassVar[str] = "live"

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._statuses = Statuses(world)
        # Tournament, round and team; or tournament, 0 and match.
        self._live: set[tuple[Books, int, int]] = set()
        until = quirks["live-until"]
        self._last = log.RoundFinished if until == "RoundFinished" else log.RoundOfficial

    def follow(self, before: LiveEvents) -> None:
        """Go on with what is live of those tournaments that stay."""
        self._live = {each for each in before._live if each[0] in self._world}

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true when a team came or went, or a player's status changed."""
        moved = self._statuses.apply(books, event, change)
        match event.what:
            case log.RoundStarted():
                self._live.add(_outing(books, event))
            case log.RoundFinished() | log.RoundOfficial() if isinstance(event.what, self._last):
                self._live.discard(_outing(books, event))
            case _:
                return (moved or bool(change.draw)) and self._shows(books, event, change)
        return True

    def _shows(self, books: Books, event: Event, change: Change) -> bool:
        """Whether any of whom an event is about is in play."""
        if books.tournament.is_match_play:
            return any(each[0] is books for each in self._live)
        match event.what:
            case log.Drawn():
                return any((books, change.draw) == each[:2] for each in self._live)
            case log.CutMade(out=teams):
                return any(each[0] is books and each[2] in teams for each in self._live)
        return any((books, change.team) == each[::2] for each in self._live)

    def document(
        self,
        params: Mapping[str, int],  # noqa: ARG002
        query: Mapping[str, str],
    ) -> list[dict[str, Any]]:
        """One element a group or match, in the order of tournaments, rounds and groups."""
        check_names(query, self.QUERY, self._quirks)
        return [
            self._element(books, group, teams)
            for books in self._world
            for book in books.rounds.values()
            for group in book.groups
            if (teams := self._teams(books, group))
        ]

    def _teams(self, books: Books, group: Group) -> list[tuple[int, TeamBook]]:
        playing = (books, 0, group.match) in self._live
        return [
            (place, books.teams[no])
            for place, no in enumerate(group.teams)
            if playing or (books, group.round, no) in self._live
        ]

    def _element(
        self, books: Books, group: Group, teams: list[tuple[int, TeamBook]]
    ) -> dict[str, Any]:
        tournament, quirks = books.tournament, self._quirks
        match_no = {"matchNo": group.match} if group.match else {}
        where = quirks["live-match-no"]
        return {
            "tournamentId": tournament.id,
            "startTime": start_time(group, tournament, quirks)[1],
            "roundNo": group.round,
            "tournamentName": tournament.name,
            **(match_no if where != "group" else {}),
            "group": {
                "groupNo": group.no,
                **(match_no if where != "top" else {}),
                "teams": [
                    {
                        "teamNo": team.team.no,
                        "players": [entrant(team, each, quirks) for each in team.team.players],
                        "orderOfPlayWithinGroup": place,
                    }
                    for place, team in teams
                ],
                **feature_group(tournament, quirks),
            },
        }


def _outing(books: Books, event: Event) -> tuple[Books, int, int]:
    return (books, 0, event.match) if event.match else (books, event.round, event.team)


FEED: type[DocumentFeed] = LiveEvents
