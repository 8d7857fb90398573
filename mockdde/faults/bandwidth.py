"""bandwidth: a narrow line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Piece, StreamFault

__all__ = ["FAULT", "Bandwidth"]

_FASTEST = 1_000_000_000  # bytes per second
_SMALLEST = 64  # bytes of a burst where none is given
_SHARE = 20  # ... and of faster lines, the part of a second that it is


@dataclass(frozen=True, slots=True)
class Bandwidth(StreamFault):
    """On the wire: from now on ``bytes_per_s`` at most, all of them in the end: a token bucket of
    ``burst`` bytes, which is full at first; without one, 64 bytes or a twentieth of a second's.
    Frames come in as many pieces. When the fault ends the rest comes at once.

    A good client puts together what comes in pieces, and falls behind without falling over.
    """

    NAME: ClassVar[str] = "bandwidth"
    bytes_per_s: int = 1000
    burst: int = 0

    def __post_init__(self) -> None:
        wire.check_range("bytes_per_s", self.bytes_per_s, 1, _FASTEST)
        wire.check_range("burst", self.burst, 0, _FASTEST)

    def begin(self, context: Context) -> Effect:
        """A bucket, full."""
        burst = self.burst or max(_SMALLEST, self.bytes_per_s // _SHARE)
        return _Bucket(self.bytes_per_s, burst, context.now)


class _Bucket(Effect):
    def __init__(self, rate: int, burst: int, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._empty = now - burst / rate  # when it was empty, if it were never full

    def send(self, due: float, data: bytes) -> Iterable[Piece]:
        """As many bytes as a bucket holds, once it holds them."""
        for start in range(0, len(data), self._burst):
            part = data[start : start + self._burst]
            takes = len(part) / self._rate
            go = max(due, self._empty + takes)
            self._empty = max(self._empty, go - self._burst / self._rate) + takes
            yield Piece(go - due, part)
            due = go


FAULT = Bandwidth
