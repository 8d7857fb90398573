"""What a fault sees: the connection, the request, and the answer that would be given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from mockdde.chance import Chance
from mockdde.records import dataclass, field
from mockdde.wire.acts import Close, Fin, Reset

__all__ = ["Answer", "Asked", "Context", "Handshake", "Memory", "Readable"]

Memory: TypeAlias = dict[str, Any]  # what a fault remembers of a stream or URL from one to the next


class Readable(Protocol):
    """The packets of a stream so far, by their positions from 0."""

    def __len__(self) -> int: ...

    def at(self, place: int) -> bytes | None:
        """A packet; None where it is gone."""
        ...

    def after(self, seq: int) -> int | None:
        """The position after the packet with this seqNum; None before it was sent."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a fault of a stream is told of the connection that it strikes."""

    now: float
    chance: Chance  # of this fault on this connection
    name: str  # the stream below its tournament
    source: Readable
    other: Callable[[str], Readable | None]  # another stream of the tournament by name
    memory: Memory  # of this fault on this stream, from connection to connection
    next: int | None = None  # the position of what it is sent next; None before its token was good
    dialect: str = "dde"

    @property
    def accepted(self) -> bool:
        """Whether the client's token was good; a live one was, or its handshake had failed."""
        return self.next is not None or self.dialect == "live"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: for a stream, or for a document."""

    name: str  # the stream below its tournament, or the document's name
    tournament: int | None
    number: int  # the how manieth of this name, from 1; what was refused counts
    client: str  # its User-Agent
    address: str  # where it comes from, without the port
    wire: float
    key: str = ""  # Sec-WebSocket-Key
    query: str = ""  # of a request for a document
    open: int = 0  # connections that are open and that the rule speaks of
    same: tuple[int, ...] = ()  # those to this stream, the oldest first
    dialect: str = "dde"

    @property
    def where(self) -> tuple[int | None, str, str]:
        """The stream or document; the dialects have documents of the same names."""
        return self.tournament, self.name, self.dialect


@dataclass(frozen=True, slots=True)
class Handshake:
    """How a handshake is answered. With ``raw``, these bytes instead of an answer, then a FIN.

    With none of ``hang``, ``reset``, ``status`` and ``raw`` it is answered as ever.
    """

    delay: float = 0.0  # before anything is answered
    hang: bool = False  # it is never answered
    reset: bool = False
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: bytes | None = None
    closes: tuple[int, ...] = ()  # connections that are closed with 1008 for it
    then: Close | None = None  # where it is answered as ever: a close frame right after that


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request, and how it goes out."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0  # before its first byte
    pieces: int = 1  # the body in so many, evenly over ``spread``
    spread: float = 0.0
    length: int | None = None  # the Content-Length that is promised, where it is another
    cut: type[Fin] | type[Reset] | None = None  # how the connection ends after the body
    silent: bool = False  # not a byte of it is sent
