"""Documents by HTTP: what is answered, what faults make of it, and every error as JSON."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from aiohttp import web
from aiohttp.typedefs import Middleware

from mockdde.chaos import asking
from mockdde.clerk import Question, Told
from mockdde.errors import RequestError
from mockdde.feeds import DocumentFeed, dialect_of
from mockdde.feeds._asked import check_names
from mockdde.records import replace
from mockdde.show import Feed
from mockdde.tap import Tap, reset
from mockdde.wire import Answer, Reset

if TYPE_CHECKING:
    from mockdde.paths import Paths
    from mockdde.server import Server

__all__ = ["Documents", "add_others", "failed", "middlewares", "numbers_of", "query_of"]

_CONTENT = "application/json"
# What HTTP asks for beside these statuses (RFC 9110).
_HEADERS = {401: {"WWW-Authenticate": "Bearer"}, 426: {"Upgrade": "websocket"}}

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_Read = Callable[[web.Request], Question]


class Documents:
    """Answers requests for documents, and for streams that have ended."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def handler(self, feed: type[DocumentFeed]) -> _Handler:
        """Answers for a feed of documents."""
        return partial(self._handle, feed.PATH.format_map, partial(self._document, feed))

    def recorded(self, feed: Feed) -> _Handler:
        """Answers what a stream has sent (``?rest=true``)."""
        return partial(self._handle, feed.PATH.format_map, partial(self._recorded, feed))

    def twin(self, feed: Feed) -> _Handler:
        """Answers what a stream has, at its ``REST`` path."""
        path = partial(self._server.engine.shows.path, feed)  # as faults know the stream
        return partial(self._handle, path, partial(self._bare, feed))

    def _bare(self, feed: Feed, request: web.Request) -> Question:
        engine = self._server.engine
        params = numbers_of(request)
        admit = self._admission("live", request, params)
        check_names(query_of(request), (), engine.quirks)
        return Question(
            lambda: (params["tournament"],),
            admit,
            lambda now: Answer(200, engine.answers.bare(feed, params, now)),
            engine.shows.path(feed, params),
        )

    def _document(self, feed: type[DocumentFeed], request: web.Request) -> Question:
        engine = self._server.engine
        quirks, dialect = engine.quirks, dialect_of(feed)
        params, query = numbers_of(request), query_of(request)
        admit = self._admission(dialect, request, params)
        wants = dialect == "dde" and quirks["accept-header"] == "required"
        if wants and "Accept" not in request.headers:
            raise RequestError(400, "Request is missing required HTTP header 'Accept'")

        def answer(now: float) -> Answer:
            body = engine.answers.document(feed, params, query, now)
            empty = feed.PATH.endswith("/liveevents") and body == b"[]"
            if empty and quirks["nothing-live"] != "array":
                return Answer(204 if quirks["nothing-live"] == "204" else 200, b"")
            return Answer(200, body)

        return Question(partial(engine.answers.about, feed, params), admit, answer)

    def _recorded(self, feed: Feed, request: web.Request) -> Question:
        answers = self._server.engine.answers
        params, path = numbers_of(request), feed.PATH.format(**numbers_of(request))
        return Question(
            lambda: (params["tournament"],),
            self._admission("dde", request, params),
            lambda now: Answer(200, answers.recorded(path, now)),
        )

    def _admission(
        self, dialect: str, request: web.Request, params: Mapping[str, int]
    ) -> Callable[[], None]:
        """Look whether a request's token is good, now and whenever it is asked again."""
        header, tournament = request.headers.get("Authorization", ""), params.get("tournament")

        def admit() -> None:
            if dialect == "live":
                wall = self._server.clock.wall()
                self._server.engine.tokens.read(header, tournament, wall)
            else:
                self._authorise(header)

        admit()
        return admit

    def _authorise(self, header: str) -> None:
        engine = self._server.engine
        scheme, _, token = header.partition(" ")
        if scheme.lower() == "bearer" and engine.tokens.is_good(token.strip()):
            return
        if scheme.lower() == "bearer" and token.strip():
            raise RequestError(401, "permission denied: this token is not known here")
        message = "permission denied: send the header Authorization: Bearer {token}"
        raise RequestError(int(engine.quirks["missing-token"]), message)

    async def _handle(
        self, path: Callable[[dict[str, int]], str], read: _Read, request: web.Request
    ) -> web.StreamResponse:
        engine, clock = self._server.engine, self._server.clock
        detail, question = "", None
        try:
            question = read(request)
            now = await self._server.moment(question.about(), question.stream)
            answer = question.answer(now)
        except RequestError as error:
            answer, detail = _refused(error), f" {error}"
        asked = asking(
            path(numbers_of(request)),
            clock.now(),
            client=request.headers.get("User-Agent", ""),
            address=request.remote or "",
            query=request.query_string,
        )
        given = engine.answer(answer, asked, request.path)
        self._server.wake()
        if given.status != answer.status:
            detail = ""
        said = "no answer" if given.silent else f"{given.status}{detail}"
        engine.journal.note(clock.now(), "request", request.path, said)
        # What a fault has changed is not what is answered the next time.
        return await self._deliver(request, given, question if given is answer else None)

    async def _deliver(
        self, request: web.Request, answer: Answer, question: Question | None
    ) -> web.StreamResponse:
        """Send an answer as a fault has it: late, in pieces, cut short, or not at all."""
        transport = request.transport
        headers = {"Content-Type": _CONTENT, **answer.headers}
        plain = (answer.pieces, answer.length, answer.cut) == (1, None, None)
        if plain and not (answer.silent or answer.delay):
            told = partial(self._server.clerk.told, request, question)
            return Told(told, status=answer.status, body=answer.body, headers=headers)
        if transport is None:
            return web.Response()
        lost = Tap.on(transport).lost
        await self._server.wait(answer.delay, lost)
        if plain and not answer.silent:
            return web.Response(status=answer.status, body=answer.body, headers=headers)
        response = web.StreamResponse(status=answer.status, headers=headers)
        try:
            if not answer.silent:
                await self._stream(request, response, answer, lost)
        except ConnectionError:
            return response
        if answer.cut is Reset:
            reset(transport)
        elif answer.cut is not None or answer.silent or answer.length is not None:
            transport.close()
        return response

    async def _stream(
        self,
        request: web.Request,
        response: web.StreamResponse,
        answer: Answer,
        lost: asyncio.Event,
    ) -> None:
        size = len(answer.body) if answer.length is None else answer.length
        response.content_length = size
        await response.prepare(request)
        body = answer.body if request.method == "GET" else b""  # HEAD is answered without one
        count = max(1, min(answer.pieces, len(body)))
        for at in range(count):
            if at:
                await self._server.wait(answer.spread / (count - 1), lost)
            begin, end = (len(body) * each // count for each in (at, at + 1))
            await response.write(body[begin:end])  # the headers, too, however empty it is


def _refused(error: RequestError) -> Answer:
    """An error as the platform has it; a 204 has no body."""
    if error.status == 204:
        return Answer(204, b"")
    body = orjson.dumps({"error": str(error), "status": error.status})
    return Answer(error.status, body, {**_HEADERS.get(error.status, {}), **error.headers})


def numbers_of(request: web.Request) -> dict[str, int]:
    """The numbers in a path."""
    return {name: int(value) for name, value in request.match_info.items()}


def query_of(request: web.Request) -> dict[str, str]:
    """The query. RequestError where a key is there twice: nobody could say which is meant."""
    for name in request.query:
        if len(request.query.getall(name)) > 1:
            raise RequestError(400, f"{name[:40]!r} is there twice in the query; say it once")
    return dict(request.query)


def add_others(paths: Paths, server: Server) -> None:
    """What is no feed; imported when it is first asked for, so that feeds answer sooner."""
    from mockdde import control, frontpage, issuer  # noqa: PLC0415

    issuer.add_routes(paths, server)
    control.add_routes(paths, server)
    frontpage.add_routes(paths, server.engine, server.clock, server.moment)


def middlewares(server: Server) -> Sequence[Middleware]:
    """What each request goes through."""
    return [_recording(server), _errors_as_json(server)]


def _recording(server: Server) -> Middleware:
    """Has each request and its answer written down, where somebody records."""

    @web.middleware
    async def middleware(request: web.Request, handler: _Handler) -> web.StreamResponse:
        if server.recorder is None:
            return await handler(request)
        return await server.recorder.followed(request, handler)

    return middleware


def _errors_as_json(server: Server) -> Middleware:
    """Whatever is raised is answered in JSON, and noted in the journal."""

    @web.middleware
    async def middleware(request: web.Request, handler: _Handler) -> web.StreamResponse:
        headers: Mapping[str, str] = {}
        try:
            return await handler(request)
        except RequestError as error:
            answer = _refused(error)
            message = str(error)
        except web.HTTPException as error:
            message = _sentence(request, error)
            headers = {key: error.headers[key] for key in ("Allow",) if key in error.headers}
            answer = replace(_refused(RequestError(error.status, message)), headers=headers)
        except (asyncio.CancelledError, ConnectionError):
            raise
        except Exception as error:  # noqa: BLE001  (a bug of ours: say so, and serve the others)
            message = server.failed(request.path, error)
            answer = _refused(RequestError(500, message))
        note = f"{answer.status} {message}"
        server.engine.journal.note(server.clock.now(), "request", request.path, note)
        if answer.status == 204:
            return web.Response(status=204)
        headers = {"Content-Type": _CONTENT, **answer.headers}
        return web.Response(status=answer.status, body=answer.body, headers=headers)

    return middleware


def failed(error: Exception) -> tuple[str, str]:
    """A bug of ours as a sentence, and with its place, so that it can be found."""
    message = f"this is a bug in mockdde: {type(error).__name__}: {error}"
    place = traceback.extract_tb(error.__traceback__)[-1]
    return message, f"{message} ({Path(place.filename).name}:{place.lineno})"


def _sentence(request: web.Request, error: web.HTTPException) -> str:
    if isinstance(error, web.HTTPNotFound):
        control = request.path.startswith("/_mockdde/")
        listed = "/_mockdde/control.json" if control else "/_mockdde/health"
        return f"nothing is served at {request.path}; what is, is listed at {listed}"
    if isinstance(error, web.HTTPMethodNotAllowed):
        others = " and ".join(sorted(error.allowed_methods - {"HEAD"}))
        verb = "are" if " and " in others else "is"
        return f"{request.method} is not served at {request.path}; only {others} {verb}"
    return error.reason
