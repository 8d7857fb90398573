"""oversize: a packet that is too large for many a client."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Oversize"]

_LARGEST = 64 << 20
_COMMON = 1 << 20  # what many libraries take at most, where nobody says otherwise


@dataclass(frozen=True, slots=True)
class Oversize(StreamFault):
    """On the wire: a packet in one frame whose payload is ``bytes`` long at least: the same JSON
    document, and then blanks, which are legal after one (RFC 8259 §2). The default is one byte more
    than many libraries take at most.

    A good client reads it: it has set its own limit above the largest packet that can come. One
    that cannot closes with 1009, and meets the same packet again when it catches up.
    """

    NAME: ClassVar[str] = "oversize"
    bytes: int = _COMMON + 1

    def __post_init__(self) -> None:
        wire.check_range("bytes", self.bytes, 1, _LARGEST)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return _Padding(self.bytes)


class _Padding(Effect):
    def __init__(self, size: int) -> None:
        self._size = size

    def packet(self, message: Message, now: float) -> Iterable[Message]:  # noqa: ARG002
        """As large as it has to be."""
        if self.over:
            return (message,)
        self.over = True
        return (replace(message, payload=message.payload.ljust(self._size)),)


FAULT = Oversize
