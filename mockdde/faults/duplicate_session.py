"""duplicate_session: a second connection to a stream."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass
from mockdde.wire import Asked, Handshake, HandshakeFault, Memory

__all__ = ["FAULT", "DuplicateSession"]

_POLICIES = ("kick_old", "kick_new")


@dataclass(frozen=True, slots=True)
class DuplicateSession(HandshakeFault):
    """On the wire: where a connection to the same stream is open that the rule speaks of, it is
    closed with 1008 and the new one goes on (``policy: kick_old``); or it goes on, and the new one
    gets its 101 and a close frame 1008 (``policy: kick_new``). It strikes without end.

    A good client has one connection to a stream; it closes the old one before it opens a new one,
    and does not let two of its own drive each other out in turn.
    """

    NAME: ClassVar[str] = "duplicate_session"
    TIMES: ClassVar[int] = 0
    policy: str = "kick_old"

    def __post_init__(self) -> None:
        wire.check_choice("policy", self.policy, _POLICIES)

    def wants(self, asked: Asked, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it would be the second."""
        return bool(asked.same)

    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake:  # noqa: ARG002
        """Who is closed."""
        if self.policy == "kick_old":
            return Handshake(closes=asked.same)
        return Handshake(then=wire.Close(1008, "another session is open"))


FAULT = DuplicateSession
