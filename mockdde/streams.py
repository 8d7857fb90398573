"""WebSockets: a handshake, what a client says, and how its connection ends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from mockdde.connection import Connection
from mockdde.engine import asking
from mockdde.errors import RequestError
from mockdde.frames import close_frame
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap, reset
from mockdde.wire import Asked, Handshake

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["GOING", "STREAM_ONLY", "STREAM_ONLY_LIVE", "Streams"]

GOING = (WSCloseCode.GOING_AWAY, "the server stops")
STREAM_ONLY = "this is a stream: open it as a WebSocket, or add ?rest=true once it ended"
STREAM_ONLY_LIVE = "this is a stream: open it as a WebSocket, or ask for it below /golf/rest/v1"
_LONGEST_MESSAGE = 64 * 1024  # bytes a client may send at once; a token is far shorter


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
        now = await server.moment(about)
        asked, handshake = server.engine.knock(_asked(request, path, now), request.path)
        server.wake()
        if handshake is not None:
            answer = await self._faulty(request, handshake)
            if answer is not None:
                return answer
            now = await server.moment(about)
        if server.is_closed:
            raise RequestError(503, GOING[1])
        subscriber = opens(now, replace(asked, wire=now))
        if handshake is not None and handshake.then is not None:
            server.engine.turn_away(subscriber, handshake.then)
        await self._follow(request, ws, subscriber)
        return ws

    async def _follow(
        self, request: web.Request, ws: web.WebSocketResponse, subscriber: Subscriber
    ) -> None:
        server = self._server
        detail = "the connection was lost"
        connection = None
        try:
            await ws.prepare(request)
            if request.transport is None:
                return  # it went away within the handshake
            client, now = request.headers.get("User-Agent", ""), server.clock.now()
            connection = Connection(subscriber, request.transport, client, now)
            server.connections[subscriber.id] = connection
            if server.recorder is not None:
                connection.listen_in()
                connection.line = server.recorder.opened(request, ws, connection)
            if server.is_closed:  # the server began to stop within the handshake
                connection.close(*GOING)
            server.write(connection)  # what strikes at once does so before the client says a word
            detail = await self._listen(ws, connection)
        except ConnectionError:
            pass  # it went away within the handshake
        except Exception as error:
            if not ws.prepared:
                raise
            detail = server.failed(request, error)
            if connection is not None:
                connection.close(WSCloseCode.INTERNAL_ERROR, "a bug in mockdde")
        finally:
            server.forget(subscriber)
            server.engine.leave(subscriber, server.clock.now(), detail)
            if connection is not None:
                if connection.line is not None:
                    connection.line.ended(detail)
                connection.over()

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

    async def _listen(self, ws: web.WebSocketResponse, connection: Connection) -> str:
        """Hear all that a client says; returns how the connection ended."""
        server = self._server
        while True:
            message = await _next(ws, connection)
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                server.engine.hear(connection.subscriber, message.data, server.clock.now())
                server.wake()
            elif message.type is WSMsgType.PING:
                connection.pong(message.data, server.clock.now())
                server.engine.ping(connection.subscriber, server.clock.now())
                server.wake(connection)
            elif message.type is WSMsgType.PONG:
                continue
            elif message.type is WSMsgType.CLOSE:
                await self._unanswered(connection)
                if connection.ended:
                    return connection.ended
                await _echo(ws, connection)
                return f"the client closed with {message.data or 'no code'}"
            elif connection.ended:
                return connection.ended
            elif message.type is WSMsgType.ERROR:
                fault = message.data
                code = getattr(fault, "code", ws.close_code)
                return f"the server closed with {code}: {fault}"
            else:
                return f"the connection ended with {ws.close_code}"

    async def _unanswered(self, connection: Connection) -> None:
        """Leave a close frame unanswered for as long as a fault has it."""
        if connection.way is not None and connection.way.close_delay and connection.tap is not None:
            await self._server.wait(connection.way.close_delay, connection.tap.lost)


async def _next(ws: web.WebSocketResponse, connection: Connection) -> WSMessage:
    """What the client says next, once it is heard."""
    message = await ws.receive()
    if connection.tap is not None:
        await connection.tap.hearing()
    if connection.line is not None:
        connection.line.heard(message)
    return message


async def _echo(ws: web.WebSocketResponse, connection: Connection) -> None:
    """Answer a close frame."""
    connection.finish()
    if connection.line is not None:
        connection.line.sent(close_frame(WSCloseCode.OK, ""))  # as aiohttp does now
    with suppress(ConnectionError):
        await ws.close(drain=False)


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
    ws = web.WebSocketResponse(
        compress=False, max_msg_size=_LONGEST_MESSAGE, autoclose=False, autoping=False
    )
    if not ws.can_prepare(request).ok:
        raise RequestError(400, "this is no WebSocket handshake (RFC 6455 §4.2.1)")
    return ws
