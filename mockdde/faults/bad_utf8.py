"""bad_utf8: a text that is none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mockdde.faults._bytes_frames import Mangled
from mockdde.frames import payload_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Piece, StreamFault

__all__ = ["FAULT", "BadUtf8"]

_NEVER = b"\xff"  # is in no UTF-8


@dataclass(frozen=True, slots=True)
class BadUtf8(StreamFault):
    """On the wire: a packet's text frame with the byte 0xFF in the middle in place of the one that
    was there. What follows is as ever.

    A good client fails the connection with 1007 (RFC 6455 §8.1), connects again and catches up.
    """

    NAME: ClassVar[str] = "bad_utf8"

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return Mangled(_spoilt)


def _spoilt(data: bytes) -> Iterator[Piece]:
    at = len(data) - (len(payload_of(data)) + 1) // 2
    yield Piece(0.0, data[:at] + _NEVER + data[at + 1 :])


FAULT = BadUtf8
