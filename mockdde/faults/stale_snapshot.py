"""stale_snapshot: what a client catches up with is older than what there is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import is_of_state
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, Readable, StreamFault, Thing

__all__ = ["FAULT", "StaleSnapshot"]


class _Behind(Effect):
    """Holds what is from ``first`` on, until there is something behind ``there``."""

    def __init__(self, first: int, there: int) -> None:
        self._first, self._there = first, there
        self._held: list[Message] = []

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """The replay's, nothing, or with a live one all that was held."""
        if message.place is None or message.place < self._first:
            return (message,)
        if message.place < self._there:
            self._held.append(message)
            return ()
        self.over = True
        return (*self._held, message)

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """What it holds."""
        return self._held


@dataclass(frozen=True, slots=True)
class StaleSnapshot(StreamFault):
    """On the wire: of the packets that a new connection is sent again the last ``packets`` are held
    back; they come, in order, together with the next live packet, or when the fault's duration is
    over; where neither comes they do not. Of a stream of documents the one that a new connection is
    sent first is that of ``packets`` changes before, or the oldest that is still there (64 are);
    the current one is never sent, the next change is. It strikes when the token is good, and only
    where something is sent again: at a first connection before the start nothing is. In the live
    dialect it strikes a stream of events with Client.Init, and a stream of states once it is open.

    A good client does not go back to what is older than what it holds: it keeps the packet with the
    highest seqNum, or the latest created_at, and does not take the end of a replay for the present.
    """

    NAME: ClassVar[str] = "stale_snapshot"
    packets: int = 3

    def __post_init__(self) -> None:
        wire.check_range("packets", self.packets, 1, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:
        """A connection whose token is good, with something to catch up with."""
        if message is not None or context.next is None or context.next >= len(context.source):
            return False
        return not is_of_state(context.name) or self._older(context) is not None

    def begin(self, context: Context) -> Effect:
        """Holds the end of the replay, or exchanges the document."""
        older = self._older(context) if is_of_state(context.name) else None
        if older is not None:
            return _Old(older)
        there = len(context.source)
        return _Behind(there - self.packets, there)

    def _older(self, context: Context) -> bytes | None:
        source: Readable = context.source
        last = len(source) - 1
        for place in range(max(0, last - self.packets), last):
            payload = source.at(place)
            if payload is not None:
                return payload
        return None


class _Old(Effect):
    """Another document instead of the first."""

    def __init__(self, payload: bytes) -> None:
        self._payload = payload

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """The old one."""
        self.over = True
        return (replace(message, payload=self._payload),)


FAULT = StaleSnapshot
