"""Faults and signals: what strikes, now or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import web

from mockdde import meddling
from mockdde.control._gate import Routes, body, gated, json_answer, looked
from mockdde.control._told import told
from mockdde.errors import RequestError
from mockdde.scenario.entry import read_entry

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = ["routes"]

_MOST = 1000  # rules; each open connection meets all of them


def routes(server: Server) -> Routes:
    """What is served here."""
    handlers = _Faults(server)
    yield "GET", "faults", gated(handlers.shown)
    yield "POST", "faults", gated(handlers.add)
    yield "DELETE", "faults", gated(handlers.clear)
    yield "DELETE", "faults/{id:9}", gated(handlers.remove)
    yield "POST", "signals/{name:text}", gated(handlers.signal)


class _Faults:
    def __init__(self, server: Server) -> None:
        self._server = server

    async def shown(self, request: web.Request) -> web.Response:  # noqa: ARG002
        now = looked(self._server)
        rules = self._server.engine.chaos.rules.values()
        return json_answer([rule.as_json(now) for rule in rules])

    async def add(self, request: web.Request) -> web.Response:
        source = await body(request)
        spec, tournament = read_entry(source)
        engine = self._server.engine
        if len(engine.chaos.rules) >= _MOST:
            raise RequestError(409, f"there are {_MOST} faults here; remove some first")
        if not meddling.is_known(engine, spec, tournament):
            await told(engine.shows.named(tournament))
        now = await self._server.moment()
        rule = meddling.add_fault(engine, spec, tournament, now)
        self._server.wake()
        return json_answer(rule.as_json(now), 201)

    async def clear(self, request: web.Request) -> web.Response:  # noqa: ARG002
        now = await self._server.moment()
        removed = meddling.remove_faults(self._server.engine, now)
        self._server.wake()
        return json_answer({"removed": removed})

    async def remove(self, request: web.Request) -> web.Response:
        now = await self._server.moment()
        meddling.remove_fault(self._server.engine, int(request.match_info["id"]), now)
        self._server.wake()
        return json_answer({"removed": 1})

    async def signal(self, request: web.Request) -> web.Response:
        engine, now = self._server.engine, await self._server.moment()
        rules = engine.chaos.signal(request.match_info["name"], now)
        engine.woken()
        self._server.wake()
        return json_answer({"rules": rules})
