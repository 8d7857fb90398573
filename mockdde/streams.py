"""WebSockets: a handshake, what a client says, and how its connection ends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, web

from mockdde.chaos import asking
from mockdde.connection import Connection
from mockdde.ear import Ear
from mockdde.errors import RequestError
from mockdde.records import replace
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap, reset
from mockdde.wire import Asked, Handshake

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["GOING", "STREAM_ONLY", "STREAM_ONLY_LIVE", "Streams"]

GOING = (WSCloseCode.GOING_AWAY, "the server stops")
STREAM_ONLY = "this is a stream: open it as a WebSocket, or add ?rest=true once it ended"
STREAM_ONLY_LIVE = "this is a stream: open it as a WebSocket, or ask for it below /golf/rest/v1"


class Streams:
    """Serves the WebSockets of a server."""

    def __init__(self, server: Server) -> None:
        self._server = server

    async def serve(
        self,
        request: web.Request,
        path: str,
        opens: Callable[[float, Asked], Subscriber],
        about: Collection[int] = (),
        refusal: str = STREAM_ONLY,
    ) -> web.StreamResponse:
        """Serve the stream at ``path`` that ``opens`` makes a subscriber of, until it ends."""
        ws = _websocket(request, refusal)
        server = self._server
        now = await server.moment(about, path)
        asked, handshake = server.engine.knock(_asked(request, path, now), request.path)
        server.wake()
        if handshake is not None:
            answer = await self._faulty(request, handshake)
            if answer is not None:
                return answer
            now = await server.moment(about, path)
        if server.is_closed:
            raise RequestError(503, GOING[1])
        subscriber = opens(now, replace(asked, wire=now))
        if handshake is not None and handshake.then is not None:
            server.engine.turn_away(subscriber, handshake.then)
        await self._follow(request, ws, subscriber)
        return web.Response()  # for which there is no connection any more

    async def _follow(
        self, request: web.Request, ws: web.WebSocketResponse, subscriber: Subscriber
    ) -> None:
        """Shake hands; from then on the connection is ours, and aiohttp holds it for lost.

        What it keeps for a request that goes on is more than all that we do for a subscriber.
        """
        transport, tap = request.transport, None
        try:
            if transport is not None:
                tap = Tap.on(transport)
                tap.keep()  # what the client says from now on is not aiohttp's
                await ws.prepare(request)
        except ConnectionError:
            pass
        except BaseException:
            self._left(subscriber, "the handshake failed")
            raise
        if transport is None or tap is None or tap.is_lost:  # it went away within the handshake
            self._left(subscriber, "the connection was lost")
            return
        self._open(request, ws, Connection(subscriber, transport, *self._client(request)))

    def _client(self, request: web.Request) -> tuple[str, float]:
        return request.headers.get("User-Agent", ""), self._server.clock.now()

    def _open(
        self, request: web.Request, ws: web.WebSocketResponse, connection: Connection
    ) -> None:
        server = self._server
        server.connections[connection.subscriber.id] = connection
        if server.recorder is not None:
            connection.line = server.recorder.opened(request, ws, connection)
        connection.tap.hand_over(Ear(server, connection, self._over))
        connection.tap.room = partial(server.write, connection)
        if connection.line is not None:
            connection.listen_in()
        if server.is_closed:  # the server began to stop within the handshake
            connection.close(*GOING)
        server.write(connection)  # what strikes at once does so before the client says a word
        connection.tap.hear()

    def _over(self, connection: Connection, detail: str) -> None:
        self._left(connection.subscriber, detail)
        if connection.line is not None:
            connection.line.ended(detail)
        connection.over()

    def _left(self, subscriber: Subscriber, detail: str) -> None:
        self._server.forget(subscriber)
        self._server.engine.leave(subscriber, self._server.clock.now(), detail)

    async def _faulty(
        self, request: web.Request, handshake: Handshake
    ) -> web.StreamResponse | None:
        """Answer a handshake as a fault has it; None where it then goes on as ever."""
        transport = request.transport
        if transport is None:
            return web.Response()
        lost = Tap.on(transport).lost
        if handshake.delay:
            await self._server.wait(handshake.delay, lost)
        if handshake.hang:
            await self._server.wait(float("inf"), lost)
        if lost.is_set():
            return web.Response()
        if handshake.reset:
            reset(transport)
        elif handshake.raw is not None:
            transport.write(handshake.raw)
            transport.close()
        elif handshake.status is not None:
            headers = dict(handshake.headers)
            return web.Response(status=handshake.status, body=handshake.body, headers=headers)
        else:
            return None
        return web.Response()


def _asked(request: web.Request, path: str, now: float) -> Asked:
    return asking(
        path,
        now,
        client=request.headers.get("User-Agent", ""),
        address=request.remote or "",
        key=request.headers.get("Sec-WebSocket-Key", ""),
    )


def _websocket(request: web.Request, refusal: str) -> web.WebSocketResponse:
    """RequestError where a request asks for none, or not as RFC 6455 has it."""
    if request.headers.get("Upgrade", "").lower() != "websocket":
        raise RequestError(426, refusal)
    # Frames on a tape are the same bytes for everybody, so no compression is negotiated.
    ws = web.WebSocketResponse(compress=False, autoclose=False, autoping=False)
    if not ws.can_prepare(request).ok:
        raise RequestError(400, "this is no WebSocket handshake (RFC 6455 §4.2.1)")
    return ws
