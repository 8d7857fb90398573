"""orphan_delete: an event is deleted that nobody has added."""

from __future__ import annotations

from typing import ClassVar

from mockdde.faults._message_kit import Inserting, Keys, opened
from mockdde.faults._message_live import also, deleted, kind_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "OrphanDelete"]


@dataclass(frozen=True, slots=True)
class OrphanDelete(StreamFault):
    """On the wire: right behind the trigger, a live event that is added, comes the DELETE of
    another event of that type, which was never added, with the same created_at; where ``twice``, it
    comes twice, in one message after the other with the same bytes. REST does not list it, and a
    new connection knows nothing of it. The DDE feed deletes nothing, and states are whole: it does
    not strike there.

    A good client has nothing to take away and goes on: it does not fail, and does not reconnect.
    """

    NAME: ClassVar[str] = "orphan_delete"
    DIALECTS: ClassVar[tuple[str, ...]] = ("live",)
    twice: bool = False

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """An event that is added."""
        return message is not None and self._deletes(opened(message.payload).keys) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Deletes it."""
        return Inserting(self._deletes)

    def _deletes(self, keys: Keys) -> list[Keys] | None:
        other = also(keys, kind_of(keys))
        return None if other is None else [deleted(other)] * (1 + self.twice)


FAULT = OrphanDelete
