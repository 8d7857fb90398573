"""Who may use the control API, what a body and a query say, and how it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
from aiohttp import web

from mockdde.errors import Mark, RequestError, ScenarioError, nearest
from mockdde.rest import query_of
from mockdde.scenario.entry import read_json
from mockdde.scenario.source import Source
from mockdde.scenario.yamltext import read_yaml

if TYPE_CHECKING:
    from mockdde.server import Server

__all__ = [
    "Route",
    "Routes",
    "body",
    "gated",
    "is_loopback",
    "json_answer",
    "looked",
    "members",
    "only_here",
    "query",
    "shown",
    "whole",
]

Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
Route: TypeAlias = tuple[str, str, Handler]  # method, path below /_mockdde, handler
Routes: TypeAlias = Iterator[Route]

_STEPS = 1000  # events, before it is said how all stands; it waits for no long jump
_LONGEST = 256 * 1024  # bytes of a body
_PATIENCE = 10.0  # seconds for a body to come
_YAML = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml")
# What a page elsewhere may send without asking first (Fetch §4.10.1, a simple request).
_OF_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")


def gated(handler: Handler) -> Handler:
    """A handler behind the gate; what is wrong in a body is answered with 400."""

    async def behind(request: web.Request) -> web.StreamResponse:
        only_here(request)
        if request.method not in ("GET", "HEAD"):
            _no_form(request)
        try:
            return await handler(request)
        except ScenarioError as error:
            raise RequestError(400, str(error)) from None

    return behind


def only_here(request: web.Request) -> None:
    """Refuse other machines, and pages: a name that was rebound to us is in their Host."""
    transport = request.transport
    own = transport.get_extra_info("sockname")[0] if transport is not None else ""
    if request.remote != own and not is_loopback(request.remote or ""):
        raise RequestError(403, "control answers only to this machine")
    host = request.headers.get("Host", "")
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host
    if name != "localhost" and _address(name.strip("[]")) is None:
        message = f"control answers to localhost or an address, not to {host!r}"
        raise RequestError(403, message)
    if "Origin" in request.headers:
        raise RequestError(403, "control answers no web page; use a command line")
    if request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        raise RequestError(403, "control answers no web page elsewhere; type the address")


def _no_form(request: web.Request) -> None:
    """Refuse what a form of a page elsewhere could send, whatever its browser says of it."""
    if "Content-Type" not in request.headers:
        return
    if request.content_type in _OF_FORMS:
        message = f"a body of type {request.content_type} is not read here"
        raise RequestError(415, f"{message}; send it with Content-Type: application/json")


def is_loopback(text: str) -> bool:
    """Whether an address is of this machine alone."""
    address = _address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    return address is not None and address.is_loopback


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None


def looked(server: Server) -> float:
    """The time now, once what is due is done, but for what would take long."""
    now = server.clock.now()
    server.engine.run_until(now, _STEPS)
    return now


def json_answer(value: Any, status: int = 200) -> web.Response:
    """A value as JSON."""
    return web.Response(status=status, body=orjson.dumps(value), content_type="application/json")


# ── what is asked ─────────────────────────────────────────────────────────────────────────────


async def body(request: web.Request) -> Source:
    """The body, JSON or YAML, with its marks. RequestError or ScenarioError where it is neither."""
    data = await _read(request)
    if not data:
        raise RequestError(400, "the body is empty; send JSON or YAML")
    kind = request.content_type if "Content-Type" in request.headers else "nothing that is said"
    is_json = kind == "application/json" or kind.endswith("+json")
    if not is_json and kind not in _YAML:
        message = f"a body of type {kind} is not read here"
        raise RequestError(415, f"{message}; send it with Content-Type: application/json")
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise ScenarioError(Mark("body", line, column), "this is not UTF-8") from None
    return read_json(text, "body") if is_json else read_yaml(text, "body")


async def _read(request: web.Request) -> bytes:
    too_long = RequestError(413, f"the body is longer than {_LONGEST // 1024} KiB")
    if (request.content_length or 0) > _LONGEST:
        raise too_long
    found = bytearray()
    try:
        async with asyncio.timeout(_PATIENCE):
            async for chunk in request.content.iter_any():
                found += chunk
                if len(found) > _LONGEST:
                    raise too_long
    except TimeoutError:
        message = f"the body did not come within {_PATIENCE:.0f} s"
        raise RequestError(408, message) from None
    return bytes(found)


def members(source: Source, known: Collection[str], example: str) -> dict[str, Any]:
    """A body that is a mapping of these keys. ScenarioError where it has another."""
    if not isinstance(source.value, dict):
        raise ScenarioError(source.mark(()), f"this is no mapping; write one such as {example}")
    for key in source.value:
        if key not in known:
            message = f"{key[:40]!r} means nothing here{nearest(key, known)}"
            raise ScenarioError(source.key_mark((key,)), message)
    return source.value


def shown(value: Any) -> str:
    """A value of a body, as it was sent; not too much of it."""
    return orjson.dumps(value).decode()[:40]


def query(request: web.Request, known: Collection[str]) -> dict[str, str]:
    """The query, of these keys. RequestError where it has another, or one twice."""
    said = query_of(request)
    for key in said:
        if key not in known:
            message = f"there is no query parameter {key[:40]!r}{nearest(key, known)}"
            raise RequestError(400, message)
    return said


def whole(said: dict[str, str], name: str, low: int, high: int, default: int) -> int:
    """A whole number of a query. RequestError where it is none, or out of its range."""
    text = said.get(name)
    if text is None:
        return default
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else -1
    if not low <= number <= high:
        raise RequestError(400, f"{name} is {text[:40]!r}; it can be {low} to {high}")
    return number
