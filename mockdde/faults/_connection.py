"""What the faults of connections share: a limit, and the head of an answer to a handshake."""

from __future__ import annotations

import base64
import hashlib

from mockdde import wire

__all__ = ["LONGEST", "accept", "check_ms", "head"]

LONGEST = 86_400_000  # ms that a fault may take: a day
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 §1.3


def check_ms(name: str, value: int, low: int = 0) -> None:
    """ValueError where a parameter is no length of time."""
    wire.check_range(name, value, low, LONGEST)


def accept(key: str) -> str:
    """The Sec-WebSocket-Accept that proves a key (§4.2.2)."""
    digest = hashlib.sha1(key.encode() + _GUID.encode(), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


def head(first: str, headers: dict[str, str]) -> bytes:
    """The head of an HTTP answer."""
    lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
    return "".join(f"{line}\r\n" for line in [*lines, ""]).encode("latin-1")
