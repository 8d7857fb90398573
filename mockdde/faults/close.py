"""close: a close frame with any code and reason."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "Close"]


@dataclass(frozen=True, slots=True)
class Close(StreamFault):
    """On the wire: the packet that is the trigger, a close frame with this code and reason, and,
    once the client has answered, the TCP close.

    A good client answers with a close frame, connects again, sends its token, and takes the packets
    that come again for what they are: packets it has already. A live one says in Client.Init which
    event it has seen last, and gets the rest.
    """

    NAME: ClassVar[str] = "close"
    code: int = 1011
    reason: str = ""

    def __post_init__(self) -> None:
        wire.check_close(self.code, self.reason)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """One act."""
        return wire.Once(wire.Close(self.code, self.reason))


FAULT = Close
