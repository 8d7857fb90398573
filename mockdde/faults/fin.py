"""fin: the connection ends without a close frame."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "FinFault"]


@dataclass(frozen=True, slots=True)
class FinFault(StreamFault):
    """On the wire: the packet that is the trigger and, after all that is due, a FIN; no close
    frame.

    A good client takes the end of the file for a failure (its library says 1006), and connects
    again as after any other.
    """

    NAME: ClassVar[str] = "fin"

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """One act."""
        return wire.Once(wire.Fin())


FAULT = FinFault
