"""seq_reset: numbers that begin again in the middle of a stream."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Renumbering, opened
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "SeqReset"]


@dataclass(frozen=True, slots=True)
class SeqReset(StreamFault):
    """On the wire: the packet that is the trigger has the seqNum ``to``, and all after it count on
    from there, as long as the connection or the fault lasts. Nothing else of them is changed; what
    has no number gets none. Packets that the client has seen had these numbers before. A new
    connection has the true ones.

    The live dialect has no numbers: it does not strike there.

    A good client does not throw away what follows as known already: the same number with another
    content is a sign that the numbers cannot be trusted, and it connects again for the true ones.
    """

    NAME: ClassVar[str] = "seq_reset"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    to: int = 1

    def __post_init__(self) -> None:
        wire.check_range("to", self.to, 0, 1_000_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that is numbered, with another number."""
        return message is not None and opened(message.payload).seq not in (None, self.to)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Counts from there."""
        return Renumbering(lambda seq: self.to - seq)


FAULT = SeqReset
