"""What a connection is sent, and what an effect makes of it, in three stages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from mockdde.frames import CLOSE, TEXT, frame
from mockdde.records import dataclass
from mockdde.wire.acts import Act

__all__ = ["Effect", "Frame", "Message", "Once", "Piece", "Refusal", "Thing", "as_pieces", "made"]


_MANY = 256  # messages at once of which no effect makes copies any more


@dataclass(frozen=True, slots=True)
class Message:
    """One message on its way; ``place`` is None for what the session says: replies, heartbeats."""

    payload: bytes
    kind: str = ""  # a packet's type (see ``Sent``); of the session's: reply, refusal, heartbeat
    place: int | None = None  # its position in the source, from 0
    delay: float = 0.0  # so long after its turn
    overtaken: bool = False  # whether what comes after it goes before it, while it is delayed
    opcode: int = TEXT  # of its frame; a ping of the session's own is a control frame

    @property
    def is_control(self) -> bool:
        """Whether its frame is a control frame, which is one frame always (RFC 6455 §5.5)."""
        return self.opcode >= CLOSE


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
    forgets: bool = False  # whether the event that a live client says it has seen is unknown
    alone: bool = False  # while it goes on its rule does not strike this connection again
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
        """What is sent instead of a message's frames; there is one text frame to begin with.

        A control frame is never among them.
        """
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


def as_pieces(message: Message) -> list[Piece]:
    """A message in one frame."""
    return [Piece(0.0, frame(message.opcode, message.payload))]


def made(
    effect: Effect, things: Iterable[Thing], now: float, sees: Callable[[Message], bool]
) -> list[Thing]:
    """What an effect makes of the messages that it sees.

    Where these are many already it sees each, but adds no copy of it: else effects that double
    what others have doubled would grow without end.
    """
    seen = [*things]
    out: list[Thing] = []
    many = len(seen)
    for thing in seen:
        if not isinstance(thing, Message) or not sees(thing):
            out.append(thing)
            continue
        instead = effect.message(thing, now)
        more = [*(_without_copies(instead, thing.place) if many >= _MANY else instead)]
        many += len(more) - 1
        out += more
    return out


def _without_copies(things: Iterable[Thing], place: int | None) -> Iterable[Thing]:
    there = False
    for each in things:
        if place is not None and isinstance(each, Message) and each.place == place:
            if there:
                continue
            there = True
        yield each
