"""reserved_bits: bits that nobody has agreed on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_frames import Mangled
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Piece, StreamFault

__all__ = ["FAULT", "ReservedBits"]


@dataclass(frozen=True, slots=True)
class ReservedBits(StreamFault):
    """On the wire: a packet's frame with these of the bits RSV1 to RSV3 set (``which``, a list of
    numbers), though no extension was agreed on. What follows is as ever.

    A good client fails the connection with 1002 (RFC 6455 §5.2), connects again and catches up.
    """

    NAME: ClassVar[str] = "reserved_bits"
    which: tuple[int, ...] = (1,)

    def __post_init__(self) -> None:
        if not self.which:
            raise ValueError("which names no bit; write [1], or [1, 2, 3] for all")
        for each in self.which:
            wire.check_range("which", each, 1, 3)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return Mangled(self._set)

    def _set(self, data: bytes) -> Iterator[Piece]:
        bits = sum(0x80 >> each for each in {*self.which})
        yield Piece(0.0, bytes((data[0] | bits,)) + data[1:])


FAULT = ReservedBits
