"""seq_jump: numbers that leave some out, though no packet is missing."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Renumbering, opened
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "SeqJump"]


@dataclass(frozen=True, slots=True)
class SeqJump(StreamFault):
    """On the wire: the seqNum of the packet that is the trigger and of all after it is higher by
    ``by``, as long as the connection or the fault lasts. No packet is missing, and nothing else of
    them is changed. A new connection has the true numbers.

    The live dialect has no numbers: it does not strike there.

    A good client takes it for a hole and connects again; it finds that the same packets have lower
    numbers there, keeps the replay's word, and does not wait for ever for packets that never were.
    """

    NAME: ClassVar[str] = "seq_jump"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    by: int = 10

    def __post_init__(self) -> None:
        wire.check_range("by", self.by, 1, 1_000_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that is numbered."""
        return message is not None and opened(message.payload).seq is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Counts on from there."""
        return Renumbering(lambda _: self.by)


FAULT = SeqJump
