"""The streams as AsyncAPI 3.0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from mockdde import __version__
from mockdde.describe._messages import HANDSHAKE, MESSAGES
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
from mockdde.feeds import StateFeed, StreamFeed, state_feeds, stream_feeds

__all__ = ["asyncapi"]

_Feed: TypeAlias = type[StreamFeed] | type[StateFeed]


def asyncapi(host: str, *, secure: bool = False) -> dict[str, Any]:
    """AsyncAPI 3.0 of all streams, from the server's side; ``host`` such as ``127.0.0.1:8080``.

    What the server receives is the token; all else it sends. ``secure``: it is served with TLS.
    """
    feeds: list[_Feed] = [*stream_feeds(), *state_feeds()]
    protocol = "wss" if secure else "ws"
    channels = {_key(feed): _channel(feed) for feed in feeds}
    operations: dict[str, Any] = {}
    for name in (*channels, "multiplexer"):
        operations |= _operations(name)
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": JSON,
        "servers": {
            name: {"host": host, "pathname": prefix or "/", "protocol": protocol}
            for prefix, name in PREFIXES.items()
        },
        "channels": channels | {"multiplexer": _multiplexer(feeds)},
        "operations": operations,
        "components": {
            "schemas": _schemas([*(feed.NAME for feed in feeds), "dde/auth"]),
            "messages": {
                **MESSAGES,
                **{_key(feed): _message(feed) for feed in feeds},
            },
        },
    }


def _info() -> dict[str, Any]:
    return {
        "title": "DDE golf streams, as mockdde plays them",
        "version": __version__,
        "description": (
            "A client opens a WebSocket and sends its token as the first message; what it says"
            " after that is ignored. Then it gets packets, and heartbeats in between."
        ),
        "license": {"name": LICENCE, "url": "https://spdx.org/licenses/MIT.html"},
    }


def _schemas(names: Iterable[str]) -> dict[str, Any]:
    return {
        key: {"schemaFormat": "application/schema+json;version=2020-12", "schema": schema}
        for key, schema in copied(names, {}, below="/schema").items()
    }


def _message(feed: _Feed) -> dict[str, Any]:
    payload = {"$ref": f"#/components/schemas/{component(feed.NAME)}"}
    return {"summary": feed.ABOUT, "payload": payload}


def _key(feed: _Feed) -> str:
    return feed.NAME.removeprefix("dde/")


def _channel(feed: _Feed) -> dict[str, Any]:
    how = "Every packet from the first on." if feed.KIND == "stream" else "Whole, at every change."
    return {
        "address": feed.PATH,
        "description": f"{feed.ABOUT} {how} {PLAYS[feed.PLAY]}",
        "parameters": {
            name: {"description": PARAMETERS.get(name, "A number.")} for name in names_in(feed.PATH)
        },
        "messages": _shown(("token", *HANDSHAKE, _key(feed))),
    }


def _multiplexer(feeds: Iterable[_Feed]) -> dict[str, Any]:
    types = ", ".join(feed.FEED_TYPE for feed in feeds)
    query = {
        "type": "object",
        "properties": {
            "sport": {"type": "string", "description": "golf: what comes from now on."},
            "catchup": {"type": "string", "enum": ["true"], "description": "And all before it."},
        },
    }
    return {
        "address": "/multiplexer/",
        "description": f"All streams on one socket, in the order of time. feedType: {types}.",
        "messages": _shown(("token", *HANDSHAKE, "multiplexer")),
        "bindings": {"ws": {"method": "GET", "query": query, "bindingVersion": "0.1.0"}},
    }


def _shown(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _operations(channel: str) -> dict[str, Any]:
    """The client's token, and what the server sends on a channel."""
    where = {"$ref": f"#/channels/{channel}"}
    sent = [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in (*HANDSHAKE, channel)]
    token = [{"$ref": f"#/channels/{channel}/messages/token"}]
    return {
        f"hear_{channel}": {"action": "receive", "channel": where, "messages": token},
        f"tell_{channel}": {"action": "send", "channel": where, "messages": sent},
    }
