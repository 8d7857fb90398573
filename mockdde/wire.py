"""WIRE: what a fault is made of: its family, what it sees, what it does to a connection, as data.

A fault is a frozen dataclass of one of four families; its fields are its parameters, whose types
are those of their defaults. It does nothing itself: it says what is to be done.

``StreamFault``     strikes one connection: ``begin`` gives an ``Effect``, which sees all that the
                    connection is sent from then on
``HandshakeFault``  strikes a handshake: ``handshake`` says how it is answered instead
``RestFault``       strikes a request: ``answer`` changes what it is answered
``ServerFault``     strikes all of the server: ``order`` says what it does

What is due to a struck connection goes through its effects in the order of the scenario, in three
stages: messages (``Effect.message``), their frames (``Effect.frames``), bytes (``Effect.send``).
All times are seconds of wire time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, TypeAlias

from mockdde.chance import Chance
from mockdde.frames import text_frame

__all__ = [
    "FOREVER",
    "Act",
    "Answer",
    "Asked",
    "Close",
    "Context",
    "Effect",
    "Ending",
    "Fault",
    "Fin",
    "Frame",
    "Freeze",
    "Handshake",
    "HandshakeFault",
    "Memory",
    "Message",
    "Once",
    "Order",
    "Piece",
    "Readable",
    "Refusal",
    "Reset",
    "RestFault",
    "Restart",
    "ServerFault",
    "Shut",
    "StreamFault",
    "Thing",
    "as_pieces",
    "check_choice",
    "check_close",
    "check_range",
]

FOREVER = float("inf")
_UNSENDABLE = (1004, 1005, 1006, 1015)  # RFC 6455 §7.4.1: reserved, never in a frame
_LAST_OF_PROTOCOL = 1014  # the last given out of those up to 2999, which are the protocol's
_LONGEST_REASON = 123  # bytes, RFC 6455 §5.5
Memory: TypeAlias = dict[str, Any]  # what a fault remembers of a stream or URL from one to the next


# ── acts ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Close:
    """A close frame after all that is due, then the TCP close once the client has answered."""

    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fin:
    """The TCP close without a close frame; the client reads an end of file."""


@dataclass(frozen=True, slots=True)
class Reset:
    """A TCP reset; what the client has not read yet is lost to it."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """For so long nothing is sent, and what the client sends is heard only after it.

    One of 0 seconds ends another before its time.
    """

    seconds: float = FOREVER


@dataclass(frozen=True, slots=True)
class Restart:
    """All sockets are closed with ``code``, nobody listens for ``gap`` s, then it serves again.

    Requests under way have ``drain`` seconds to end before.
    """

    code: int
    reason: str
    drain: float
    gap: float


@dataclass(frozen=True, slots=True)
class Shut:
    """Nobody listens for so long: a SYN is answered with RST. What is open stays open."""

    seconds: float


Ending: TypeAlias = Close | Fin | Reset
Order: TypeAlias = Restart | Shut  # what the server does as a whole
Act: TypeAlias = Ending | Freeze | Order


# ── what a connection is sent ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way; ``place`` is None for what the session says: replies, heartbeats."""

    payload: bytes
    kind: str = ""  # a packet's eventElementType; of the session's: reply, refusal, heartbeat
    place: int | None = None  # its position in the source, from 0
    delay: float = 0.0  # so long after its turn
    overtaken: bool = False  # whether what comes after it goes before it, while it is delayed


class Piece(NamedTuple):
    """Bytes, or an act, so long after the piece before it."""

    delay: float
    data: bytes | Act


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame of a fault's own, as it is; nothing where too much waits to be sent already."""

    data: bytes


Thing: TypeAlias = Message | Frame | Act


