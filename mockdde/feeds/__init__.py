"""The feeds: one file a feed, for each dialect; a module dropped in here is served.

A feed is a class with a ``NAME`` (also its schema's), a ``PATH`` (the URL's pattern, its parameters
whole numbers), an ``ABOUT`` (one sentence) and a ``KIND``:

``stream``    one object a tournament; packets, each kept: a late subscriber gets all of them.
``state``     one object a tournament; a document that is sent whole whenever it changes: a late
              subscriber gets the latest. Its ``FEED_TYPE`` is the multiplexer's word for it.
``document``  one object a world; answered by REST only. One that says ``LIVE = True`` tells only of
              what is live: nobody who asks for it waits for tournaments that are over to be told.
              It is made anew when a tournament begins again, and then one that knows more than the
              books do has ``follow(before)``, to go on with what its forerunner knew of the others.

Streams and states say what ``PLAY`` they are of: ``stroke`` or ``match``; a tournament has those of
its own play only. A document says so where tournaments of the other play have none.

All are folds of the same log and read the same books, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeAlias

from mockdde import catalogue
from mockdde.books import Books, Change
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.world import Tournament

__all__ = [
    "DocumentFeed",
    "Packet",
    "Parameter",
    "StateFeed",
    "StreamFeed",
    "document_feeds",
    "is_of",
    "play_of",
    "state_feeds",
    "stream_feeds",
]

Packet: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter; ``schema`` is the JSON Schema of its value."""

    name: str
    about: str
    schema: Mapping[str, Any]


class StreamFeed(Protocol):
    """A feed of packets, each kept: a late subscriber gets all of them."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]
    ABOUT: ClassVar[str]
    FEED_TYPE: ClassVar[str]
    PLAY: ClassVar[str]

    def __init__(self, books: Books) -> None:
        """The books of a tournament, of before its first event."""

    def streams(self) -> Iterator[str]:
        """The paths of all streams that there may ever be, in order."""
        ...

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream at these numbers, one sentence; None where there may be one."""
        ...

    def apply(self, event: Event) -> Iterator[tuple[str, Packet]]:
        """The packets an event of a team adds, after the books took it in, each with its path."""
        ...

    def ended(self, event: Event) -> str | None:
        """The path of the stream that this event ends, if it ends one."""
        ...


class StateFeed(Protocol):
    """A feed of whole documents: each change sends the document again."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]
    ABOUT: ClassVar[str]
    FEED_TYPE: ClassVar[str]
    PLAY: ClassVar[str]

    @property
    def hears_all(self) -> bool:
        """Whether it is told of events that change nothing in the books, too."""
        ...

    def __init__(self, books: Books) -> None:
        """The books of a tournament, of before its first event."""

    def streams(self) -> Iterator[str]:
        """The paths of all its streams, in order."""
        ...

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no stream at these numbers, one sentence; None where there is one."""
        ...

    def apply(self, event: Event, change: Change) -> Iterable[str]:
        """Take in an event after the books did; the paths whose document is another one now."""
        ...

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded; ``sent`` is its moment in milliseconds since 1970.

        It is asked for when somebody reads, not at every change.
        """
        ...


class DocumentFeed(Protocol):
    """A feed that REST alone answers, over all tournaments of the world."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]
    ABOUT: ClassVar[str]
    QUERY: ClassVar[tuple[Parameter, ...]]

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None: ...

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event after the books did; true when a document of this feed is another."""
        ...

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> Any:
        """The document as it is now. RequestError where there is none or the query is wrong."""
        ...


def play_of(tournament: Tournament) -> str:
    """What feeds call the play of a tournament: ``match`` or ``stroke``."""
    return "match" if tournament.is_match_play else "stroke"


def is_of(feed: Any, play: str) -> bool:
    """Whether tournaments of a play, ``stroke`` or ``match``, have what a feed gives."""
    of: str = getattr(feed, "PLAY", play)
    return of == play


def _of_kind(kind: str) -> list[Any]:
    import mockdde.feeds as package  # noqa: PLC0415  (the package itself is what is searched)

    found: dict[str, Any] = catalogue.collect(package, "FEED", key=lambda feed: str(feed.NAME))
    return [feed for feed in found.values() if kind == feed.KIND]


def stream_feeds() -> list[type[StreamFeed]]:
    """All feeds of packets."""
    return _of_kind("stream")


def state_feeds() -> list[type[StateFeed]]:
    """All feeds of documents that are streamed."""
    return _of_kind("state")


def document_feeds() -> list[type[DocumentFeed]]:
    """All feeds of documents that REST alone answers."""
    return _of_kind("document")
