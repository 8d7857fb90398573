"""Connections: who is connected, and a close for one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mockdde.connection import Connection
from mockdde.control._gate import Routes, gated, json_answer, looked, query, whole
from mockdde.errors import RequestError, nearest
from mockdde.subscriber import State
from mockdde.wire import check_close

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["routes"]


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Connections(server)
    yield "GET", "connections", gated(handlers.shown)
    yield "DELETE", "connections/{id:15}", gated(handlers.close)


class _Connections:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def shown(self, request: web.Request) -> web.Response:  # noqa: ARG002
        looked(self._server)
        return json_answer([_shown(each) for each in self._server.connections.values()])

    async def close(self, request: web.Request) -> web.Response:
        said = query(request, ("code", "reason"))
        code, reason = whole(said, "code", 1000, 4999, 1000), said.get("reason", "")
        try:
            check_close(code, reason)
        except ValueError as error:
            raise RequestError(400, str(error)) from None
        await self._server.moment()
        number, connections = int(request.match_info["id"]), self._server.connections
        if number not in connections:
            message = f"there is no connection {number} here{nearest(number, connections)}"
            raise RequestError(404, message)
        subscriber = connections[number].subscriber
        if subscriber.state is State.CLOSING:
            raise RequestError(409, f"connection {number} is being closed already")
        self._server.engine.close(subscriber, code, reason)
        self._server.wake()
        return json_answer({"id": number, "code": code, "reason": reason})


def _shown(connection: Connection) -> dict[str, object]:
    subscriber = connection.subscriber
    streams = subscriber.state is State.STREAMING
    return {
        "id": subscriber.id,
        "path": subscriber.path,
        "client": connection.client,
        "since": round(connection.since, 6),
        "state": subscriber.state.value,
        "sent": subscriber.cursor,
        "lag": len(subscriber.source) - subscriber.cursor if streams else 0,
        "own_way": subscriber.way is not None,
    }
