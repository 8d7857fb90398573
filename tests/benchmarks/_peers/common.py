"""What the servers beside us share: the messages, the handshake, and how they are told to begin."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

__all__ = ["ACCEPTED", "GUID", "frame", "messages", "on_go", "ready", "run", "upgrade"]

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
ACCEPTED = b'{"message":"Authorisation accepted"}'


def messages() -> list[bytes]:
    """What is to be sent, a message a line of the file that the command line names."""
    return Path(sys.argv[1]).read_bytes().splitlines()


def frame(payload: bytes) -> bytes:
    """A text frame of a server."""
    size = len(payload)
    if size < 126:
        return b"\x81" + bytes((size,)) + payload
    if size < 1 << 16:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def upgrade(head: bytes) -> bytes:
    """The answer to a handshake."""
    key = next(
        line.split(b":", 1)[1].strip()
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"sec-websocket-key:")
    )
    accept = base64.b64encode(hashlib.sha1(key + GUID).digest())  # noqa: S324
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )


def ready(port: int, **more: object) -> None:
    """Say where it listens."""
    print(json.dumps({"port": port, **more}), flush=True)


def on_go(call: Callable[[str], None]) -> None:
    """Call with each line that is said to us."""

    def read() -> None:
        line = sys.stdin.readline()
        if not line:
            asyncio.get_running_loop().remove_reader(sys.stdin.fileno())
            return
        call(line.strip())

    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), read)


def run(main: Coroutine[Any, Any, None]) -> None:
    """Run a server, on uvloop where it is installed."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        asyncio.run(main)
    else:
        uvloop.run(main)
