"""Outages: what faults want of all the server, and nobody listens for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from mockdde.port import Port
from mockdde.wire import Order, Restart

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["Outages"]


class Outages:
    """Those that go on now, of a server and its port."""

    def __init__(self, server: Server, port: Port) -> None:
        self._server, self._port = server, port
        self._down = 0  # so many have nobody listen now
        self._switch = asyncio.Lock()  # one may begin as another ends

    def begin(self, order: Order) -> None:
        """Do what a fault wants; the server's ``task_ended`` hears how that went."""
        self._server.spawn(self._outage(order)).add_done_callback(self._server.task_ended)

    async def _outage(self, order: Order) -> None:
        """Nobody listens for a while; a restart closes what is open, too."""
        server, never = self._server, asyncio.Event()
        self._down += 1
        async with self._switch:
            await self._port.shut()
        if isinstance(order, Restart):
            await server.wait(order.drain, never)
            if not server.is_closed:  # else whoever is there hears that it stops
                server.close_all(order.code, order.reason)
        await server.wait(order.gap if isinstance(order, Restart) else order.seconds, never)
        self._down -= 1
        async with self._switch:
            if not self._down and not server.is_closed:
                await self._port.reopen()
