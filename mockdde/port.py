"""The port of a server: open, shut as if there were none, and open again."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from mockdde.listening import BACKLOG, again

__all__ = ["Port"]


class Port:
    """Each connection has a protocol of its own, which ``protocol`` makes."""

    def __init__(self, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._protocol = protocol
        self._tls: ssl.SSLContext | None = None
        self._addresses: list[tuple[int, tuple[str, int]]] = []
        self._sockets: Sequence[socket.socket] = []
        self._servers: list[asyncio.Server] = []

    async def open(
        self, sockets: Iterable[socket.socket], tls: ssl.SSLContext | None = None
    ) -> None:
        """Answer whoever connects to these listening sockets."""
        self._tls, listening = tls, [*sockets]
        self._addresses = [(each.family, each.getsockname()) for each in listening]
        await self._listen(listening)

    async def reopen(self) -> None:
        """Listen where it was shut. UsageError where another program listens there now."""
        await self._listen(again(self._addresses))

    async def _listen(self, sockets: Sequence[socket.socket]) -> None:
        self._sockets, loop = sockets, asyncio.get_running_loop()
        for each in sockets:
            server = await loop.create_server(
                self._protocol, sock=each, ssl=self._tls, backlog=BACKLOG
            )
            self._servers.append(server)

    async def shut(self) -> None:
        """Listen no more: who asks for a connection is refused."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows
            for each in self._sockets:
                loop.remove_reader(each.fileno())
        self._sockets = []
        await asyncio.sleep(0)  # asyncio loses a connection that it accepts as its server closes
        for server in self._servers:
            server.close()
        self._servers.clear()
