"""duplicate: packets that come more than once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, Taking, changed
from mockdde.faults._message_times import moved
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "Duplicate"]


@dataclass(frozen=True, slots=True)
class Duplicate(StreamFault):
    """On the wire: the packet that is the trigger and those after it, ``count`` in all (0: all as
    long as the fault lasts), come again with the same seqNum, ``copies`` times, each ``ms`` after
    the one before it; what comes meanwhile goes in between. They are the same bytes; with
    ``mutate_timestamp`` each says times (timestamp, timestampReceived) that are ``ms`` later than
    those of the one before it, at least one millisecond.
    While it goes on it does not strike that connection again.

    In the live dialect they come again with the same ids, and these times are the envelope's time,
    created_at, and the payload's event_time.

    A good client knows a packet by its seqNum, a live event by its id, and counts it once, however
    old it is by now and whatever time it says.
    """

    NAME: ClassVar[str] = "duplicate"
    copies: int = 1
    ms: int = 0
    mutate_timestamp: bool = False
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("copies", self.copies, 1, 100)
        wire.check_range("ms", self.ms, 0, 86_400_000)
        wire.check_range("count", self.count, 0, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet whose time it is to change must have one."""
        if not self.mutate_timestamp:
            return True
        return message is not None and self._copy(message, 1) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Sends them again."""
        effect = Taking(self.count, self._all)
        effect.alone = True  # else each copy would be copied, and copies of it
        return effect

    def _all(self, message: Message) -> Iterable[Thing]:
        yield message
        for number in range(1, self.copies + 1):
            copy = self._copy(message, number) or message
            wait = number * self.ms / 1000
            yield replace(copy, delay=message.delay + wait, overtaken=wait > 0)

    def _copy(self, message: Message, number: int) -> Message | None:
        if not self.mutate_timestamp:
            return message

        def later(keys: Keys) -> Keys | None:
            return moved(keys, number * max(1, self.ms))

        return changed(message, later)


FAULT = Duplicate
