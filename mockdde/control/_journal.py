"""The journal: all of it, a part of it, or as soon as there is so much of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiohttp import web

from mockdde.control._gate import Routes, gated, json_answer, query, whole
from mockdde.errors import RequestError
from mockdde.journal import Entry, Selection
from mockdde.moments import parse_duration
from mockdde.tap import Tap

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["routes"]

_MOST = 1_000_000_000
_LONGEST = 3_600_000  # milliseconds to wait
_SELECTION = ("event", "path", "connection", "since")


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Journal(server)
    yield "GET", "journal", gated(handlers.shown)
    yield "DELETE", "journal", gated(handlers.clear)
    yield "GET", "journal/wait", gated(handlers.wait)


class _Journal:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def shown(self, request: web.Request) -> web.Response:
        said = query(request, (*_SELECTION, "last"))
        last = whole(said, "last", 0, _MOST, _MOST)
        found = self._found(_selection(said))
        return json_answer([each.as_json() for each in found[-last:] if last])

    async def clear(self, request: web.Request) -> web.Response:  # noqa: ARG002
        removed = len(list(self._server.engine.journal))
        self._server.engine.journal.clear()
        return json_answer({"removed": removed})

    async def wait(self, request: web.Request) -> web.Response:
        said = query(request, (*_SELECTION, "count", "timeout"))
        wanted, selection = whole(said, "count", 1, _MOST, 1), _selection(said)
        timeout = parse_duration(said.get("timeout", "5s"))
        if timeout is None or timeout > _LONGEST:
            message = f"timeout is {said['timeout'][:40]!r}; write 5s, 500ms or 2m, 1h at most"
            raise RequestError(400, message)
        if not await self._happened(request, selection, wanted, timeout / 1000):
            found = [each.as_json() for each in self._found(selection)]
            many = sum(map(selection.count, self._found(selection)))
            message = f"{many} of {wanted} came within {said.get('timeout', '5s')}"
            return json_answer({"error": message, "status": 408, "entries": found}, 408)
        return json_answer([each.as_json() for each in self._found(selection)])

    async def _happened(
        self, request: web.Request, selection: Selection, wanted: int, seconds: float
    ) -> bool:
        """Wait until so many are there; false where the time is over before."""
        listeners = self._server.engine.journal.listeners
        left = wanted - sum(map(selection.count, self._found(selection)))
        transport = request.transport
        if left <= 0 or transport is None:
            return left <= 0
        done = asyncio.Event()
        lost = asyncio.create_task(Tap.on(transport).lost.wait())
        lost.add_done_callback(lambda _: done.set())

        def hear(entry: Entry) -> None:
            nonlocal left
            left -= selection.fits(entry)
            if left <= 0:
                done.set()

        listeners.append(hear)
        try:
            await self._server.wait(seconds, done)
        finally:
            listeners.remove(hear)
            lost.cancel()
        return left <= 0

    def _found(self, selection: Selection) -> list[Entry]:
        return [each for each in self._server.engine.journal if selection.fits(each)]


def _selection(said: dict[str, str]) -> Selection:
    connection = whole(said, "connection", 1, _MOST, 0)
    return Selection(
        event=said.get("event", "*"),
        path=said.get("path", "*"),
        connection=connection or None,
        since=whole(said, "since", 0, _MOST, 0),
    )
