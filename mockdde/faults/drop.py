"""drop: packets that are never sent on this connection."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Taking
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "Drop"]


@dataclass(frozen=True, slots=True)
class Drop(StreamFault):
    """On the wire: the packet that is the trigger and those after it, ``count`` in all, are not
    sent; with 0 all, as long as the fault lasts. The numbers of the others stay as they are, and a
    new connection has all of them. Of a stream of documents so many documents are not sent.

    In the live dialect nothing shows it, for there are no numbers, and a new connection that goes
    on after a later event does not have them either.

    A good client sees the hole in the numbers, and fills it with a new connection's replay; where
    the last packet is missing nothing shows it but the time. A document needs no filling: the next
    one has everything. A live one asks REST for the events at the end of a round, or now and then,
    and takes in what it lacks.
    """

    NAME: ClassVar[str] = "drop"
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 0, 1_000_000)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Swallows them."""
        return Taking(self.count)


FAULT = Drop
