"""The REST side as OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias, cast

from mockdde import __version__
from mockdde.describe._shared import (
    JSON,
    LICENCE,
    PARAMETERS,
    PLAYS,
    PREFIXES,
    bare,
    component,
    copied,
    key,
    names_in,
)
from mockdde.feeds import (
    DocumentFeed,
    StateFeed,
    StreamFeed,
    dialect_of,
    document_feeds,
    is_of,
    state_feeds,
    stream_feeds,
)

__all__ = ["openapi"]

_Stream: TypeAlias = type[StreamFeed] | type[StateFeed]
_Feed: TypeAlias = type[DocumentFeed] | _Stream

_ACCEPT: Final = "application/vnd.imggaming.dde.api+json;version=1"
_LARGEST: Final = {"dde": 999_999_999, "live": 2**31 - 1}  # ids of the live dialect are long
_NOTHING: Final = "There is no such thing, or not yet."
# By dialect, and by what they are called among the components.
_ERRORS: Final = {
    "dde": {
        "400": "The query or a header is wrong.",
        "401": "There is no token, or one that is not known (403 by a switch).",
        "404": _NOTHING,
    },
    "live": {
        "400": "The query is wrong.",
        "401": "There is no token, or one that is forged or has expired.",
        "403": "The token is not for this tournament.",
        "404": _NOTHING,
    },
}
_TOKENS: Final = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "Any token that is not empty, unless the server names some.",
    },
    "jwt": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "`mockdde token` prints one that is good; any by a switch.",
    },
}
_SECURITY: Final = {"dde": ("token",), "live": ("jwt", "client")}  # any of them
_TAGS: Final = {
    "documents": "Answered by REST alone.",
    "streams": "WebSockets; with rest=true their record.",
    "live documents": "Of the Live Data Golf API; answered by REST alone.",
    "live streams": "Of the Live Data Golf API: what their WebSockets have, without envelopes.",
}


def openapi(
    server_url: str, examples: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, Any]:
    """OpenAPI 3.1 of all that GET answers; ``server_url`` such as ``http://127.0.0.1:8080``.

    ``examples`` are values of the paths' parameters that are there, by name; those of a tournament
    in ``stroke`` play and those of one in ``match`` play.
    """
    url = server_url.rstrip("/")
    streams: list[_Stream] = [*stream_feeds(), *state_feeds()]
    feeds: list[_Feed] = [*document_feeds(), *streams]
    paths: dict[str, dict[str, Any]] = {}
    for feed in feeds:
        fitting = [values for play, values in (examples or {}).items() if is_of(feed, play)]
        paths[getattr(feed, "REST", feed.PATH)] = path = _path(feed, url)
        _exemplify(path["get"]["parameters"], fitting[0] if fitting else {})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "DDE golf feed and Live Data Golf API, as mockdde plays them",
            "version": __version__,
            "summary": "Static documents, streams that have ended, and what live streams have.",
            "license": {"name": LICENCE, "identifier": LICENCE},
        },
        "servers": [
            {"url": url + prefix, "description": f"The {name} prefix."}
            for prefix, name in PREFIXES.items()
        ],
        "security": [{"token": []}],
        "tags": [{"name": name, "description": about} for name, about in _TAGS.items()],
        "paths": dict(sorted(paths.items())),
        "components": _components(feeds, url),
    }


def _components(feeds: Iterable[_Feed], url: str) -> dict[str, Any]:
    return {
        "schemas": copied([*(feed.NAME for feed in feeds), "dde/error"], {}),
        "responses": {
            _error_key(dialect, status): _error(about)
            for dialect, errors in _ERRORS.items()
            for status, about in errors.items()
        },
        "securitySchemes": {**_TOKENS, "client": _grant(url)},
    }


def _grant(url: str) -> dict[str, Any]:
    """How a client gets its own token of the live dialect."""
    return {
        "type": "oauth2",
        "description": "By a secret or a JWT of the client's own, in a form.",
        "flows": {"clientCredentials": {"tokenUrl": f"{url}/oauth/token", "scopes": {}}},
    }


def _path(feed: _Feed, url: str) -> dict[str, Any]:
    """What is answered at a path. The prefixes are those of the DDE feed alone."""
    if feed.KIND == "document":
        operation = _document(cast("type[DocumentFeed]", feed))
    elif hasattr(feed, "REST"):
        operation = _twin(cast("_Stream", feed))
    else:
        operation = _record(cast("_Stream", feed))
    if dialect_of(feed) == "dde":
        return {"get": operation}
    return {"servers": [{"url": url, "description": "It has no prefix."}], "get": operation}


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
    if dialect_of(feed) == "live":
        return _operation(feed, feed.ABOUT, query, _ref(feed), "live documents")
    # OpenAPI has a parameter called Accept ignored, so it is told in words.
    about = f"{feed.ABOUT} Send `Accept: {_ACCEPT}`, which a switch makes required."
    return _operation(feed, about, query, _ref(feed), "documents")


def _twin(feed: _Stream) -> dict[str, Any]:
    """What a stream has, at a path of its own."""
    own = {"$ref": bare(feed)}
    body = {"type": "array", "items": own} if feed.KIND == "stream" else own
    what = "All that was sent" if feed.KIND == "stream" else "As it is now"
    about = f"{feed.ABOUT} {what}, without envelopes. {PLAYS[feed.PLAY]}"
    return _operation(feed, about, [], body, "live streams")


def _record(feed: _Stream) -> dict[str, Any]:
    """``?rest=true``: what a stream has sent, once it has ended."""
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
    dialect = dialect_of(feed)
    number = {"type": "integer", "minimum": 0, "maximum": _LARGEST[dialect]}
    numbers = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": PARAMETERS[dialect].get(name, "A number."),
            "schema": number,
        }
        for name in names_in(feed.PATH)
    ]
    ok = {"description": "As it is now.", "content": {JSON: {"schema": body}}}
    nothing = {"description": "There is nothing, where a switch answers so."}
    errors = {
        status: {"$ref": f"#/components/responses/{_error_key(dialect, status)}"}
        for status in _ERRORS[dialect]
    }
    return {
        "operationId": f"get_{key(feed)}",
        "tags": [tag],
        "summary": feed.ABOUT,
        "description": about,
        "security": [{name: []} for name in _SECURITY[dialect]],
        "parameters": [*numbers, *query],
        "responses": {"200": ok, **({"204": nothing} if dialect == "dde" else {}), **errors},
    }


def _error_key(dialect: str, status: str) -> str:
    return status if dialect == "dde" else f"{dialect}.{status}"


def _error(about: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/dde.error"}
    return {"description": about, "content": {JSON: {"schema": schema}}}


def _ref(feed: _Feed) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{component(feed.NAME)}"}
