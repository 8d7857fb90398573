"""reset: the connection is reset."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "ResetFault"]


@dataclass(frozen=True, slots=True)
class ResetFault(StreamFault):
    """On the wire: the packet that is the trigger, and a TCP RST right after it; no close frame.
    What the client has not read by then may be lost to it, that packet included.

    A good client takes the error of its socket for any other failure: it connects again, sends its
    token, and so gets what was lost.
    """

    NAME: ClassVar[str] = "reset"

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """One act."""
        return wire.Once(wire.Reset())


FAULT = ResetFault
