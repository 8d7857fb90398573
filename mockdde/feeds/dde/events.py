"""Team Round Details: every event of one team's round, a packet each (dde-events, all sections)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.errors import nearest
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.dde._keys import Outing
from mockdde.feeds.dde._packets import Packets
from mockdde.fixtures import round_numbers
from mockdde.log import Event

__all__ = ["FEED", "RoundEvents"]


class RoundEvents:
    """A stream a team and round."""

    ABOUT: ClassVar[str] = "Every event of one team's round, a packet each."
    FEED_TYPE: ClassVar[str] = "rounddetails"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "dde/events"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/round/{round}/team/{team}"
    KIND: ClassVar[str] = "stream"
    LAST: ClassVar[type] = log.RoundOfficial

    def __init__(self, books: Books) -> None:
        self._books = books
        self._tournament = books.tournament
        self._packets = Packets(books, self)
        self._outings: dict[tuple[int, int], Outing] = {}  # by round and team

    def _path(self, round_no: int, team: int) -> str:
        return self.PATH.format(tournament=self._tournament.id, round=round_no, team=team)

    def streams(self) -> Iterator[str]:
        """The paths of all streams that there may be: a team may miss the cut, or a playoff."""
        numbers, teams = round_numbers(self._tournament), self._tournament.teams
        return (self._path(no, team) for no in numbers for team in teams)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream at these numbers; None where there may be one."""
        round_no, team = params["round"], params["team"]
        where = f"tournament {self._tournament.id}"
        if round_no not in (rounds := round_numbers(self._tournament)):
            return f"{where} has no round {round_no}{nearest(round_no, rounds)}"
        teams = list(self._tournament.teams)
        of_round = self._books.rounds.get(round_no)
        if of_round is not None and of_round.groups:  # drawn; the team may have missed the cut
            teams = [no for group in of_round.groups for no in group.teams]
        if team not in teams and (round_no, team) not in self._outings:
            return f"{where} has no team {team} in round {round_no}{nearest(team, teams)}"
        return None

    def ended(self, event: Event) -> str:
        """The path of the stream whose last packet is this RoundOfficial."""
        return self._path(event.round, event.team)

    def apply(self, event: Event) -> Iterable[Sent]:
        """The packets an event adds to its team's stream."""
        outing = self._outings.get((event.round, event.team))
        if outing is None:
            outing = Outing(self._path(event.round, event.team))
            self._outings[event.round, event.team] = outing
        return self._packets.of(event, outing)


FEED: type[StreamFeed] = RoundEvents
