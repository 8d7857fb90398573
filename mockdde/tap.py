"""A tap between a transport and aiohttp's protocol: it can go deaf, and knows when it is lost."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import cast

__all__ = ["Tap", "reset"]


class Tap(asyncio.Protocol):
    """Stands before the protocol of a transport; all goes on to that one, while it is not deaf."""

    def __init__(self, transport: asyncio.Transport, is_deaf: Callable[[], bool] | None = None):
        self.lost = asyncio.Event()
        self._is_deaf = is_deaf
        self._inner = cast(asyncio.Protocol, transport.get_protocol())
        transport.set_protocol(self)

    @classmethod
    def on(cls, transport: asyncio.Transport) -> Tap:
        """The tap of a transport; a second request on a connection has that of the first."""
        there = transport.get_protocol()
        return there if isinstance(there, cls) else cls(transport)

    def data_received(self, data: bytes) -> None:
        """What the client sends is heard, or not."""
        if self._is_deaf is None or not self._is_deaf():
            self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """The client sends no more."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.lost.set()
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """The transport is full."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """It no longer is."""
        self._inner.resume_writing()


def reset(transport: asyncio.Transport) -> None:
    """End a connection with a TCP reset; ``abort`` alone sends a FIN."""
    own = transport.get_extra_info("socket")
    if own is not None:
        own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
