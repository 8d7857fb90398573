"""handshake_delay: the answer to a handshake comes late."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "HandshakeDelay"]

_THEN = ("none", "last")


@dataclass(frozen=True, slots=True)
class HandshakeDelay(HandshakeFault):
    """On the wire: the TCP connection is there at once, the 101 comes so many ms later. ``ms`` is a
    number or a list, one for each attempt; those after the list are answered at once with ``then:
    none``, and as late as the last of it with ``then: last``. It strikes without end.

    A good client gives up a handshake after some seconds, and tries again.
    """

    NAME: ClassVar[str] = "handshake_delay"
    TIMES: ClassVar[int] = 0
    ms: tuple[int, ...] = (5000,)
    then: str = "none"

    def __post_init__(self) -> None:
        if not self.ms:
            raise ValueError("ms is an empty list; give the delay of at least one attempt")
        for each in self.ms:
            _connection.check_ms("ms", each)
        wire.check_choice("then", self.then, _THEN)

    def wants(self, asked: Asked, memory: Memory) -> bool:  # noqa: ARG002
        """Whether the list has one for this attempt."""
        return self.then == "last" or memory.get("attempts", 0) < len(self.ms)

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """The delay of this attempt."""
        attempt = memory.get("attempts", 0)
        memory["attempts"] = attempt + 1
        return Handshake(delay=self.ms[min(attempt, len(self.ms) - 1)] / 1000)


FAULT = HandshakeDelay
