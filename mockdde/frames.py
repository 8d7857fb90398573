"""WebSocket frames as a server sends them: unmasked, the same bytes for every client (RFC 6455)."""

from __future__ import annotations

import struct

__all__ = [
    "BINARY",
    "CLOSE",
    "CONTINUATION",
    "PING",
    "PONG",
    "TEXT",
    "close_frame",
    "frame",
    "opcode_of",
    "payload_of",
    "text_frame",
]

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA  # opcodes, §5.2
_TEXT_HEAD = struct.Struct("!HH").pack  # of a final text frame of up to 64 KiB, and its size


def frame(opcode: int, payload: bytes, *, final: bool = True, reserved: int = 0) -> bytes:
    """A frame (§5.2); ``reserved`` are the three bits RSV1 to RSV3, as a number from 0 to 7."""
    first = bytes((final << 7 | reserved << 4 | opcode,))
    size = len(payload)
    if size < 126:
        return first + bytes((size,)) + payload
    if size < 1 << 16:
        return first + b"\x7e" + size.to_bytes(2, "big") + payload
    return first + b"\x7f" + size.to_bytes(8, "big") + payload


def text_frame(payload: bytes) -> bytes:
    """A text frame."""
    size = len(payload)
    if 126 <= size < 1 << 16:  # as almost all packets are; each is framed, so no call more
        return _TEXT_HEAD(0x817E, size) + payload
    return frame(TEXT, payload)


def opcode_of(data: bytes) -> int:
    """The opcode of a frame."""
    return data[0] & 0x0F


def payload_of(data: bytes) -> bytes:
    """What is in a frame."""
    return data[{126: 4, 127: 10}.get(data[1], 2) :]


def close_frame(code: int, reason: str) -> bytes:
    """A close frame (§5.5.1); a reason is 123 bytes at most."""
    return frame(CLOSE, code.to_bytes(2, "big") + reason.encode())
