"""status_regress: what was finished is in progress again."""

from __future__ import annotations

from typing import ClassVar

from mockdde.faults._message_kit import Inserting, Keys, is_live, opened
from mockdde.faults._message_live import action_of, deleted, kind_of
from mockdde.faults._message_status import FINISHED, status, status_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "StatusRegress"]

_LIVE_ENDS = ("HoleEnded", "SportEventEnded")


@dataclass(frozen=True, slots=True)
class StatusRegress(StreamFault):
    """On the wire: behind HoleFinished or RoundFinished comes a HoleStarted of the same hole that
    nobody reported, with the next number and the same times; then, where it ``ends_again``, the
    first one again with the number after that. The numbers of all that follows are higher by two
    (else by one) on this connection, and a new connection knows nothing of it. It strikes with the
    first such packet, whatever its trigger. Streams of documents have none: nothing strikes there.

    In the live dialect behind the ADD of HoleEnded or SportEventEnded comes a DELETE of it that
    nobody reported, in a message of another id, and then, where it ``ends_again``, the same ADD
    with the same bytes.

    A good client keeps the strokes and the score of a hole that seems to start again until a packet
    says others, and has the same scores as before in the end. A live event that was deleted can be
    added again, and is as its last message says.
    """

    NAME: ClassVar[str] = "status_regress"
    ends_again: bool = True

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that says that something is finished."""
        return message is not None and self._more(opened(message.payload).keys) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Takes it back."""
        return Inserting(self._more)

    def _more(self, keys: Keys) -> list[Keys] | None:
        if is_live(keys):
            if action_of(keys) != "ADD" or kind_of(keys) not in _LIVE_ENDS:
                return None
            return [deleted(keys), keys] if self.ends_again else [deleted(keys)]
        started = status(keys, "HoleStarted")
        if started is None or status_of(keys) not in FINISHED:
            return None
        return [started, keys] if self.ends_again else [started]


FAULT = StatusRegress
