"""accept_and_close: a connection is closed as soon as it is open."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "AcceptAndClose"]


@dataclass(frozen=True, slots=True)
class AcceptAndClose(HandshakeFault):
    """On the wire: the 101, and right after it a close frame with this code and reason, whatever
    the client sends; once it has answered, the TCP close.

    A good client does not take the 101 for success: its pauses grow on, and begin anew only once
    its token was accepted.
    """

    NAME: ClassVar[str] = "accept_and_close"
    code: int = 1013
    reason: str = "try again later"

    def __post_init__(self) -> None:
        wire.check_close(self.code, self.reason)

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """As ever, but for what comes after it."""
        return Handshake(then=wire.Close(self.code, self.reason))


FAULT = AcceptAndClose
