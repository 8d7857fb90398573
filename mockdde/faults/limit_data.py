"""limit_data: the connection is cut after so many bytes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Ending, Fin, Piece, Reset, StreamFault

__all__ = ["FAULT", "LimitData"]

_MOST = 1 << 30


@dataclass(frozen=True, slots=True)
class LimitData(StreamFault):
    """On the wire: ``bytes`` more bytes, frame headers, heartbeats and pongs among them, then a FIN
    or a TCP reset (``then``), in the middle of a frame as it may be. Of a reset's bytes those that
    the client has not read yet are lost to it.

    A good client throws away a message that is not complete, connects again and catches up.
    """

    NAME: ClassVar[str] = "limit_data"
    bytes: int = 1000
    then: str = "fin"

    def __post_init__(self) -> None:
        wire.check_range("bytes", self.bytes, 0, _MOST)
        wire.check_choice("then", self.then, ("fin", "reset"))

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Counts."""
        return _Limit(self.bytes, Fin() if self.then == "fin" else Reset())


class _Limit(Effect):
    def __init__(self, left: int, ending: Ending) -> None:
        self._left, self._ending = left, ending

    def send(self, due: float, data: bytes) -> Iterable[Piece]:  # noqa: ARG002
        """As many as are left; with the last of them it ends."""
        part = data[: self._left]
        self._left -= len(part)
        yield Piece(0.0, part)
        if not self._left:
            self.over = True
            yield Piece(0.0, self._ending)


FAULT = LimitData
