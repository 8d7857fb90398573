"""The recorder: all that is seen of a client under test on the wire, written into a transcript."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, Any, Final, cast

import orjson
from aiohttp import web

from mockdde.broadcast import Step
from mockdde.connection import Connection
from mockdde.feeds import dialect_of
from mockdde.frames import BINARY, CLOSE, PING, PONG, TEXT
from mockdde.kit.transcript import Transcript
from mockdde.reader import BROKEN, Message
from mockdde.rules import Rule
from mockdde.subscriber import Subscriber

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["MOST", "MOST_BYTES", "Line", "Recorder"]

MOST: Final = 400_000  # records
MOST_BYTES: Final = 256 << 20  # of what was sent and heard, and of documents
_OWN = "/_mockdde"  # requests of people, not of the client
_KINDS: Final = {
    TEXT: "text",
    BINARY: "binary",
    PING: "ping",
    PONG: "pong",
    CLOSE: "close",
    BROKEN: "broken",
}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Recorder:
    """Writes until there is too much: then ``full`` says of what, and nothing more is written.

    ``stirred`` is called after each record that a client is the cause of.
    """

    def __init__(self, now: Callable[[], float], stirred: Callable[[], None] | None = None) -> None:
        """``now`` is the wire time; all times are told from this moment on, or from ``start``."""

        self.transcript = Transcript()
        self.full = ""
        self.requests = 0
        self.open: dict[int, str] = {}  # the paths of connections that are open
        self._now, self._begin = now, now()
        self._stirred = stirred or (lambda: None)
        self._bytes = 0
        self._numbers: dict[int, int] = {}  # of requests that are being served, by their id
        self._unanswered: set[int] = set()
        self._early: dict[int, list[dict[str, Any]]] = {}  # faults that struck before a handshake
        self._paths: Collection[str] = ()
        self._met: set[int] = set()  # connections whose handshake was done

    def start(self) -> None:
        """The client is started now."""
        self._begin = self._now()

    def follow(self, server: Server, paths: Collection[str]) -> None:
        """Write down all that this server does from now on, and what is told on these paths.

        Called before it is started.
        """
        self._paths = frozenset(paths)
        server.recorder = self
        for show in server.engine.shows:
            show.on_step = self._told
        server.engine.chaos.on_strike = self._struck

    @property
    def at(self) -> float:
        """The seconds of wire time since the beginning."""
        return self._now() - self._begin

    def note(self, what: str, weight: int = 0, /, **of: Any) -> None:
        """One more record; ``weight`` is that of what it holds, in bytes."""
        if self.full:
            return
        self._bytes += weight
        if len(self.transcript.records) >= MOST or self._bytes > MOST_BYTES:
            much = f"{MOST} records" if self._bytes <= MOST_BYTES else f"{MOST_BYTES >> 20} MiB"
            self.full = f"what passed between the client and the kit was more than {much}"
        else:
            self.transcript.note(self.at, what, **of)
        self._stirred()

    # ── requests ──────────────────────────────────────────────────────────────────────────────

    async def followed(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Write down a request, and how it is answered."""
        if request.path.startswith(_OWN):
            return await handler(request)
        self.asked(request)
        response = None
        try:
            response = await handler(request)
        finally:
            self.served(request, response)
        return response

    def asked(self, request: web.Request) -> int:
        """A request has come; its number."""
        self.requests += 1
        self._numbers[id(request)] = self.requests
        self._unanswered.add(self.requests)
        self.note(
            "request",
            len(request.raw_path),
            request=self.requests,
            method=request.method,
            path=request.path,
            query=request.query_string,
            headers={name.lower(): value for name, value in request.headers.items()},
        )
        return self.requests

    def answered(self, request: web.Request, response: web.StreamResponse | None) -> None:
        """It is answered, or never will be; the first time counts."""
        number = self._numbers[id(request)]
        if number not in self._unanswered:
            return
        self._unanswered.discard(number)
        transport = request.transport
        if response is None or transport is None or transport.is_closing():
            self.note("answer", request=number)
        else:
            headers = {name.lower(): value for name, value in response.headers.items()}
            size = _size(response)
            self.note("answer", request=number, status=response.status, headers=headers, size=size)

    def served(self, request: web.Request, response: web.StreamResponse | None) -> None:
        """Nothing more comes of a request."""
        self.answered(request, response)
        del self._numbers[id(request)]

    def opened(
        self, request: web.Request, response: web.StreamResponse, connection: Connection
    ) -> Line:
        """A handshake is done: from now on the connection writes down itself."""
        self.answered(request, response)
        who = connection.subscriber
        path = who.source.path
        self.note("opened", connection=who.id, request=self._numbers[id(request)], path=path)
        self.open[who.id] = path
        self._met.add(who.id)
        for fault in self._early.pop(who.id, ()):
            self.note("fault", **fault)
        return Line(self, connection)

    def finish(self) -> None:
        """Nothing more is to come: write down what is still kept."""
        for faults in self._early.values():
            for fault in faults:
                self.note("fault", **fault)
        self._early.clear()

    # ── what is done to it ────────────────────────────────────────────────────────────────────

    def _told(self, step: Step) -> None:
        for sent in step.packets:
            if sent.stream in self._paths:
                packet = orjson.loads(sent.payload)
                is_live = dialect_of(sent.feed) == "live"
                seq = None if is_live else packet.get("seqNum")
                id_ = packet.get("id") if is_live else None
                self.note("told", path=sent.stream, seq=seq, kind=sent.kind, id=id_)

    def _struck(self, rule: Rule, path: str, connection: int | None) -> None:
        name, number = rule.bound.spec.fault, rule.number
        fault: dict[str, Any] = {
            "fault": name,
            "rule": number,
            "connection": connection,
            "path": path,
        }
        if connection is None or connection in self._met:
            self.note("fault", **fault)
        else:  # its handshake is not done yet
            self._early.setdefault(connection, []).append(fault)


