"""seq_type: numbers of another type."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, Rewriting, changed
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "SeqType"]

_KINDS: dict[str, Callable[[int], object]] = {
    "string": str,
    "float": float,
    "null": lambda _: None,
}


@dataclass(frozen=True, slots=True)
class SeqType(StreamFault):
    """On the wire: the seqNum of the packet that is the trigger and of the numbered ones after it,
    ``count`` in all (0: all as long as the fault lasts), is not an integer but, as ``kind`` says, a
    ``string`` ("14"), a ``float`` (14.0) or ``null``. Nothing else of them is changed. No schema
    takes the string or null; 14.0 is an integer by JSON Schema.

    The live dialect has no numbers: it does not strike there.

    A good client reads 14 in either of the first two, or leaves the packet and fills the hole; it
    never compares numbers as text ("9" comes after "14" there), and does not fail on null.
    """

    NAME: ClassVar[str] = "seq_type"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    kind: str = "string"
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_choice("kind", self.kind, _KINDS)
        wire.check_range("count", self.count, 0, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that is numbered."""
        return message is not None and self.change(message) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Changes them."""
        return Rewriting(self.count, self.change)

    def change(self, message: Message) -> Message | None:
        """A packet with the other number."""

        def typed(keys: Keys) -> Keys | None:
            seq = keys.get("seqNum")
            return keys | {"seqNum": _KINDS[self.kind](seq)} if isinstance(seq, int) else None

        return changed(message, typed)


FAULT = SeqType
