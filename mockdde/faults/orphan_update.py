"""orphan_update: events that are updated and were never added."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, Rewriting, changed, put
from mockdde.faults._message_live import action_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "OrphanUpdate"]


@dataclass(frozen=True, slots=True)
class OrphanUpdate(StreamFault):
    """On the wire: the action of the live event that is the trigger, an ADD, and of those after it,
    ``count`` in all (0: all as long as the fault lasts), is UPDATE; nothing else of them is
    changed. So it is where an ADD was lost and a later version comes. The DDE feed has no actions,
    and states have none: it does not strike there.

    A good client takes an UPDATE of an event that it does not have for the event: its payload is
    whole.
    """

    NAME: ClassVar[str] = "orphan_update"
    DIALECTS: ClassVar[tuple[str, ...]] = ("live",)
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 0, 1_000_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """An event that is added."""
        return message is not None and _orphaned(message) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Changes them."""
        return Rewriting(self.count, _orphaned)


def _orphaned(message: Message) -> Message | None:
    def update(keys: Keys) -> Keys | None:
        return put(keys, ("data", "action"), "UPDATE") if action_of(keys) == "ADD" else None

    return changed(message, update)


FAULT = OrphanUpdate
