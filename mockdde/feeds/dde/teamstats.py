"""Player statistics of one team: what playerstats says of it, as a stream of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from mockdde.books import Books, Change
from mockdde.errors import nearest
from mockdde.feeds import StateFeed
from mockdde.feeds.dde._holefigures import TeamHoles
from mockdde.feeds.dde._statistics import finished_hole
from mockdde.log import Event
from mockdde.moments import iso_millis

__all__ = ["FEED", "TeamStatistics"]


class TeamStatistics:
    """The fold: a document a team."""

    NAME: ClassVar[str] = "dde/teamstats"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/playerstats/{team}"
    KIND: ClassVar[str] = "state"
    ABOUT: ClassVar[str] = "Every finished hole of one team in a few figures."
    FEED_TYPE: ClassVar[str] = "playerstats"
    PLAY: ClassVar[str] = "stroke"

    def __init__(self, books: Books) -> None:
        self._id = books.tournament.id
        quirks = books.tournament.quirks
        self.hears_all = quirks["stats-sent"] == "packet"
        self._flat = quirks["team-statistics"] == "flat"
        self._paths = {no: self.PATH.format(tournament=self._id, team=no) for no in books.teams}
        holes = {no: TeamHoles(book, quirks) for no, book in books.teams.items()}
        self._holes = holes
        self._of = {self._paths[no]: holes[no] for no in holes}

    def streams(self) -> Iterator[str]:
        """One a team, in the order of the field."""
        return iter(self._of)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream at these numbers; None where there is one."""
        team = params["team"]
        if team in self._paths:
            return None
        return f"tournament {self._id} has no team {team}{nearest(team, list(self._paths))}"

    def apply(self, event: Event, change: Change) -> Iterable[str]:
        """Take in an event; the path of its team where the document is to be sent."""
        hole = finished_hole(change)
        if change.team and self._holes[change.team].meet():
            return (self._paths[change.team],)
        if hole is not None and self._holes[hole[1]].count(hole, change.before, change.after):
            return (self._paths[hole[1]],)
        return (self._paths[event.team],) if self.hears_all and event.team else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now."""
        holes, moment = self._of[path], iso_millis(sent).encode()
        if self._flat:
            form = b'{"seqNum":%d,%s,"timestamp":"%s","tournamentId":%d}'
            return form % (seq, holes.members(), moment, self._id)
        form = b'{"seqNum":%d,"teamsStatistics":[%s],"timestamp":"%s","tournamentId":%d}'
        return form % (seq, holes.encoded(), moment, self._id)


FEED: type[StateFeed] = TeamStatistics
