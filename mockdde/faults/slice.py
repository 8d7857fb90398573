"""slice: one frame in many TCP segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Piece, StreamFault

__all__ = ["FAULT", "Slice"]

_LARGEST = 1 << 20
_LONGEST = 60_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Slice(StreamFault):
    """On the wire: from now on the same bytes, ``bytes`` of them at most in each TCP segment, and
    ``gap_ms`` between two; a frame's header may be cut too. When the fault ends the rest comes at
    once.

    A good client does not notice: TCP has no messages.
    """

    NAME: ClassVar[str] = "slice"
    bytes: int = 16
    gap_ms: int = 5

    def __post_init__(self) -> None:
        wire.check_range("bytes", self.bytes, 1, _LARGEST)
        wire.check_range("gap_ms", self.gap_ms, 1, _LONGEST)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Slices."""
        return _Slices(self.bytes, self.gap_ms / 1000)


class _Slices(Effect):
    def __init__(self, size: int, gap: float) -> None:
        self._size, self._gap = size, gap
        self._next = 0.0  # when the next may go

    def send(self, due: float, data: bytes) -> Iterable[Piece]:
        """One after the other."""
        for start in range(0, len(data), self._size):
            go = max(due, self._next)
            self._next = go + self._gap
            yield Piece(go - due, data[start : start + self._size])
            due = go


FAULT = Slice
