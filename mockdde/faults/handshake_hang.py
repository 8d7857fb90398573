"""handshake_hang: a handshake is never answered."""

from __future__ import annotations

from typing import ClassVar

from mockdde.chance import Chance
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "HandshakeHang"]


@dataclass(frozen=True, slots=True)
class HandshakeHang(HandshakeFault):
    """On the wire: the TCP connection is there at once, and then not a byte comes. After ``ms`` it
    ends with a FIN; with 0 never, and the server waits until the client goes.

    A good client gives up a handshake after some seconds, and tries again.
    """

    NAME: ClassVar[str] = "handshake_hang"
    ms: int = 0

    def __post_init__(self) -> None:
        _connection.check_ms("ms", self.ms)

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """Silence."""
        return Handshake(delay=self.ms / 1000, raw=b"") if self.ms else Handshake(hang=True)


FAULT = HandshakeHang