class Line:
    """What passes over one connection; ``note`` as in a transcript."""

    def __init__(self, recorder: Recorder, connection: Connection) -> None:
        self._recorder, self._connection = recorder, connection
        self._first: tuple[str, int | None] | None = None  # who closed first, with what code
        self._cut: tuple[str, float] | None = None  # how and when we ended it without one

    @property
    def _who(self) -> Subscriber:
        return self._connection.subscriber

    def sent(self, data: bytes | memoryview) -> None:
        """These bytes are with the transport."""
        text = b64encode(data).decode()
        self._recorder.note("sent", len(text), connection=self._who.id, data=text)

    def closing(self, code: int) -> None:
        """A close frame of ours is sent."""
        self._first = self._first or ("server", code)

    def cut(self, how: str) -> None:
        """It is ended without a close frame: ``fin`` or ``reset``."""
        self._cut = self._cut or (how, round(self._recorder.at, 6))

    def heard(self, message: Message) -> None:
        """A message of the client, or what was wrong with its bytes."""
        kind, data = _KINDS[message.opcode], message.data
        if kind == "close":
            self._first = self._first or ("client", message.code)
        if kind == "binary":
            data = b64encode(cast(bytes, data)).decode()
        elif isinstance(data, bytes):
            data = data.decode(errors="replace")
        self._note(kind, data, message.code)

    def _note(self, kind: str, data: str, code: int | None = None) -> None:
        with_code = {} if code is None else {"code": code}
        self._recorder.note(
            "heard", len(data), connection=self._who.id, kind=kind, data=data, **with_code
        )

    def ended(self, how: str) -> None:
        """The connection is over."""
        self._recorder.open.pop(self._who.id, None)
        by, code = self._first or (None, None)
        cut, since = self._cut or (None, None)
        tap = self._connection.tap
        if by is None and cut is not None:
            by, how = "server", self._connection.ended or self._connection.aborted or how
        elif by is None:
            is_reset = isinstance(tap.cause, OSError)
            by, what = "client", "reset the connection" if is_reset else "left"
            how = f"the client {what} without a close frame"
        more: dict[str, Any] = {} if cut is None else {"cut": cut, "since": since}
        self._recorder.note("ended", connection=self._who.id, by=by, how=how, code=code, **more)


def _size(response: web.StreamResponse) -> int:
    """The bytes of a body."""
    body = getattr(response, "body", None)
    if isinstance(body, bytes | bytearray | memoryview):
        return len(body)
    return response.content_length or 0
