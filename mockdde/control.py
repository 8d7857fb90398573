"""The control endpoints under /_mockdde: for this machine only, never for a web page elsewhere."""

from __future__ import annotations

from typing import Any

import orjson
from aiohttp import web

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import document_feeds, stream_feeds

__all__ = ["add_routes"]

_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def add_routes(app: web.Application, engine: Engine, clock: WireClock) -> None:
    """Serve health and the journal."""

    async def health(request: web.Request) -> web.Response:
        _only_here(request)
        now = clock.now()
        engine.run_until(now)
        return _json(
            {
                "status": "ok",
                "version": __version__,
                "tournaments": engine.standing(now),
                "connections": len(engine.subscribers),
                "endpoints": [each.PATH for each in document_feeds()]
                + [each.PATH for each in stream_feeds()],
            }
        )

    async def journal(request: web.Request) -> web.Response:
        _only_here(request)
        return _json([entry.as_json() for entry in engine.journal])

    app.router.add_get("/_mockdde/health", health)
    app.router.add_get("/_mockdde/journal", journal)


def _only_here(request: web.Request) -> None:
    """Refuse a page of another origin: it can reach loopback, but not with a loopback Host."""
    host = request.headers.get("Host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name not in _LOOPBACK:
        message = f"control answers only to this machine: Host must be localhost, not {host!r}"
        raise RequestError(403, message)
    if "Origin" in request.headers:
        raise RequestError(403, "control answers no web page; use a command line")


def _json(value: Any) -> web.Response:
    return web.Response(body=orjson.dumps(value), content_type="application/json")
