"""The protocol of every connection: it can be deaf, knows when it is lost, and asks the clerk."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol, cast

__all__ = ["Desk", "Tap", "reset"]

_UNHEARD = 1 << 20  # bytes that are kept for later; beyond it they wait with the system


class Desk(Protocol):
    """Who may answer a request at once, in place of aiohttp."""

    def takes(self, tap: Tap, data: bytes) -> bool:
        """Whether what a client has sent is dealt with."""
        ...


class Tap(asyncio.Protocol):
    """Stands between a transport and aiohttp's protocol; what it does not keep goes on to that."""

    __slots__ = (
        "_inner",
        "_lost",
        "_unheard",
        "asked",
        "cause",
        "desk",
        "given",
        "is_deaf",
        "is_lost",
        "room",
        "transport",
    )

    def __init__(self, inner: asyncio.Protocol, desk: Desk | None = None) -> None:
        self.transport: asyncio.Transport | None = None
        self.desk = desk  # who may answer in place of aiohttp
        self.asked: bytes | None = None  # what of it waits for aiohttp's answer; see ``Clerk``
        self.given = 0.0  # when that was
        self.is_deaf: Callable[[], bool] | None = None
        self.room: Callable[[], None] | None = None  # a full transport has room again
        self.is_lost = False
        self.cause: Exception | None = None  # of its loss
        self._inner = inner
        self._lost: asyncio.Event | None = None  # few connections need one
        self._unheard = bytearray()

    @classmethod
    def on(cls, transport: asyncio.Transport) -> Tap:
        """The tap of a transport of ours."""
        return cast(Tap, transport.get_protocol())

    @property
    def lost(self) -> asyncio.Event:
        """Set when the connection is gone."""
        if self._lost is None:
            self._lost = asyncio.Event()
            if self.is_lost:
                self._lost.set()
        return self._lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client is there."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's only behaves like one
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """What the client sends is heard, or kept: half a frame must not be lost."""
        if self._unheard or (self.is_deaf is not None and self.is_deaf()):
            self._keep(data)
        elif self.desk is None or not self.desk.takes(self, data):
            self._inner.data_received(data)

    def _keep(self, data: bytes) -> None:
        self._unheard += data
        if len(self._unheard) > _UNHEARD and self.transport is not None:
            self.transport.pause_reading()

    def keep(self) -> None:
        """Keep what the client sends for whoever the connection is handed over to.

        Also what it has sent since the handshake that is being answered, be that in one segment
        with it or not: aiohttp has it, and would give it to a WebSocket of its own.
        """
        self.desk, self.is_deaf = None, lambda: True
        self._unheard += getattr(self._inner, "_message_tail", b"")
        self._inner._message_tail = b""  # type: ignore[attr-defined]

    def hand_over(self, inner: asyncio.Protocol) -> None:
        """From now on another protocol has the connection; what was kept is for that."""
        before, self._inner, self.is_deaf = self._inner, inner, None
        # So it does not close what it is told is lost.
        before.transport = None  # type: ignore[attr-defined]
        before.connection_lost(None)

    def hear(self) -> None:
        """What was kept is heard now, where it is deaf no more."""
        deaf = self.is_deaf is not None and self.is_deaf()
        transport = self.transport
        if deaf or transport is None or transport.is_closing():
            return
        data = bytes(self._unheard)
        self._unheard.clear()
        if len(data) > _UNHEARD:
            transport.resume_reading()
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        """The client sends no more."""
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.cause, self.is_lost = exc, True
        if self._lost is not None:
            self._lost.set()
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """The transport is full."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """It no longer is."""
        self._inner.resume_writing()
        if self.room is not None:
            self.room()


def reset(transport: asyncio.Transport) -> None:
    """End a connection with a TCP reset; ``abort`` alone sends a FIN."""
    own = transport.get_extra_info("socket")
    if own is not None:
        with suppress(OSError, ValueError):  # it is closed already, in asyncio's or uvloop's words
            own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
