"""The feeds: one file a feed, for each dialect; a module dropped in here is served.

A feed is a class with a ``NAME`` (also its schema's), a ``PATH`` (the URL's pattern) and a
``KIND``:

``stream``    one object a tournament; ``apply`` is given each event of the log, after the
              scorecards took it in, and yields the packets it adds, each with its stream's path.
``document``  one object a world; ``apply`` is given each event, ``document`` renders the answer.

Both are folds of the same log, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Protocol, TypeAlias

from mockdde import catalogue
from mockdde.cards import Cards
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.world import Tournament

__all__ = ["DocumentFeed", "Packet", "StreamFeed", "document_feeds", "stream_feeds"]

Packet: TypeAlias = dict[str, Any]


class StreamFeed(Protocol):
    """A feed of packets, each kept: a late subscriber gets all of them."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]

    def __init__(self, tournament: Tournament) -> None: ...

    def streams(self) -> Iterator[str]:
        """The paths of all streams that will ever be, in order."""
        ...

    def unknown(self, params: Mapping[str, int]) -> str:
        """Why there is no stream at these numbers: one sentence."""
        ...

    def apply(self, event: Event, cards: Cards) -> Iterator[tuple[str, Packet]]:
        """The packets an event adds, each with the path of its stream."""
        ...

    def ended(self, event: Event) -> str | None:
        """The path of the stream that this event ends, if it ends one."""
        ...


class DocumentFeed(Protocol):
    """A feed of one document over all tournaments, answered by REST."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]

    def __init__(self, tournaments: Sequence[Tournament], quirks: Quirks) -> None: ...

    def apply(self, tournament: Tournament, event: Event) -> bool:
        """Take in an event; true when it changes the document."""
        ...

    def document(self) -> Any:
        """The document as it is now."""
        ...


def _of_kind(kind: str) -> list[Any]:
    import mockdde.feeds as package  # noqa: PLC0415  (the package itself is what is searched)

    found: dict[str, Any] = catalogue.collect(package, "FEED", key=lambda feed: str(feed.NAME))
    return [feed for feed in found.values() if kind == feed.KIND]


def stream_feeds() -> list[type[StreamFeed]]:
    """All feeds of packets."""
    return _of_kind("stream")


def document_feeds() -> list[type[DocumentFeed]]:
    """All feeds of documents."""
    return _of_kind("document")
