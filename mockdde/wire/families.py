"""The four families of faults, and what their parameters can be held against."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from mockdde.chance import Chance
from mockdde.wire.acts import Order
from mockdde.wire.effects import Effect, Message
from mockdde.wire.seen import Answer, Asked, Context, Handshake, Memory

__all__ = [
    "Fault",
    "HandshakeFault",
    "RestFault",
    "ServerFault",
    "StreamFault",
    "check_choice",
    "check_close",
    "check_range",
]

_UNSENDABLE = (1004, 1005, 1006, 1015)  # RFC 6455 §7.4.1: reserved, never in a frame
_LAST_OF_PROTOCOL = 1014  # the last given out of those up to 2999, which are the protocol's
_LONGEST_REASON = 123  # bytes, RFC 6455 §5.5


class Fault(ABC):
    """One named way for the wire to lie."""

    NAME: ClassVar[str]
    TIMES: ClassVar[int] = 1  # how often it strikes where the rule does not say; 0: always
    TRIGGERS: ClassVar[tuple[str, ...]] = ()  # those that mean something to it; none: any it can
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde", "live")  # those in which it has something to do

    @property
    def dialects(self) -> Sequence[str]:
        """Those in which it has something to do with these parameters."""
        return self.DIALECTS

    @property
    def streams(self) -> Sequence[str]:
        """Streams that its parameters name, below the tournament."""
        return ()


class StreamFault(Fault):
    """Strikes a connection that is open."""

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """Whether it has something to do here, with this packet where one is its trigger.

        Where not, that is no occasion: another trigger waits for a packet that fits, and once for
        the token; a packet that is the trigger just passes.
        """
        return True

    @abstractmethod
    def begin(self, context: Context) -> Effect:
        """What it does from now on; called when it strikes."""

    def again(self, context: Context) -> Effect | None:  # noqa: ARG002
        """What it does to a new connection because of what it did to one before."""
        return None


class HandshakeFault(Fault):
    """Strikes a handshake."""

    def wants(self, asked: Asked, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it strikes this one; where not, that is no occasion."""
        return True

    @abstractmethod
    def handshake(self, asked: Asked, chance: Chance, memory: Memory) -> Handshake | None:
        """How it is answered; None where it goes on as ever."""


class RestFault(Fault):
    """Strikes a request."""

    SHARED: ClassVar[bool] = False  # one memory for all documents, instead of one for each

    def wants(self, asked: Asked, answer: Answer, memory: Memory) -> bool:  # noqa: ARG002
        """Whether it strikes this one; where not, that is no occasion."""
        return True

    @abstractmethod
    def answer(self, answer: Answer, asked: Asked, chance: Chance, memory: Memory) -> Answer:
        """What is answered instead."""


class ServerFault(Fault):
    """Strikes all of the server."""

    @abstractmethod
    def order(self) -> Order:
        """What the server does."""


def check_choice(name: str, value: str, choices: Iterable[str]) -> None:
    """ValueError where a parameter is none of its choices."""
    known = list(choices)
    if value not in known:
        raise ValueError(f"{name} is {value!r}; it can be {', '.join(known)}")


def check_range(name: str, value: float, low: float, high: float) -> None:
    """ValueError where a parameter is out of its range."""
    if not low <= value <= high:
        raise ValueError(f"{name} is {value:g}; it can be {low:g} to {high:g}")


def check_close(code: int, reason: str) -> None:
    """ValueError where no close frame can have them."""
    if code in _UNSENDABLE:
        raise ValueError(f"code {code} is in no close frame; use one such as 1011")
    if not (1000 <= code <= _LAST_OF_PROTOCOL or 3000 <= code <= 4999):
        raise ValueError(f"code {code} means nothing; use 1000 to 1014 or 3000 to 4999")
    if len(reason.encode()) > _LONGEST_REASON:
        raise ValueError(f"the reason is longer than {_LONGEST_REASON} bytes")
