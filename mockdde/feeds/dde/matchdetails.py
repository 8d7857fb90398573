"""Team Match Details: every event of a match, of both its teams, a packet each (dde-events §16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.errors import nearest
from mockdde.feeds import Packet, StreamFeed
from mockdde.feeds.dde._packets import Packets
from mockdde.log import Event

__all__ = ["FEED", "MatchDetails"]


class MatchDetails:
    """A stream a match."""

    ABOUT: ClassVar[str] = "Every event of one match, a packet each."
    FEED_TYPE: ClassVar[str] = "matchdetails"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "dde/matchdetails"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/matchdetails/{match}"
    KIND: ClassVar[str] = "stream"

    def __init__(self, books: Books) -> None:
        self._books = books
        self._tournament = books.tournament
        self._packets = Packets(books)
        self._paths: dict[int, str] = {}

    def _path(self, no: int) -> str:
        if no not in self._paths:
            self._paths[no] = self.PATH.format(tournament=self._tournament.id, match=no)
        return self._paths[no]

    def streams(self) -> Iterator[str]:
        """The paths of all streams that there may be: a pool may need no play-off match."""
        return (self._path(no) for no in self._tournament.match_numbers)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream of this match; None where there may be one."""
        no, numbers = params["match"], self._numbers()
        if no in numbers:
            return None
        return f"tournament {self._tournament.id} has no match {no}{nearest(no, numbers)}"

    def _numbers(self) -> list[int]:
        """The matches there may be, by the draws that were sent."""
        books, numbers = self._books, self._tournament.match_numbers
        planned = sum(spec.matches for spec in books.specs.values())
        # Pools are played off before anybody is drawn to play on.
        decided = books.phase == "Official" or any(
            book.groups and no in books.specs and books.specs[no].knocks_out
            for no, book in books.rounds.items()
        )
        return [no for no in numbers if not decided or no <= planned or no in books.matches.all]

    def ended(self, event: Event) -> str | None:
        """RoundOfficial is the last packet of its stream."""
        if isinstance(event.what, log.RoundOfficial):
            return self._path(event.match)
        return None

    def apply(self, event: Event) -> Iterator[tuple[str, Packet]]:
        """The packets an event adds to the stream of its match."""
        return self._packets.of(event, self._path(event.match))


FEED: type[StreamFeed] = MatchDetails
