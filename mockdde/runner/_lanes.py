"""The state lanes: how a client under test tells what it holds."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any, Final, TypeAlias

import aiohttp
import orjson
from aiohttp import web

from mockdde import schemas
from mockdde.listening import listen
from mockdde.records import dataclass
from mockdde.runner._clients import fill

__all__ = ["LONGEST", "Lane", "Lanes"]

LONGEST: Final = 4 << 20  # bytes of a document
_PATH = "/state"
_EVERY: Final = {"url": 0.05, "cmd": 0.2}  # real seconds from one asking to the next
PATIENCE = 5.0  # real seconds for an answer
_LAST = 0.05  # real seconds: by then is here what was sent before
_IN_MEMORY = 8  # times the bytes of a document are those of its objects
_KNOWN = 20_000  # parts of documents that are known to be good
_PARTS = ("streams", "rounds", "matches")

# The lane, its document or None, what is wrong with it, and how many bytes it needs.
Hearer: TypeAlias = Callable[[str, dict[str, Any] | None, str, int], None]


@dataclass(frozen=True, slots=True)
class Lane:
    """How state is got: ``post``, or ``cmd`` and ``url`` with a command or a URL to ask."""

    kind: str = "post"
    asks: str = ""  # with placeholders


class Lanes:
    """Listens for documents, or asks for them; ``hear`` gets each, also those that are none."""

    def __init__(self, lane: Lane, hear: Hearer) -> None:
        self.lane = lane
        self.state_url = ""  # where documents are posted; empty where nobody listens
        self.asked_at = float("-inf")  # when the last asking began that is answered (loop time)
        self._hear = hear
        self._known: dict[bytes, Any] = {}
        schemas.validator("kit/state")  # it takes long to make, and a client is about to wait
        self._runner: web.AppRunner | None = None
        self._asking: asyncio.Task[None] | None = None
        self._asks = ""
        self._new = 0  # bytes of a document that were not known before
        self._last = b""
        self._answered = asyncio.Event()

    async def open(self) -> None:
        """Listen, where documents are posted."""
        if self.lane.kind != "post":
            return
        app = web.Application()
        app.router.add_post(_PATH, self._posted)
        silent = logging.getLogger("mockdde.state")  # of a client's broken request aiohttp logs
        silent.handlers, silent.propagate = [logging.NullHandler()], False
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handle_signals=False,
            shutdown_timeout=_LAST,  # nobody waits for a document that never comes to its end
            logger=silent,
        )
        await self._runner.setup()
        (socket,) = listen("127.0.0.1", 0)
        await web.SockSite(self._runner, socket).start()
        self.state_url = f"http://127.0.0.1:{socket.getsockname()[1]}{_PATH}"

    def ask(self, environ: Mapping[str, str]) -> None:
        """Ask from now on, again and again, where that is how."""
        if self.lane.kind != "post":
            self._asks = fill(self.lane.asks, environ)
            self._asking = asyncio.create_task(self._poll())

    @property
    def open_connections(self) -> int:
        """How many the client has open to tell what it holds."""
        server = self._runner.server if self._runner is not None else None
        return len(server.connections) if server is not None else 0

    def is_fresh(self, since: float) -> bool:
        """Whether all is here that the client told by a time of the loop."""
        return self.lane.kind == "post" or self.asked_at >= since

    async def settle(self) -> None:
        """The client has ended: hear what it has told before, or what it has left behind."""
        if self.lane.kind != "cmd":
            await asyncio.sleep(_LAST)
            return
        begin = asyncio.get_running_loop().time()
        with suppress(TimeoutError):
            async with asyncio.timeout(3 * PATIENCE):
                while not self.is_fresh(begin):
                    self._answered.clear()
                    await self._answered.wait()

    async def close(self) -> None:
        """Hear no more."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.wait([self._asking])
        if self._runner is not None:
            await self._runner.cleanup()

    # ── post ──────────────────────────────────────────────────────────────────────────────────

    async def _posted(self, request: web.Request) -> web.Response:
        text = bytearray()
        async for some in request.content.iter_any():  # all of it, or nobody reads the answer
            if len(text) <= LONGEST:
                text += some
        if len(text) > LONGEST:
            problem = f"the document has more than {LONGEST} bytes"
            self._hear("post", None, problem, 0)
        else:
            problem = self._told("post", bytes(text))
        if problem:
            return web.json_response({"error": problem, "status": 400}, status=400)
        return web.Response(status=204)

    # ── cmd and url ───────────────────────────────────────────────────────────────────────────

    async def _poll(self) -> None:
        if self.lane.kind == "cmd":
            await self._ask(self._printed)
            return
        limit = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=limit) as session:
            await self._ask(partial(self._fetched, session))

    async def _ask(self, ask: Callable[[], Awaitable[bytes]]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            begin = loop.time()
            text = await ask()
            if text and text != self._last:
                self._last = text
                self._told(self.lane.kind, text)
            self.asked_at = begin
            self._answered.set()
            await asyncio.sleep(_EVERY[self.lane.kind])

    async def _fetched(self, session: aiohttp.ClientSession) -> bytes:
        """What the URL answers; nothing where nobody does."""
        try:
            async with session.get(self._asks) as answer:
                return await answer.content.read(LONGEST) if answer.status == 200 else b""
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return b""

    async def _printed(self) -> bytes:
        """What the command prints; nothing where it fails, or takes too long."""
        process = await asyncio.create_subprocess_shell(
            self._asks,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LONGEST,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(PATIENCE):
                assert process.stdout is not None
                text = await _all(process.stdout)
                return text if await process.wait() == 0 else b""
        except TimeoutError:
            return b""
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()

    # ── documents ─────────────────────────────────────────────────────────────────────────────

    def _told(self, lane: str, text: bytes) -> str:
        """Hear what is told; what is wrong with it."""
        self._new = 0
        try:
            document = orjson.loads(text)
        except orjson.JSONDecodeError as error:
            problem = f"the document is no JSON: {error}"
        else:
            problem = self._problem(document)
        self._hear(lane, None if problem else document, problem, self._new * _IN_MEMORY)
        return problem

    def _problem(self, document: Any) -> str:
        """What is wrong with it; parts that were good before are not looked at again.

        These are shared, too: a client tells all of its state with each change.
        """
        if not isinstance(document, dict):
            return "the document is no JSON object"
        rest = {**document}
        for part in _PARTS:
            entries = document.get(part)
            if not isinstance(entries, dict):
                continue
            rest[part] = {key: {} for key in entries}
            for key, entry in entries.items():
                known = part.encode() + orjson.dumps(entry)
                if known not in self._known:
                    if problem := _explained({"schema": _SCHEMA, part: {key: entry}}):
                        return problem
                    if len(self._known) > _KNOWN:
                        self._known.clear()
                    self._known[known] = entry
                    self._new += len(known)
                entries[key] = self._known[known]
        known = b"rest" + orjson.dumps(rest)
        self._new += len(known)
        if known not in self._known:
            if problem := _explained(rest):
                return problem
            self._known[known] = True
        return ""


_SCHEMA = "mockdde.state/1"


def _explained(document: dict[str, Any]) -> str:
    problems = schemas.explain("kit/state", document)
    return f"{problems[0].path or 'the document'}: {problems[0].message}" if problems else ""


async def _all(stream: asyncio.StreamReader) -> bytes:
    """All of it, but no more than a document may have."""
    text = b""
    while len(text) < LONGEST and (more := await stream.read(LONGEST - len(text))):
        text += more
    return text
