"""The control endpoints under /_mockdde: for this machine only, never for a web page elsewhere."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import orjson
from aiohttp import web

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import RequestError
from mockdde.feeds import document_feeds, state_feeds, stream_feeds
from mockdde.multiplexer import MULTIPLEXER

__all__ = ["add_routes", "only_here"]

_STEPS = 1000  # events, before health says how it stands; it waits for no long jump


def add_routes(app: web.Application, engine: Engine, clock: WireClock) -> None:
    """Serve health and the journal."""

    async def health(request: web.Request) -> web.Response:
        only_here(request)
        now = clock.now()
        engine.run_until(now, _STEPS)
        return _json(
            {
                "status": "ok",
                "version": __version__,
                "tournaments": engine.standing(now),
                "connections": len(engine.subscribers),
                "endpoints": [
                    *(each.PATH for each in document_feeds()),
                    *(each.PATH for each in stream_feeds()),
                    *(each.PATH for each in state_feeds()),
                    MULTIPLEXER,
                ],
            }
        )

    async def journal(request: web.Request) -> web.Response:
        only_here(request)
        return _json([entry.as_json() for entry in engine.journal])

    app.router.add_get("/_mockdde/health", health)
    app.router.add_get("/_mockdde/journal", journal)


def only_here(request: web.Request) -> None:
    """Refuse other machines, and pages: a name that was rebound to us is in their Host."""
    transport = request.transport
    own = transport.get_extra_info("sockname")[0] if transport is not None else ""
    if request.remote != own and not _is_loopback(request.remote or ""):
        raise RequestError(403, "control answers only to this machine")
    host = request.headers.get("Host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name != "localhost" and _address(name.strip("[]")) is None:
        message = f"control answers to localhost or an address, not to {host!r}"
        raise RequestError(403, message)
    if "Origin" in request.headers:
        raise RequestError(403, "control answers no web page; use a command line")


def _is_loopback(text: str) -> bool:
    address = _address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address is not None and address.is_loopback


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _json(value: Any) -> web.Response:
    return web.Response(body=orjson.dumps(value), content_type="application/json")
