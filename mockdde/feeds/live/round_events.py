"""Live events of a round: those of all its teams (live-data-golf-api §5, §6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from mockdde import log
from mockdde.books import Books
from mockdde.errors import nearest
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.live._events import Ledgers
from mockdde.feeds.live._ids import Ids, urn
from mockdde.fixtures import round_numbers
from mockdde.log import Event

__all__ = ["FEED", "RoundEvents"]


class RoundEvents:
    """A stream a round."""

    ABOUT: ClassVar[str] = "The live events of a round, of all its teams, a CloudEvent each."
    FEED_TYPE: ClassVar[str] = "round-events"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "live/round-events"
    PATH: ClassVar[str] = "/golf/stream/v1/tournaments/{tournament}/round/{round}/events"
    REST: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/round/{round}/events"
    KIND: ClassVar[str] = "stream"
    LAST: ClassVar[type] = log.RoundClosed

    def __init__(self, books: Books) -> None:
        self._tournament = books.tournament
        self._ids = Ids(books.tournament)
        self._ledgers = Ledgers(books, self._ids, self)

    def _path(self, no: int) -> str:
        return self.PATH.format(tournament=self._tournament.id, round=no)

    def streams(self) -> Iterator[str]:
        """The paths of all rounds that there may be, by their numbers."""
        return map(self._path, round_numbers(self._tournament))

    def canonical(self, params: Mapping[str, int]) -> Mapping[str, int]:
        """A round can be asked for by its id, too."""
        return {**params, "round": self._ids.round_no(params["round"])}

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no such round; None where there may be one."""
        numbers = round_numbers(self._tournament)
        if params["round"] in numbers:
            return None
        where = f"tournament {self._tournament.id}"
        return f"{where} has no round {params['round']}{nearest(params['round'], numbers)}"

    def wake(self, path: str, so_far: Iterator[Sequence[Event]]) -> Iterator[Sequence[Sent]]:
        """What a stream has had by now; from then on ``apply`` gives what it adds."""
        no = int(path.split("/")[-2])
        of_round = ([each for each in some if each.round == no and each.team] for some in so_far)
        return self._ledgers.wake(no, path, urn("stage", self._ids.round(no)), of_round)

    def ended(self, event: Event) -> str:
        """Nothing is added once the round is official for everybody."""
        return self._path(event.round)

    def apply(self, event: Event) -> Iterable[Sent]:
        """The messages that an event adds to its round."""
        ledger = self._ledgers.awake.get(event.round)
        return () if ledger is None else ledger.apply(event)


FEED: type[StreamFeed] = RoundEvents
