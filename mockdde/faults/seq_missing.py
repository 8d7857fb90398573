"""seq_missing: packets without the number that they should have."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, Rewriting, changed
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "SeqMissing"]


@dataclass(frozen=True, slots=True)
class SeqMissing(StreamFault):
    """On the wire: the packet that is the trigger and the numbered ones after it, ``count`` in all
    (0: all as long as the fault lasts), have no key seqNum. Nothing else of them is changed, and
    the next one has the number that it always had.

    The live dialect has no numbers: it does not strike there.

    A good client does not fail on it: it takes the packet by its order, or leaves it and fills the
    hole with a new connection; it does not number for itself from then on.
    """

    NAME: ClassVar[str] = "seq_missing"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 0, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that is numbered."""
        return message is not None and self.change(message) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Takes them away."""
        return Rewriting(self.count, self.change)

    def change(self, message: Message) -> Message | None:
        """A packet without its number."""
        return changed(message, _without)


def _without(keys: Keys) -> Keys | None:
    if "seqNum" not in keys:
        return None
    return {name: value for name, value in keys.items() if name != "seqNum"}


FAULT = SeqMissing
