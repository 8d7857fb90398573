"""replay_block: a run of packets that comes again in the middle of the stream."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults import EVERYWHERE
from mockdde.faults._message_kit import opened
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, Readable, StreamFault, Thing

__all__ = ["FAULT", "ReplayBlock"]


class _Again(Effect):
    """The first packet, and behind it those at ``first`` to its own place."""

    def __init__(self, source: Readable, first: int, stop: int | None) -> None:
        self._source, self._first, self._stop = source, first, stop

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """All of it at once."""
        self.over = True
        yield message
        end = (message.place or 0) + 1
        for place in range(self._first, end if self._stop is None else min(self._stop, end)):
            payload = self._source.at(place)
            if payload is not None:
                yield Message(payload, place=place)


@dataclass(frozen=True, slots=True)
class ReplayBlock(StreamFault):
    """On the wire: right behind the packet that is the trigger those from seqNum ``first`` to
    seqNum ``last`` (0: the trigger itself) come again, with the same bytes, unnumbered ones between
    them too, and nothing says so; then the stream goes on. What was not sent yet is not in it. Of
    a stream of documents the last 64 can come again; on the multiplexer its messages are counted,
    from 1 when the server began.

    In the live dialect, which has no numbers, the messages of the stream are counted, from 1.

    A good client takes a packet whose seqNum it has for one it has, and ends up as if nothing had
    come. Of documents it keeps the one with the highest seqNum, of live states and events by their
    created_at.
    """

    NAME: ClassVar[str] = "replay_block"
    first: int = 1
    last: int = 0

    def __post_init__(self) -> None:
        wire.check_range("first", self.first, 1, 1_000_000_000)
        wire.check_range("last", self.last, 0, 1_000_000_000)
        if 0 < self.last < self.first:
            raise ValueError(f"last is {self.last}; it cannot be before first, {self.first}")

    def fits(self, context: Context, message: Message | None) -> bool:
        """Behind a packet that is numbered, and has such before it."""
        if message is None or message.place is None:
            return False
        counted = message.place + 1
        is_counted = context.name == EVERYWHERE or context.dialect == "live"
        seq = counted if is_counted else opened(message.payload).seq
        if seq is None or seq < self.first:
            return False
        begin = self._begins(context.source)
        stop = context.source.after(self.last) if self.last else None
        end = counted if stop is None else min(stop, counted)
        return any(context.source.at(place) is not None for place in range(begin, end))

    def begin(self, context: Context) -> Effect:
        """One run."""
        source = context.source
        return _Again(source, self._begins(source), source.after(self.last) if self.last else None)

    def _begins(self, source: Readable) -> int:
        return (source.after(self.first) or 1) - 1


FAULT = ReplayBlock
