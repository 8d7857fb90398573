"""What faults of frames share: which bytes are a whole message, and an effect on the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mockdde.frames import BINARY, TEXT, frame, payload_of
from mockdde.wire import Effect, Message, Piece

__all__ = ["Mangled", "is_whole"]


def is_whole(data: bytes) -> bool:
    """Whether these bytes are one whole data frame, as a message begins its way."""
    opcode = data[0] & 0x0F
    return data[0] >= 0x80 and opcode in (TEXT, BINARY) and data[1:] == _rest(payload_of(data))


def _rest(payload: bytes) -> bytes:
    return frame(TEXT, payload)[1:]


class Mangled(Effect):
    """The frame of the next packet is sent otherwise; of one in fragments, the last."""

    def __init__(self, change: Callable[[bytes], Iterable[Piece]]) -> None:
        """``change`` gives what is sent instead of a frame."""
        self._change = change

    def frames(self, message: Message, pieces: list[Piece]) -> list[Piece]:
        """What the change makes of the packet's last frame."""
        if self.over or message.place is None or not pieces:
            return pieces
        *before, (delay, data) = pieces
        if not isinstance(data, bytes):
            return pieces
        self.over = True
        first, *rest = self._change(data)
        return [*before, Piece(delay + first.delay, first.data), *rest]
