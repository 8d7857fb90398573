"""Team Match Details: every event of a match, of both its teams, a packet each (dde-events §16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.dde._keys import Outing
from mockdde.feeds.dde._packets import Packets
from mockdde.fixtures import no_match
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
    LAST: ClassVar[type] = log.RoundOfficial

    def __init__(self, books: Books) -> None:
        self._books = books
        self._tournament = books.tournament
        self._packets = Packets(books, self)
        self._outings: dict[int, Outing] = {}  # by match

    def _path(self, no: int) -> str:
        return self.PATH.format(tournament=self._tournament.id, match=no)

    def streams(self) -> Iterator[str]:
        """The paths of all streams that there may be: a pool may need no play-off match."""
        return (self._path(no) for no in self._tournament.match_numbers)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream of this match; None where there may be one."""
        return no_match(self._books, params["match"])

    def ended(self, event: Event) -> str:
        """The path of the stream whose last packet is this RoundOfficial."""
        return self._path(event.match)

    def apply(self, event: Event) -> Iterable[Sent]:
        """The packets an event adds to the stream of its match."""
        outing = self._outings.get(event.match)
        if outing is None:
            outing = self._outings[event.match] = Outing(self._path(event.match))
        return self._packets.of(event, outing)


FEED: type[StreamFeed] = MatchDetails
