"""The server: aiohttp around the engine, one pump, and every error as a sentence in JSON."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import traceback
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import orjson
from aiohttp import WSCloseCode, WSMsgType, web
from aiohttp.typedefs import Middleware

from mockdde import connection as sockets
from mockdde import control, frontpage
from mockdde.clock import WireClock
from mockdde.connection import Connection
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, document_feeds, state_feeds, stream_feeds
from mockdde.multiplexer import MULTIPLEXER, catches_up
from mockdde.show import Feed
from mockdde.subscriber import Subscriber

__all__ = ["PREFIXES", "Server"]

# /golf for betting customers, /media/golf for media customers, /golf/golf as one page prints it.
PREFIXES = ("", "/media", "/golf")
_LONGEST_MESSAGE = 64 * 1024  # bytes a client may send at once; a token is far shorter
_LAG_TICK = 0.02  # seconds until a transport that was full is looked at again
_STEPS = 32  # events before what is due is written; fewer than a source keeps
_SLICE = 0.02  # seconds of work until others have their turn
_GOING = (WSCloseCode.GOING_AWAY, "the server stops")
_CONTENT = "application/json"
# What HTTP asks for beside these statuses (RFC 9110).
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 426: {"Upgrade": "websocket"}}

_MULTIPLEXER_ONLY = "this is the multiplexer, which never ends: open it as a WebSocket"
_STREAM_ONLY = "this is a stream: open it as a WebSocket, or add ?rest=true once it ended"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """One engine on one port."""

    def __init__(
        self, engine: Engine, clock: WireClock, stopping: asyncio.Event | None = None
    ) -> None:
        """``stopping`` is set when the server can go on no more: then ``failure`` says why."""
        self.engine = engine
        self.clock = clock
        self.stopping = stopping or asyncio.Event()
        self._closed = asyncio.Event()
        self.failure: Exception | None = None  # a bug of ours that ended play
        self._connections: dict[int, Connection] = {}
        self._lagging: dict[int, Connection] = {}
        self._wake = asyncio.Event()
        self._sliced = asyncio.Event()  # set, and another one, after each slice of work
        self._runner: web.AppRunner | None = None
        self._pump_task: asyncio.Task[None] | None = None

    # ── life ──────────────────────────────────────────────────────────────────────────────────

    async def start(
        self, sockets: Iterable[socket.socket], tls: ssl.SSLContext | None = None
    ) -> None:
        """Answer whoever connects to these listening sockets; they are closed by ``stop``."""
        # aiohttp logs a client's broken request with a traceback; the journal has what matters.
        silent = logging.getLogger("mockdde.http")
        silent.handlers, silent.propagate = [logging.NullHandler()], False
        self._runner = web.AppRunner(
            self._app(), access_log=None, handle_signals=False, shutdown_timeout=1.0, logger=silent
        )
        await self._runner.setup()
        self._pump_task = asyncio.create_task(self._pump())
        self._pump_task.add_done_callback(self._pump_ended)
        for each in sockets:
            await web.SockSite(self._runner, each, ssl_context=tls).start()

    async def stop(self) -> None:
        """Stop listening, and close every socket with 1001."""
        if self._pump_task is not None:
            self._pump_task.cancel()
            await asyncio.wait([self._pump_task])
        self._closed.set()
        self._sliced.set()  # nobody need wait for a slice any more
        if self._runner is not None:
            for site in list(self._runner.sites):
                await site.stop()
        connections = list(self._connections.values())
        for connection in connections:
            connection.close(*_GOING)
        with suppress(TimeoutError):
            async with asyncio.timeout(sockets.CLOSE_WAIT + 1):
                for connection in connections:
                    await connection.gone.wait()
        for connection in connections:
            if not connection.gone.is_set():  # it did not answer, or not even read
                connection.transport.abort()
        if self._runner is not None:
            await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[_errors_as_json(self)])
        documents = [(each.PATH, self._document_handler(each)) for each in document_feeds()]
        feeds: list[Feed] = [*stream_feeds(), *state_feeds()]
        streams: list[tuple[str, Handler]] = [
            (each.PATH, self._stream_handler(each)) for each in feeds
        ]
        streams += [(path, self._multiplexer) for path in (MULTIPLEXER, MULTIPLEXER.rstrip("/"))]
        for prefix in PREFIXES:
            # A path without parameters wins over one that it could be a value of.
            for path, handler in sorted(documents, key=lambda each: each[0].count("{")):
                app.router.add_get(prefix + _route(path), handler)
            for path, handler in sorted(streams, key=lambda each: each[0].count("{")):
                app.router.add_get(prefix + _route(path), handler, allow_head=False)
        control.add_routes(app, self.engine, self.clock)
        frontpage.add_routes(app, self.engine, self.clock, self.moment)
        return app

    # ── the pump ──────────────────────────────────────────────────────────────────────────────

    async def _pump(self) -> None:
        """Do what is due and write it, then sleep until something is due or somebody wakes us."""
        loop = asyncio.get_running_loop()
        while True:
            self._wake.clear()
            if not self._work():
                await asyncio.sleep(0)  # others have their turn
                continue
            deadline = self.engine.next_deadline()
            wait = 3600.0 if deadline is None else max(0.0, deadline - self.clock.now())
            if self._lagging:
                wait = min(wait, _LAG_TICK)
            timer = loop.call_later(wait, self._wake.set)
            await self._wake.wait()
            timer.cancel()

    def _work(self) -> bool:
        """Do what is due and write it, for a slice of time; true when all of it is done."""
        loop = asyncio.get_running_loop()
        end = loop.time() + _SLICE
        for connection in list(self._lagging.values()):
            self._write(connection, self.clock.now())
        while True:
            now = self.clock.now()
            done = self.engine.run_until(now, _STEPS)
            self._write_due(now)
            if done or loop.time() >= end:
                break
        sliced, self._sliced = self._sliced, asyncio.Event()
        sliced.set()
        return done

    async def moment(self, about: Collection[int] = ()) -> float:
        """The time now, once all that is due is done; of tournaments that were cold, too.

        Whoever asks the engine something that may need much work awaits this before.
        """
        while True:
            now = self.clock.now()
            reached = self.engine.reach(now, about, _STEPS)
            self._write_due(now)  # however many ask at once, readers miss no document
            self._wake.set()
            if reached:
                return now
            if self._closed.is_set():
                raise RequestError(503, _GOING[1])
            await self._sliced.wait()

    def _pump_ended(self, task: asyncio.Task[None]) -> None:
        """A pump that died would leave every client waiting for ever; stop, and say why."""
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.failure = error
            self.stopping.set()

    def _write_due(self, now: float) -> None:
        while self.engine.ready:
            first = next(iter(self.engine.ready))
            del self.engine.ready[first]
            reader = self._connections.get(first)
            if reader is not None and reader.lagging_since is None:
                self._write(reader, now)

    def _write(self, connection: Connection, now: float) -> None:
        subscriber = connection.subscriber
        moved = connection.transport.get_write_buffer_size() < connection.unsent
        all_written = connection.write()
        if subscriber.skipped and not connection.skips:
            connection.skips = True
            detail = "reads too slowly for every document; it gets the newest"
            self.engine.journal.note(now, "skipped", subscriber.path, detail, subscriber.id)
        if not all_written:
            if moved or connection.lagging_since is None:
                connection.lagging_since = now
            connection.unsent = connection.transport.get_write_buffer_size()
            self._lagging[subscriber.id] = connection
            if now - connection.lagging_since > sockets.STALLED:
                self._give_up(connection, now)
            return
        connection.lagging_since = None
        self._lagging.pop(subscriber.id, None)
        if subscriber.close is not None:
            connection.close(*subscriber.close)

    def _give_up(self, connection: Connection, now: float) -> None:
        subscriber = connection.subscriber
        detail = f"read nothing for {sockets.STALLED:.0f} s"
        self.engine.journal.note(now, "stalled", subscriber.path, detail, subscriber.id)
        self._lagging.pop(subscriber.id)
        connection.transport.abort()

    # ── requests ──────────────────────────────────────────────────────────────────────────────

    def _document_handler(self, feed: type[DocumentFeed]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            self._authorise(request)
            quirks = self.engine.quirks
            if quirks["accept-header"] == "required" and "Accept" not in request.headers:
                raise RequestError(400, "Request is missing required HTTP header 'Accept'")
            params, query = _numbers(request), _query(request)
            now = await self.moment(self.engine.about(feed, params))
            body = self.engine.document(feed, params, query, now)
            empty = feed.PATH.endswith("/liveevents") and body == b"[]"
            if empty and quirks["nothing-live"] != "array":
                return self._answer(request, b"", 204 if quirks["nothing-live"] == "204" else 200)
            return self._answer(request, body)

        return handle

    def _stream_handler(self, feed: Feed) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            params = _numbers(request)
            about = (params["tournament"],)
            if request.query.get("rest", "").lower() == "true":
                self._authorise(request)
                now = await self.moment(about)
                return self._answer(request, self.engine.recorded(feed.PATH.format(**params), now))
            opens = partial(self.engine.open, feed, params, request.path)
            return await self._serve_stream(request, opens, about)

        return handle

    async def _multiplexer(self, request: web.Request) -> web.StreamResponse:
        query = _query(request)
        catches_up(query)  # which refuses another sport, however it is asked for
        opens = partial(self.engine.multiplex, query, request.path)
        return await self._serve_stream(request, opens, refusal=_MULTIPLEXER_ONLY)

    async def _serve_stream(
        self,
        request: web.Request,
        opens: Callable[[float], Subscriber],
        about: Collection[int] = (),
        refusal: str = _STREAM_ONLY,
    ) -> web.StreamResponse:
        ws = self._websocket(request, refusal)
        now = await self.moment(about)
        if self._closed.is_set():
            raise RequestError(503, _GOING[1])
        subscriber = opens(now)
        detail = "the connection was lost"
        connection = None
        try:
            await ws.prepare(request)
            if request.transport is None:
                return ws  # it went away within the handshake
            connection = Connection(subscriber, request.transport)
            self._connections[subscriber.id] = connection
            if self._closed.is_set():  # the server began to stop within the handshake
                connection.close(*_GOING)
            self._wake.set()
            detail = await self._listen(ws, connection)
        except ConnectionError:
            pass  # it went away within the handshake
        except Exception as error:
            if not ws.prepared:
                raise
            detail = self._failed(request, error)
            if connection is not None:
                connection.close(WSCloseCode.INTERNAL_ERROR, "a bug in mockdde")
        finally:
            self._connections.pop(subscriber.id, None)
            self._lagging.pop(subscriber.id, None)
            self.engine.leave(subscriber, self.clock.now(), detail)
            if connection is not None:
                connection.end()
        return ws

    def _websocket(self, request: web.Request, refusal: str) -> web.WebSocketResponse:
        """RequestError where a request asks for none, or not as RFC 6455 has it."""
        if request.headers.get("Upgrade", "").lower() != "websocket":
            raise RequestError(426, refusal)
        # Frames on a tape are the same bytes for everybody, so no compression is negotiated.
        ws = web.WebSocketResponse(compress=False, max_msg_size=_LONGEST_MESSAGE, autoclose=False)
        if not ws.can_prepare(request).ok:
            raise RequestError(400, "this is no WebSocket handshake (RFC 6455 §4.2.1)")
        return ws

    async def _listen(self, ws: web.WebSocketResponse, connection: Connection) -> str:
        """Hear all that a client says; returns how the connection ended."""
        while True:
            message = await ws.receive()
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                self.engine.hear(connection.subscriber, message.data, self.clock.now())
                self._wake.set()
            elif connection.closed_with is not None:
                return f"the server closed with {connection.closed_with}"
            elif message.type is WSMsgType.CLOSE:
                await ws.close(drain=False)
                return f"the client closed with {message.data or 'no code'}"
            elif message.type is WSMsgType.ERROR:
                fault = message.data
                code = getattr(fault, "code", ws.close_code)
                return f"the server closed with {code}: {fault}"
            else:
                return f"the connection ended with {ws.close_code}"

    def _failed(self, request: web.Request, error: Exception) -> str:
        """Note a bug of ours with its place, so that it can be found; returns a sentence."""
        message = f"this is a bug in mockdde: {type(error).__name__}: {error}"
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{message} ({Path(place.filename).name}:{place.lineno})"
        self.engine.journal.note(self.clock.now(), "failed", request.path, detail)
        return message

    def _answer(self, request: web.Request, body: bytes, status: int = 200) -> web.Response:
        self.engine.journal.note(self.clock.now(), "request", request.path, str(status))
        return web.Response(status=status, body=body, content_type=_CONTENT)

    def _authorise(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer" and self.engine.is_token(token.strip()):
            return
        if scheme.lower() == "bearer" and token.strip():
            raise RequestError(401, "permission denied: this token is not known here")
        message = "permission denied: send the header Authorization: Bearer {token}"
        raise RequestError(int(self.engine.quirks["missing-token"]), message)


def _route(path: str) -> str:
    return path.replace("}", ":[0-9]{1,9}}")


def _numbers(request: web.Request) -> dict[str, int]:
    return {name: int(value) for name, value in request.match_info.items()}


def _query(request: web.Request) -> dict[str, str]:
    """The query. RequestError where a key is there twice: nobody could say which is meant."""
    for name in request.query:
        if len(request.query.getall(name)) > 1:
            raise RequestError(400, f"{name[:40]!r} is there twice in the query; say it once")
    return dict(request.query)


def _errors_as_json(server: Server) -> Middleware:
    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        headers: Mapping[str, str] = {}
        try:
            return await handler(request)
        except RequestError as error:
            status, message = error.status, str(error)
            headers = _HEADERS.get(status, headers)
        except web.HTTPException as error:
            status, message = error.status, _sentence(request, error)
            headers = {key: error.headers[key] for key in ("Allow",) if key in error.headers}
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception as error:  # noqa: BLE001  (a bug of ours: say so, and serve the others)
            status, message = 500, server._failed(request, error)
        server.engine.journal.note(
            server.clock.now(), "request", request.path, f"{status} {message}"
        )
        if status == 204:
            return web.Response(status=204)
        body = orjson.dumps({"error": message, "status": status})
        return web.Response(status=status, body=body, content_type=_CONTENT, headers=headers)

    return middleware


def _sentence(request: web.Request, error: web.HTTPException) -> str:
    if isinstance(error, web.HTTPNotFound):
        return f"nothing is served at {request.path}; what is, is listed at /_mockdde/health"
    if isinstance(error, web.HTTPMethodNotAllowed):
        return f"{request.method} is not served at {request.path}; only GET is"
    return error.reason
