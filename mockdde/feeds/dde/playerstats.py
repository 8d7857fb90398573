"""Player statistics: every finished hole of every player in a few figures."""

from __future__ import annotations

from typing import ClassVar

from mockdde.books import Books
from mockdde.feeds import StateFeed
from mockdde.feeds.dde._holefigures import TeamHoles
from mockdde.feeds.dde._statistics import OfTournament
from mockdde.lines import HoleLine
from mockdde.moments import iso_millis

__all__ = ["FEED", "PlayerStatistics"]


class PlayerStatistics(OfTournament):
    """The fold: all teams of the field, with their holes by round."""

    NAME: ClassVar[str] = "dde/playerstats"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/playerstats"
    KIND: ClassVar[str] = "state"
    ABOUT: ClassVar[str] = "Every finished hole of every player in a few figures."
    FEED_TYPE: ClassVar[str] = "teamsstats"
    PLAY: ClassVar[str] = "stroke"

    def __init__(self, books: Books) -> None:
        super().__init__(books)
        holes = {no: TeamHoles(book, self.quirks) for no, book in books.teams.items()}
        self._holes = holes
        self._teams = {no: each.encoded() for no, each in holes.items()}

    def count(
        self, hole: tuple[int, int, int], before: HoleLine | None, after: HoleLine | None
    ) -> bool:
        """Put a hole in its place."""
        if not self._holes[hole[1]].count(hole, before, after):
            return False
        self._teams[hole[1]] = b""
        return True

    def meet(self, team: int) -> bool:
        """Look at a team's players; whether others are shown now."""
        if not self._holes[team].meet():
            return False
        self._teams[team] = b""
        return True

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now."""
        self.settle()
        teams = self._teams
        for no, encoded in teams.items():
            if not encoded:
                teams[no] = self._holes[no].encoded()
        # All in one joining: the document grows to more than a megabyte.
        pieces = list(teams.values())
        pieces[0] = b'{"seqNum":%d,"teamsStatistics":[%s' % (seq, pieces[0])
        end = (iso_millis(sent).encode(), self.tournament.id)
        pieces[-1] += b'],"timestamp":"%s","tournamentId":%d}' % end
        return b",".join(pieces)


FEED: type[StateFeed] = PlayerStatistics
