"""The feeds: one file a feed, in a folder for each dialect; a module dropped in here is served.

A feed is a class with a ``NAME`` (also its schema's; the dialect is its first word), a ``PATH``
(the URL's pattern, its parameters whole numbers), an ``ABOUT`` (one sentence) and a ``KIND``:

``stream``    one object a tournament; packets, each kept: a late subscriber gets all of them.
``state``     one object a tournament; a document that is sent whole whenever it changes: a late
              subscriber gets the latest. Its ``FEED_TYPE`` is the multiplexer's word for it.
``document``  one object a world; answered by REST only. One that says ``WAITS = "live"`` tells of
              what is live: nobody who asks for it waits for tournaments that are over to be told.
              One that says ``WAITS = "none"`` tells of what never changes.
              It is made anew when a tournament begins again, and then one that knows more than the
              books do has ``follow(before)``, to go on with what its forerunner knew of the others.

Streams and states say what ``PLAY`` they are of: ``stroke`` or ``match``; a tournament has those of
its own play only. A document says so where tournaments of the other play have none.

Where REST answers what a stream has at a path of its own, that is its ``REST``, and ``bare`` takes
from a document that is sent what is answered there; else it is answered at the same path
(``?rest=true``).
Where a stream has several paths, ``canonical`` gives the numbers of the one that it goes by. A
stream of packets may sleep until somebody asks for it: it has ``wake(path, so_far)``, which gives
what it has had of the events so far, some at a time. ``LAST`` is what ends a stream of packets.

All are folds of the same log and read the same books, so no two of them can disagree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, ClassVar, NamedTuple, Protocol, TypeAlias

from mockdde import catalogue
from mockdde.books import Books, Change
from mockdde.log import Event
from mockdde.quirks import Quirks
from mockdde.records import dataclass
from mockdde.world import Tournament

__all__ = [
    "DIALECTS",
    "AnyFeed",
    "DocumentFeed",
    "Packet",
    "Parameter",
    "Sent",
    "StateFeed",
    "StreamFeed",
    "canonical",
    "dialect_of",
    "document_feeds",
    "is_of",
    "play_of",
    "state_feeds",
    "stream_feeds",
]

Packet: TypeAlias = dict[str, Any]

DIALECTS = ("dde", "live")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter; ``schema`` is the JSON Schema of its value."""

    name: str
    about: str
    schema: Mapping[str, Any]


class Sent(NamedTuple):
    """One packet: its stream, its bytes, its number there where it has one, and its type."""

    stream: str
    payload: bytes
    seq: int | None  # seqNum; of the live dialect, which has none, its place from 1
    kind: str  # eventElementType; of the live dialect the last word of the event's type
    feed: StreamFeed


class StreamFeed(Protocol):
    """A feed of packets, each kept: a late subscriber gets all of them."""

    NAME: ClassVar[str]
    PATH: ClassVar[str]
    KIND: ClassVar[str]
    LAST: ClassVar[type]
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

    def apply(self, event: Event) -> Iterable[Sent]:
        """The packets an event of a team adds, after the books took it in."""
        ...

    def ended(self, event: Event) -> str:
        """The path of the stream that an event whose content is a ``LAST`` ends."""
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
        """Take in an event after the books did; true when a document of this feed is another.

        It need not hear of events that change nothing in the books, but for the first of a day.
        """
        ...

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> Any:
        """The document as it is now. RequestError where there is none or the query is wrong."""
        ...


AnyFeed: TypeAlias = type[StreamFeed] | type[StateFeed] | type[DocumentFeed]


def dialect_of(feed: Any) -> str:
    """The dialect of a feed: ``dde`` or ``live``."""
    dialect: str = feed.NAME.partition("/")[0]
    return dialect


def canonical(feed: Any, params: Mapping[str, int]) -> Mapping[str, int]:
    """The numbers of the path that a stream of this feed goes by; ``feed`` is of a tournament."""
    find = getattr(feed, "canonical", None)
    return params if find is None else find(params)


def play_of(tournament: Tournament) -> str:
    """What feeds call the play of a tournament: ``match`` or ``stroke``."""
    return "match" if tournament.is_match_play else "stroke"


def is_of(feed: Any, play: str) -> bool:
    """Whether tournaments of a play, ``stroke`` or ``match``, have what a feed gives."""
    of: str = getattr(feed, "PLAY", play)
    return of == play


@cache
def _known() -> dict[str, Any]:
    import mockdde.feeds as package  # noqa: PLC0415  (the package itself is what is searched)

    return catalogue.collect(package, "FEED", key=lambda feed: str(feed.NAME))


def _of_kind(kind: str) -> list[Any]:
    return [feed for feed in _known().values() if kind == feed.KIND]


def stream_feeds() -> list[type[StreamFeed]]:
    """All feeds of packets."""
    return _of_kind("stream")


def state_feeds() -> list[type[StateFeed]]:
    """All feeds of documents that are streamed."""
    return _of_kind("state")


def document_feeds() -> list[type[DocumentFeed]]:
    """All feeds of documents that REST alone answers."""
    return _of_kind("document")
