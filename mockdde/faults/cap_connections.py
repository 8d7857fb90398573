"""cap_connections: only so many connections at once."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "CapConnections"]

_MOST = 65_536
_OVER = ("refuse", "close")


@dataclass(frozen=True, slots=True)
class CapConnections(HandshakeFault):
    """On the wire: while ``max`` connections are open that the rule speaks of, another handshake
    gets 503 with ``over: refuse``; with ``over: close`` a 101 and a close frame 1013. It strikes
    without end; who comes once another has left is let in.

    A good client opens no socket twice, closes those of rounds that are over, and tries again after
    a pause that grows.
    """

    NAME: ClassVar[str] = "cap_connections"
    TIMES: ClassVar[int] = 0
    max: int = 1
    over: str = "refuse"

    def __post_init__(self) -> None:
        wire.check_range("max", self.max, 0, _MOST)
        wire.check_choice("over", self.over, _OVER)

    def wants(self, asked: Asked, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it would be one too many."""
        return asked.open >= self.max

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """The refusal."""
        if self.over == "close":
            return Handshake(then=wire.Close(1013, "too many connections"))
        return Handshake(status=503)


FAULT = CapConnections