class Effect:
    """What a fault does to one connection once it has struck; these defaults do nothing.

    It sets ``over`` once it will do nothing more. While ``wake`` is a wire time, ``woken`` is
    called then. It ends by itself when the fault's ``duration`` is over: what it still holds back
    is what ``end`` gives.
    """

    over: bool = False
    wake: float | None = None
    held: int = 0  # bytes of messages that it holds back; the session's close waits for them
    pongs: bool = True  # whether pings are answered
    close_delay: float = 0.0  # seconds that a client's close frame goes unanswered
    refusal: Refusal | None = None  # what a good token is told, instead of its acceptance
    holds: bool = False  # whether it holds something back; the session's own close waits for that

    def start(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it sends or does at once; where a packet was the trigger, right after that."""
        return ()

    def message(self, message: Message, now: float) -> Iterable[Thing]:
        """What is sent instead of a message; here, of those that are packets, ``packet``."""
        return (message,) if message.place is None else self.packet(message, now)

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What is sent instead of a packet; the one that was the trigger is the first."""
        return (message,)

    def frames(self, message: Message, pieces: list[Piece]) -> list[Piece]:  # noqa: ARG002
        """What is sent instead of a message's frames; there is one text frame to begin with."""
        return pieces

    def send(self, due: float, data: bytes) -> Iterable[Piece]:  # noqa: ARG002
        """When bytes that are due go, and in what pieces."""
        return (Piece(0.0, data),)

    def lag(self) -> float:
        """The seconds that a pong is late."""
        return 0.0

    def beat(self, every: float) -> float:
        """The seconds until the next heartbeat."""
        return every

    def woken(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it sends or does at the time it asked for."""
        return ()

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it held back, when its time is over."""
        return ()


class Once(Effect):
    """Does something at once, and is over."""

    def __init__(self, *things: Thing) -> None:
        self._things = things

    def start(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it was made with."""
        self.over = True
        return self._things


@dataclass(frozen=True, slots=True)
class Refusal:
    """A text for a token that would be good; then a close as for any other, or none."""

    text: str
    closes: bool = True


# ── what a fault sees ─────────────────────────────────────────────────────────────────────────


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

    @property
    def accepted(self) -> bool:
        """Whether the client's token was good."""
        return self.next is not None


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


# ── families ──────────────────────────────────────────────────────────────────────────────────


class Fault:
    """One named way for the wire to lie."""

    NAME: ClassVar[str]
    TIMES: ClassVar[int] = 1  # how often it strikes where the rule does not say; 0: always
    TRIGGERS: ClassVar[tuple[str, ...]] = ()  # those that mean something to it; none: any it can

    @property
    def streams(self) -> Sequence[str]:
        """Streams that its parameters name, below the tournament."""
        return ()


class StreamFault(Fault):
    """Strikes a connection that is open."""

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """Whether it has something to do here, with this packet where one is its trigger.

        Where not, that is no occasion: another trigger waits for a packet that fits, and once for
        the token; a packet that is the trigger just passes.
        """
        return True

    def begin(self, context: Context) -> Effect:
        """What it does from now on; called when it strikes."""
        raise NotImplementedError

    def again(self, context: Context) -> Effect | None:  # noqa: ARG002
        """What it does to a new connection because of what it did to one before."""
        return None


class HandshakeFault(Fault):
    """Strikes a handshake."""

    def wants(self, asked: Asked, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it strikes this one; where not, that is no occasion."""
        return True

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake | None:
        """How it is answered; None where it goes on as ever."""
        raise NotImplementedError


class RestFault(Fault):
    """Strikes a request."""

    SHARED: ClassVar[bool] = False  # one memory for all documents, instead of one for each

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it strikes this one; where not, that is no occasion."""
        return True

    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:
        """What is answered instead."""
        raise NotImplementedError


class ServerFault(Fault):
    """Strikes all of the server."""

    def order(self) -> Order:
        """What the server does."""
        raise NotImplementedError


# ── parameters ────────────────────────────────────────────────────────────────────────────────


def check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    """ValueError where a parameter is none of its choices."""
    known = list(choices)
    if value not in known:
        raise ValueError(f"{name} is {value!r}; it can be {', '.join(known)}")


def check_range(name: str, value: float, low: float, high: float) -> None:
    """ValueError where a parameter is out of its range."""
    if not low <= value <= high:
        raise ValueError(f"{name} is {value:g}; it can be {low:g} to {high:g}")


def check_close(code: int, reason: str) -> None:
    """ValueError where no close frame can have them."""
    if code in _UNSENDABLE:
        raise ValueError(f"code {code} is in no close frame; use one such as 1011")
    if not (1000 <= code <= _LAST_OF_PROTOCOL or 3000 <= code <= 4999):
        raise ValueError(f"code {code} means nothing; use 1000 to 1014 or 3000 to 4999")
    if len(reason.encode()) > _LONGEST_REASON:
        raise ValueError(f"the reason is longer than {_LONGEST_REASON} bytes")


def as_pieces(payload: bytes) -> list[Piece]:
    """A message in one text frame."""
    return [Piece(0.0, text_frame(payload))]
