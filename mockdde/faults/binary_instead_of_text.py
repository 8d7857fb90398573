"""binary_instead_of_text: a packet in a binary frame."""

from __future__ import annotations

from typing import ClassVar

from mockdde.frames import BINARY, TEXT
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, Piece, StreamFault

__all__ = ["FAULT", "BinaryInsteadOfText"]


@dataclass(frozen=True, slots=True)
class BinaryInsteadOfText(StreamFault):
    """On the wire: a packet in a frame of opcode 2, binary, its bytes as ever.

    A good client reads the JSON all the same, or says what it got; it does not fall over a message
    of bytes where it always got text.
    """

    NAME: ClassVar[str] = "binary_instead_of_text"

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """The next packet."""
        return _Binary()


class _Binary(Effect):
    def frames(self, message: Message, pieces: list[Piece]) -> list[Piece]:
        """The opcode of its first frame, which may be the only one."""
        if self.over or message.place is None:
            return pieces
        self.over = True
        return [
            Piece(delay, bytes((data[0] & 0xF0 | BINARY,)) + data[1:])
            if isinstance(data, bytes) and data[0] & 0x0F == TEXT
            else Piece(delay, data)
            for delay, data in pieces
        ]


FAULT = BinaryInsteadOfText
