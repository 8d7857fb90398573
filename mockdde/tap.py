"""A tap between a transport and aiohttp's protocol: it can be deaf, and knows when it is lost."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import cast

__all__ = ["Tap", "reset"]

_UNHEARD = 1 << 20  # bytes that are kept for later; beyond it they wait with the system


class Tap(asyncio.Protocol):
    """Stands before the protocol of a transport; all goes on to that one, while it is not deaf."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self.lost = asyncio.Event()
        self.cause: Exception | None = None  # of its loss
        self.is_deaf: Callable[[], bool] = lambda: False
        self._stirred = asyncio.Event()
        self._transport = transport
        self._unheard = bytearray()
        self._inner = cast(asyncio.Protocol, transport.get_protocol())
        transport.set_protocol(self)

    @classmethod
    def on(cls, transport: asyncio.Transport) -> Tap:
        """The tap of a transport; a second request on a connection has that of the first."""
        there = transport.get_protocol()
        return there if isinstance(there, cls) else cls(transport)

    def data_received(self, data: bytes) -> None:
        """What the client sends is heard, or kept: half a frame must not be lost."""
        if not self._unheard and not self.is_deaf():
            self._inner.data_received(data)
            return
        self._unheard += data
        if len(self._unheard) > _UNHEARD:
            self._transport.pause_reading()

    def hear(self) -> None:
        """What was kept is heard now, where it is deaf no more."""
        self._stirred.set()
        if self._unheard and not self.is_deaf() and not self._transport.is_closing():
            data = bytes(self._unheard)
            self._unheard.clear()
            self._transport.resume_reading()
            self._inner.data_received(data)

    async def hearing(self) -> None:
        """Wait while it is deaf, unless it is lost."""
        while self.is_deaf() and not self.lost.is_set():
            self._stirred.clear()
            await self._stirred.wait()

    def eof_received(self) -> bool | None:
        """The client sends no more."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.cause = exc
        self.lost.set()
        self._stirred.set()
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
        with suppress(OSError, ValueError):  # it is closed already, in asyncio's or uvloop's words
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
