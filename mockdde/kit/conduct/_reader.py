"""What a client could read of the bytes that a server has sent: RFC 6455, frame by frame.

The bytes may be anything. What is whole is given at the moment its last byte was sent; at the
first thing that a client must not bear, reading ends, as it does after a close frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from mockdde.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT
from mockdde.records import dataclass

__all__ = ["Control", "Item", "Message", "Reader", "Violation"]

_KINDS = {TEXT: "text", BINARY: "binary", CLOSE: "close", PING: "ping", PONG: "pong"}
_PROTOCOL, _TEXT = 1002, 1007  # RFC 6455 §7.4.1
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message; ``frames`` is in how many it came."""

    at: float
    kind: str  # text, binary
    data: bytes
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Control:
    """A control frame; ``code`` is that of a close frame which has one."""

    at: float
    kind: str  # ping, pong, close
    data: bytes

    @property
    def code(self) -> int | None:
        """The code of a close frame."""
        return int.from_bytes(self.data[:2], "big") if self.kind == "close" and self.data else None


@dataclass(frozen=True, slots=True)
class Violation:
    """What a client must fail the connection for; ``code`` is what its close frame has to say."""

    at: float
    kind: str  # reserved, opcode, masked, control, fragment, utf8, length, close
    code: int


Item: TypeAlias = Message | Control | Violation


@dataclass(frozen=True, slots=True)
class _Head:
    final: bool
    reserved: int
    opcode: int
    masked: bool
    size: int
    end: int  # where its payload begins


class Reader:
    """Reads one connection; ``over`` once nothing can come any more."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._opcode: int | None = None  # of the message that has begun
        self._begun = False
        self.over = False

    @property
    def partial(self) -> bool:
        """Whether a message, or a frame, has begun and is not whole."""
        return not self.over and (bool(self._buffer) or self._opcode is not None)

    def feed(self, data: bytes, at: float) -> Iterator[Item]:
        """What is whole with these bytes."""
        self._buffer += data
        if not self._begun:
            self._skip_handshake()
        while not self.over and (head := self._head()) is not None:
            wrong = self._wrong(head)
            if wrong is not None:
                yield self._stop(at, wrong)
                return
            end = head.end + head.size
            if len(self._buffer) < end:
                return
            payload = bytes(self._buffer[head.end : end])
            del self._buffer[:end]
            yield from self._frame(head, payload, at)

    def _skip_handshake(self) -> None:
        """A recorder may have noted the answer to the handshake, too."""
        if b"HTTP/"[: len(self._buffer)] != self._buffer[:5]:
            self._begun = True
            return
        end = self._buffer.find(_HEAD_END)
        if end >= 0:
            del self._buffer[: end + len(_HEAD_END)]
            self._begun = True

    def _head(self) -> _Head | None:
        """The header of the next frame, once it is whole."""
        buffer = self._buffer
        if not self._begun or len(buffer) < 2:
            return None
        size, end = buffer[1] & 0x7F, 2
        if size >= 126:
            end = 4 if size == 126 else 10
            if len(buffer) < end:
                # Its first byte says enough where that is wrong already.
                size = 0
                if self._wrong(self._made(size, end)) is None:
                    return None
            else:
                size = int.from_bytes(buffer[2:end], "big")
        return self._made(size, end)

    def _made(self, size: int, end: int) -> _Head:
        first, second = self._buffer[0], self._buffer[1]
        return _Head(
            bool(first & 0x80), first >> 4 & 7, first & 0x0F, bool(second & 0x80), size, end
        )

    def _wrong(self, head: _Head) -> str | None:
        """What a client must not bear in a header."""
        control = head.opcode >= CLOSE
        if head.reserved:
            return "reserved"
        if head.opcode not in (CONTINUATION, *_KINDS):
            return "opcode"
        if head.masked:
            return "masked"
        if control and (not head.final or self._buffer[1] & 0x7F > 125):
            return "control"
        if not control and (head.opcode == CONTINUATION) != (self._opcode is not None):
            return "fragment"
        return "length" if head.size >> 63 else None

    def _frame(self, head: _Head, payload: bytes, at: float) -> Iterator[Item]:
        if head.opcode >= CLOSE:
            yield self._control(head.opcode, payload, at)
            return
        if head.opcode != CONTINUATION:
            self._opcode = head.opcode
        self._parts.append(payload)
        if not head.final:
            return
        kind, data = _KINDS[self._opcode or TEXT], b"".join(self._parts)
        frames = len(self._parts)
        self._parts, self._opcode = [], None
        if kind == "text" and not _is_utf8(data):
            yield self._stop(at, "utf8")
            return
        yield Message(at, kind, data, frames)

    def _control(self, opcode: int, payload: bytes, at: float) -> Item:
        if opcode == CLOSE:
            if len(payload) == 1:
                return self._stop(at, "close")
            if not _is_utf8(payload[2:]):
                return self._stop(at, "utf8")
            self.over = True
        return Control(at, _KINDS[opcode], payload)

    def _stop(self, at: float, kind: str) -> Violation:
        self.over = True
        return Violation(at, kind, _TEXT if kind == "utf8" else _PROTOCOL)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
