"""The server: aiohttp around the engine, one pump, and every error as a sentence in JSON."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable, Collection, Coroutine, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from aiohttp import web

from mockdde import connection as sockets
from mockdde.clerk import Clerk
from mockdde.clock import WireClock
from mockdde.connection import Connection
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.fanout import hand_out
from mockdde.feeds import dialect_of, document_feeds, state_feeds, stream_feeds
from mockdde.multiplexer import MULTIPLEXER, catches_up
from mockdde.outages import Outages
from mockdde.paths import Handler, Paths
from mockdde.port import Port
from mockdde.records import replace
from mockdde.rest import Documents, add_others, failed, middlewares, numbers_of, query_of
from mockdde.show import Feed
from mockdde.streams import GOING, STREAM_ONLY_LIVE, Streams
from mockdde.subscriber import Subscriber
from mockdde.tap import Tap
from mockdde.timer import Timer
from mockdde.tokens import ANYBODY, Clients
from mockdde.wire import Asked

if TYPE_CHECKING:
    from mockdde.recorder import Recorder

__all__ = ["PREFIXES", "Server"]

# /golf for betting customers, /media/golf for media customers, /golf/golf as one page prints it.
PREFIXES = {"dde": ("", "/media", "/golf"), "live": ("",)}
_LAG_TICK = 1.0  # seconds until it is looked at again whether a client reads at all
_LONG = 3600.0  # seconds of a wait for nothing
_IDLE = 0.003  # seconds until something is due, in which what comes after it can be told
_STEPS = 32  # events before what is due is written; fewer than a source keeps
_SLICE = 0.02  # seconds of work until others have their turn
_FIRST = 0.05  # seconds for those who connected before it served, until what nobody asked about

_MULTIPLEXER_ONLY = "this is the multiplexer, which never ends: open it as a WebSocket"


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
        self.clerk = Clerk(self)
        self._streams, self._documents = Streams(self), Documents(self)
        self.clients: Clients = ANYBODY  # who may ask for a token
        self.settings: Mapping[str, object] = {}  # of quirks, for scenarios that are added
        self.failure: Exception | None = None  # why it can go on no more
        self.recorder: Recorder | None = None  # writes down all that a client does
        self.connections: dict[int, Connection] = {}
        self._lagging: dict[int, Connection] = {}
        self._leaving: list[Connection] = []  # said goodbye, and have yet to read the rest
        self._wake = asyncio.Event()
        self._sliced = asyncio.Event()  # set, and another one, after each slice of work
        self._port = Port(self._tap)
        self._tasks: set[asyncio.Task[None]] = set()
        self._outages = Outages(self, self._port)
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
        await self._port.open(sockets, tls)
        # An outage may be the first that play brings: there must be something to shut.
        self._pump_task = asyncio.create_task(self._pump())
        self._pump_task.add_done_callback(self.task_ended)

    def _tap(self) -> Tap:
        """The protocol of a connection."""
        assert self._runner is not None
        assert self._runner.server is not None
        return Tap(cast(asyncio.Protocol, self._runner.server()), self.clerk)

    def close_all(self, code: int, reason: str) -> None:
        """Close every WebSocket with this, and every other connection without a word."""
        told = {id(each.transport) for each in self.connections.values()}
        for connection in [*self.connections.values()]:
            connection.close(code, reason)
        server = self._runner.server if self._runner is not None else None
        for handler in server.connections if server is not None else ():
            if handler.transport is not None and id(handler.transport) not in told:
                handler.transport.close()

    async def stop(self) -> None:
        """Stop listening, and close every socket with 1001."""
        if self._pump_task is not None:
            self._pump_task.cancel()
            await asyncio.wait([self._pump_task])
        self._closed.set()
        self._sliced.set()  # nobody need wait for a slice any more
        if self._tasks:
            await asyncio.wait([*self._tasks])  # they end by themselves now
        await self._port.shut()
        connections = list(self.connections.values())
        for connection in connections:
            connection.close(*GOING)
        connections += self._leaving
        with suppress(TimeoutError):
            async with asyncio.timeout(sockets.CLOSE_WAIT + 1):
                for connection in connections:
                    await connection.tap.lost.wait()
        for connection in connections:
            if not connection.tap.is_lost:  # it did not answer, or not even read
                connection.transport.abort()
        if self._runner is not None:
            await self._runner.cleanup()

    def _app(self) -> web.Application:
        paths = Paths()
        feeds: list[Feed] = [*stream_feeds(), *state_feeds()]
        for dialect, prefixes in PREFIXES.items():
            documents = [
                (each.PATH, self._documents.handler(each))
                for each in document_feeds()
                if dialect_of(each) == dialect
            ]
            mine = [each for each in feeds if dialect_of(each) == dialect]
            streams = [(each.PATH, self._stream_handler(each)) for each in mine]
            documents += [
                (each.REST, self._documents.twin(each)) for each in mine if hasattr(each, "REST")
            ]
            if dialect == "dde":
                both = (MULTIPLEXER, MULTIPLEXER.rstrip("/"))
                streams += [(path, self._multiplexer) for path in both]
            for prefix in prefixes:
                for path, handler in documents:
                    paths.add_get(prefix + path, handler)
                for path, stream in streams:
                    paths.add("GET", prefix + path, stream)
        paths.later(lambda paths: add_others(paths, self))
        app = web.Application(middlewares=middlewares(self))
        app.router.register_resource(paths)
        return app

    # ── the pump ──────────────────────────────────────────────────────────────────────────────

    async def _pump(self) -> None:
        """Do what is due and write it, then sleep until something is due or somebody wakes us."""
        timer, loop = Timer(self._wake.set), asyncio.get_running_loop()
        all_from = loop.time() + _FIRST
        try:
            while True:
                self._wake.clear()
                left = all_from - loop.time()
                if not self._work(awaited=left > 0):
                    await asyncio.sleep(0)  # others have their turn
                    continue
                wait = self._wait(left)
                if wait > _IDLE and left <= 0 and self.engine.shows.ahead():
                    await asyncio.sleep(0)
                    continue
                timer.set(min(wait, _LAG_TICK) if self._lagging else wait)
                await self._wake.wait()
        finally:
            timer.close()

    def _wait(self, left: float) -> float:
        """Seconds until something is due; so many are left until all that is late is."""
        deadline = self.engine.next_deadline(awaited=left > 0)
        wait = _LONG if deadline is None else max(0.0, deadline - self.clock.now())
        wait /= self.clock.speed
        return min(wait, left) if left > 0 else wait

    def _work(self, *, awaited: bool = False) -> bool:
        """Do what is due (of what is late, the ``awaited``) for a slice of time; true when done."""
        loop = asyncio.get_running_loop()
        end = loop.time() + _SLICE
        for connection in list(self._lagging.values()):
            self._write(connection, self.clock.now())
        while True:
            now = self.clock.now()
            late = self.engine.shows.waking if awaited else None
            done = self.engine.run_until(now, _STEPS, late)
            self._write_due(now)
            if done or loop.time() >= end:
                break
        sliced, self._sliced = self._sliced, asyncio.Event()
        sliced.set()
        return done

    def wake(self, connection: Connection | None = None) -> None:
        """There is something to do, or to write to this connection."""
        if connection is not None:
            self.engine.ready[connection.subscriber.id] = connection.subscriber
        self._wake.set()

    @property
    def open(self) -> int:
        """How many connections there are, of whatever kind."""
        server = self._runner.server if self._runner is not None else None
        return len(self.connections) + (len(server.connections) if server is not None else 0)

    @property
    def is_closed(self) -> bool:
        """Whether nobody is let in any more."""
        return self._closed.is_set()

    def write(self, connection: Connection) -> None:
        """Write at once what is due to a connection."""
        self._write(connection, self.clock.now())
        self._wake.set()

    def forget(self, subscriber: Subscriber) -> None:
        """A connection is gone."""
        self._lagging.pop(subscriber.id, None)
        connection = self.connections.pop(subscriber.id, None)
        if connection is not None and connection.transport.get_write_buffer_size():
            self._leaving = [each for each in self._leaving if not each.tap.is_lost]
            self._leaving.append(connection)

    async def wait(self, seconds: float, lost: asyncio.Event) -> None:
        """Wait so long on the wire's clock, or until a connection is lost."""
        if seconds <= 0:
            return
        alarm = self.engine.alarm(self.clock.now() + seconds, lambda _: done.set())
        done = asyncio.Event()
        self.wake()
        waits = [asyncio.ensure_future(each.wait()) for each in (done, lost, self._closed)]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            alarm.deadline = None
            for each in waits:
                each.cancel()

    def later(self, seconds: float, tap: Tap, call: Callable[[], None]) -> None:
        """Call so much later on the wire's clock, or as soon as a connection is lost."""
        self.spawn(self.wait(seconds, tap.lost)).add_done_callback(lambda _: call())

    def spawn(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Have work done beside all else; it ends by itself once the server is closed."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def moment(self, about: Collection[int] = (), stream: str = "") -> float:
        """The time now, once all that is due is done; of tournaments that were cold, too.

        And once a stream of theirs that slept is awake.

        Whoever asks the engine something that may need much work awaits this before.
        """
        while True:
            now = self.reached(about, stream)
            self._wake.set()
            if now is not None:
                return now
            if self._closed.is_set():
                raise RequestError(503, GOING[1])
            await self._sliced.wait()

    def reached(self, about: Collection[int] = (), stream: str = "") -> float | None:
        """The time now, once all that is due is done; None where that takes longer than a slice."""
        now = self.clock.now()
        reached = self.engine.reach(now, about, _STEPS, stream)
        self._write_due(now)  # however many ask at once, readers miss no document
        return now if reached else None

    def task_ended(self, task: asyncio.Task[None]) -> None:
        """A pump that died, or a port that is lost, would leave clients waiting; stop, say why."""
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self.failure = error
            self.stopping.set()

    def _write_due(self, now: float) -> None:
        while self.engine.chaos.orders:
            self._outages.begin(self.engine.chaos.orders.popleft())
        ready = self.engine.ready
        while ready:
            due = [*ready.values()]
            ready.clear()
            for connection in hand_out(due, self.connections):
                if connection.lagging_since is None:
                    self._write(connection, now)

    def _write(self, connection: Connection, now: float) -> None:
        subscriber = connection.subscriber
        moved = connection.transport.get_write_buffer_size() < connection.unsent
        all_written = connection.write(now)
        if subscriber.skipped and not connection.skips:
            connection.skips = True
            detail = "reads too slowly for every document; it gets the newest"
            self.engine.journal.note(now, "skipped", subscriber.path, detail, subscriber.id)
        if not all_written:
            if moved or connection.lagging_since is None:
                connection.lagging_since = now
            connection.unsent = connection.transport.get_write_buffer_size()
            self._lagging[subscriber.id] = connection
            if now - connection.lagging_since > sockets.STALLED * self.clock.speed:
                self._give_up(connection, now)
            return
        connection.lagging_since = None
        self._lagging.pop(subscriber.id, None)
        if subscriber.ending is not None:
            connection.end(subscriber.ending)

    def _give_up(self, connection: Connection, now: float) -> None:
        subscriber = connection.subscriber
        detail = f"read nothing for {sockets.STALLED:.0f} s"
        self.engine.journal.note(now, "stalled", subscriber.path, detail, subscriber.id)
        self._lagging.pop(subscriber.id)
        connection.abort(f"the client {detail}")

    # ── requests ──────────────────────────────────────────────────────────────────────────────

    def _stream_handler(self, feed: Feed) -> Handler:
        if dialect_of(feed) == "live":
            return self._live_handler(feed)
        recorded = self._documents.recorded(feed)

        async def handle(request: web.Request) -> web.StreamResponse:
            if request.query.get("rest", "").lower() == "true":
                return await recorded(request)
            params = numbers_of(request)

            def opens(now: float, asked: Asked) -> Subscriber:
                return self.engine.open(feed, params, request.path, now, asked)

            path = feed.PATH.format(**params)
            return await self._streams.serve(request, path, opens, (params["tournament"],))

        return handle

    def _live_handler(self, feed: Feed) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            params = numbers_of(request)
            header, tournament = request.headers.get("Authorization", ""), params["tournament"]
            allowed = self.engine.tokens.read(header, tournament, self.clock.wall())
            if allowed.expires is not None:
                allowed = replace(allowed, expires=self.clock.wire_of(allowed.expires))

            def opens(now: float, asked: Asked) -> Subscriber:
                return self.engine.open(feed, params, request.path, now, asked, allowed)

            path = self.engine.shows.path(feed, params)
            return await self._streams.serve(request, path, opens, (tournament,), STREAM_ONLY_LIVE)

        return handle

    async def _multiplexer(self, request: web.Request) -> web.StreamResponse:
        query = query_of(request)
        catches_up(query)  # which refuses another sport, however it is asked for

        def opens(now: float, asked: Asked) -> Subscriber:
            return self.engine.multiplex(query, request.path, now, asked)

        about = self.engine.shows.live
        return await self._streams.serve(request, MULTIPLEXER, opens, about, _MULTIPLEXER_ONLY)

    def failed(self, path: str, error: Exception) -> str:
        """Note a bug of ours with its place, so that it can be found; returns a sentence."""
        message, detail = failed(error)
        self.engine.journal.note(self.clock.now(), "failed", path, detail)
        return message
