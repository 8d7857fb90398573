"""The REST side as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeAlias

from mockdde import __version__
from mockdde.describe._shared import (
    JSON,
    LICENCE,
    PARAMETERS,
    PLAYS,
    PREFIXES,
    component,
    copied,
    names_in,
)
from mockdde.feeds import (
    DocumentFeed,
    StateFeed,
    StreamFeed,
    document_feeds,
    is_of,
    state_feeds,
    stream_feeds,
)

__all__ = ["openapi"]

_Feed: TypeAlias = type[DocumentFeed] | type[StreamFeed] | type[StateFeed]

_ACCEPT: Final = "application/vnd.imggaming.dde.api+json;version=1"
_NUMBERS: Final = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_ERRORS: Final = {
    "400": "The query or a header is wrong.",
    "401": "There is no token, or one that is not known (403 by a switch).",
    "404": "There is no such thing, or not yet.",
}
_TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "Any token that is not empty, unless the server names some.",
}


def openapi(
    server_url: str, examples: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, Any]:
    """OpenAPI 3.1 of all that GET answers; ``server_url`` such as ``http://127.0.0.1:8080``.

    ``examples`` are values of the paths' parameters that are there, by name; those of a tournament
    in ``stroke`` play and those of one in ``match`` play.
    """
    url = server_url.rstrip("/")
    feeds: list[_Feed] = [*document_feeds(), *stream_feeds(), *state_feeds()]
    paths = {feed.PATH: {"get": _document(feed)} for feed in document_feeds()}
    streams: list[type[StreamFeed] | type[StateFeed]] = [*stream_feeds(), *state_feeds()]
    paths |= {feed.PATH: {"get": _twin(feed)} for feed in streams}
    for feed in feeds:
        fitting = [values for play, values in (examples or {}).items() if is_of(feed, play)]
        _exemplify(paths[feed.PATH]["get"]["parameters"], fitting[0] if fitting else {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "DDE golf feed, as mockdde plays it",
            "version": __version__,
            "summary": "Static documents, and streams that have ended.",
            "license": {"name": LICENCE, "identifier": LICENCE},
        },
        "servers": [
            {"url": url + prefix, "description": f"The {name} prefix."}
            for prefix, name in PREFIXES.items()
        ],
        "security": [{"token": []}],
        "tags": [
            {"name": "documents", "description": "Answered by REST alone."},
            {"name": "streams", "description": "WebSockets; with rest=true their record."},
        ],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": copied([*(feed.NAME for feed in feeds), "dde/error"], {}),
            "responses": {status: _error(about) for status, about in _ERRORS.items()},
            "securitySchemes": {"token": _TOKEN},
        },
    }


def _exemplify(parameters: list[dict[str, Any]], examples: Mapping[str, int]) -> None:
    for parameter in parameters:
        if parameter["in"] == "path" and parameter["name"] in examples:
            parameter["example"] = examples[parameter["name"]]


def _document(feed: type[DocumentFeed]) -> dict[str, Any]:
    query = [
        {
            "name": each.name,
            "in": "query",
            "description": each.about,
            "schema": dict(each.schema),
        }
        for each in feed.QUERY
    ]
    # OpenAPI has a parameter called Accept ignored, so it is told in words.
    about = f"{feed.ABOUT} Send `Accept: {_ACCEPT}`, which a switch makes required."
    return _operation(feed, about, query, _ref(feed), "documents")


def _twin(feed: type[StreamFeed] | type[StateFeed]) -> dict[str, Any]:
    rest = {
        "name": "rest",
        "in": "query",
        "required": True,
        "description": "Without it this is a WebSocket.",
        "schema": {"type": "string", "enum": ["true"]},
    }
    body = {"type": "array", "items": _ref(feed)} if feed.KIND == "stream" else _ref(feed)
    what = "All packets" if feed.KIND == "stream" else "The last document"
    about = f"{feed.ABOUT} {what}, once the stream has ended. {PLAYS[feed.PLAY]}"
    operation = _operation(feed, about, [rest], body, "streams")
    operation["responses"]["426"] = {"description": "rest=true is missing; open a WebSocket."}
    return operation


def _operation(
    feed: _Feed, about: str, query: list[dict[str, Any]], body: Mapping[str, Any], tag: str
) -> dict[str, Any]:
    numbers = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARAMETERS.get(name, "A number."),
            "schema": _NUMBERS,
        }
        for name in names_in(feed.PATH)
    ]
    ok = {"description": "As it is now.", "content": {JSON: {"schema": body}}}
    nothing = {"description": "There is nothing, where a switch answers so."}
    errors = {status: {"$ref": f"#/components/responses/{status}"} for status in _ERRORS}
    return {
        "operationId": feed.NAME.replace("dde/", "get_"),
        "tags": [tag],
        "summary": feed.ABOUT,
        "description": about,
        "parameters": [*numbers, *query],
        "responses": {"200": ok, "204": nothing, **errors},
    }


def _error(about: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/dde.error"}
    return {"description": about, "content": {JSON: {"schema": schema}}}


def _ref(feed: _Feed) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{component(feed.NAME)}"}
