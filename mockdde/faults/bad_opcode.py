"""bad_opcode: a frame of a kind that there is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mockdde.faults._bytes_frames import Mangled
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Piece, StreamFault

__all__ = ["FAULT", "BadOpcode"]

_RESERVED = (*range(0x3, 0x8), *range(0xB, 0x10))  # RFC 6455 §5.2


@dataclass(frozen=True, slots=True)
class BadOpcode(StreamFault):
    """On the wire: a packet's frame with an ``opcode`` that is reserved, in place of text. What
    follows is as ever.

    A good client fails the connection with 1002 (RFC 6455 §5.2), connects again and catches up.
    """

    NAME: ClassVar[str] = "bad_opcode"
    opcode: int = 3

    def __post_init__(self) -> None:
        if self.opcode not in _RESERVED:
            raise ValueError(f"opcode {self.opcode} is not reserved; use 3 to 7 or 11 to 15")

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return Mangled(self._set)

    def _set(self, data: bytes) -> Iterator[Piece]:
        yield Piece(0.0, bytes((data[0] & 0xF0 | self.opcode,)) + data[1:])


FAULT = BadOpcode
