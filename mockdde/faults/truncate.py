"""truncate: a frame that is never complete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_frames import Mangled
from mockdde.frames import payload_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Fin, Piece, StreamFault

__all__ = ["FAULT", "Truncate"]


@dataclass(frozen=True, slots=True)
class Truncate(StreamFault):
    """On the wire: a packet's frame header, of its true length, then this fraction of its payload
    and never all of it, then a FIN.

    A good client shows nothing of it: it connects again and catches up.
    """

    NAME: ClassVar[str] = "truncate"
    at: float = 0.5

    def __post_init__(self) -> None:
        wire.check_range("at", self.at, 0.0, 1.0)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return Mangled(self._cut)

    def _cut(self, data: bytes) -> Iterator[Piece]:
        size = len(payload_of(data))
        cut = min(int(size * self.at), size - 1)
        yield Piece(0.0, data[: len(data) - size + cut])
        yield Piece(0.0, Fin())


FAULT = Truncate
