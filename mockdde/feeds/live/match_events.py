"""Live events of a match: those of both its sides (live-data-golf-api §5, §6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.live._events import Ledgers
from mockdde.feeds.live._ids import Ids, urn
from mockdde.fixtures import no_match
from mockdde.log import Event

__all__ = ["FEED", "MatchEvents"]


class MatchEvents:
    """A stream a match."""

    ABOUT: ClassVar[str] = "The live events of a match, of both its sides, a CloudEvent each."
    FEED_TYPE: ClassVar[str] = "match-events"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "live/match-events"
    PATH: ClassVar[str] = "/golf/stream/v1/tournaments/{tournament}/match/{match}/events"
    REST: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/match/{match}/events"
    KIND: ClassVar[str] = "stream"
    LAST: ClassVar[type] = log.RoundOfficial

    def __init__(self, books: Books) -> None:
        self._books, self._tournament = books, books.tournament
        self._ids = Ids(books.tournament)
        self._ledgers = Ledgers(books, self._ids, self)

    def _path(self, no: int) -> str:
        return self.PATH.format(tournament=self._tournament.id, match=self._ids.match(no))

    def streams(self) -> Iterator[str]:
        """The paths of all matches that there may be, by their ids."""
        return map(self._path, self._tournament.match_numbers)

    def canonical(self, params: Mapping[str, int]) -> Mapping[str, int]:
        """A match can be asked for by its DDE number, too."""
        no = self._ids.match_no(params["match"])
        return {**params, "match": self._ids.match(no)}

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no such match; None where there may be one."""
        return no_match(self._books, self._ids.match_no(params["match"]))

    def wake(self, path: str, so_far: Iterator[Sequence[Event]]) -> Iterator[Sequence[Sent]]:
        """What a stream has had by now; from then on ``apply`` gives what it adds."""
        id_ = int(path.split("/")[-2])
        no = self._ids.match_no(id_)
        of_match = ([each for each in some if each.match == no] for some in so_far)
        return self._ledgers.wake(no, path, urn("match", id_), of_match)

    def ended(self, event: Event) -> str:
        """Nothing is added once the match is official."""
        return self._path(event.match)

    def apply(self, event: Event) -> Iterable[Sent]:
        """The messages that an event adds to its match."""
        ledger = self._ledgers.awake.get(event.match)
        return () if ledger is None else ledger.apply(event)


FEED: type[StreamFeed] = MatchEvents
