"""The streams as AsyncAPI 3.0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TypeAlias

from mockdde import __version__
from mockdde.describe._messages import LIVE_MESSAGES, MESSAGES, SAID, TOLD
from mockdde.describe._shared import (
    JSON,
    LICENCE,
    PARAMETERS,
    PLAYS,
    PREFIXES,
    component,
    copied,
    key,
    names_in,
)
from mockdde.feeds import StateFeed, StreamFeed, dialect_of, state_feeds, stream_feeds

__all__ = ["asyncapi"]

_Feed: TypeAlias = type[StreamFeed] | type[StateFeed]


_JWT: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "In the Authorization header of the handshake.",
}
_HOW: Final = {
    ("dde", "stream"): "Every packet from the first on.",
    ("dde", "state"): "Whole, at every change.",
    ("live", "stream"): "Silent until Client.Init; then every event from the first on.",
    ("live", "state"): "At once, and whole at every change.",
}


def asyncapi(host: str, *, secure: bool = False) -> dict[str, Any]:
    """AsyncAPI 3.0 of all streams, from the server's side; ``host`` such as ``127.0.0.1:8080``.

    What the server receives is the client's; all else it sends. ``secure``: it is served with TLS.
    """
    feeds: list[_Feed] = [*stream_feeds(), *state_feeds()]
    channels = {key(feed): _channel(feed) for feed in feeds}
    operations = _operations("multiplexer", "dde", SAID["dde"])
    for feed in feeds:
        operations |= _operations(key(feed), dialect_of(feed), _said(feed))
    return {
        "asyncapi": "3.0.0",
        "info": _info(),
        "defaultContentType": JSON,
        "servers": _servers(host, "wss" if secure else "ws"),
        "channels": channels | {"multiplexer": _multiplexer(feeds)},
        "operations": operations,
        "components": {
            "schemas": _schemas([*(feed.NAME for feed in feeds), "dde/auth"]),
            "messages": {
                **MESSAGES,
                **LIVE_MESSAGES,
                **{key(feed): _message(feed) for feed in feeds},
            },
            "securitySchemes": {"jwt": _JWT},
        },
    }


def _info() -> dict[str, Any]:
    return {
        "title": "DDE golf streams and Live Data Golf API, as mockdde plays them",
        "version": __version__,
        "description": (
            "Of the DDE feed a client opens a WebSocket and sends its token as the first message;"
            " what it says after that is ignored. Then it gets packets, and heartbeats in between."
            " Of the Live Data Golf API the token is in the handshake; streams of events begin with"
            " Client.Init, and both sides send heartbeats."
        ),
        "license": {"name": LICENCE, "url": "https://spdx.org/licenses/MIT.html"},
    }


def _servers(host: str, protocol: str) -> dict[str, Any]:
    """One for each prefix of the DDE feed, and one for the live dialect, which has none."""
    found: dict[str, Any] = {
        name: {"host": host, "pathname": prefix or "/", "protocol": protocol}
        for prefix, name in PREFIXES.items()
    }
    jwt = [{"$ref": "#/components/securitySchemes/jwt"}]
    return found | {
        "live": {"host": host, "pathname": "/", "protocol": protocol, "security": jwt},
    }


def _on(dialect: str) -> list[dict[str, str]]:
    """The servers of a dialect."""
    names = ("live",) if dialect == "live" else PREFIXES.values()
    return [{"$ref": f"#/servers/{name}"} for name in names]


def _said(feed: _Feed) -> tuple[str, ...]:
    """What a client says: a stream of states of the live dialect begins without Client.Init."""
    said = SAID[dialect_of(feed)]
    return tuple(each for each in said if feed.KIND == "stream" or each != "client_init")


def _schemas(names: Iterable[str]) -> dict[str, Any]:
    return {
        key: {"schemaFormat": "application/schema+json;version=2020-12", "schema": schema}
        for key, schema in copied(names, {}, below="/schema").items()
    }


def _message(feed: _Feed) -> dict[str, Any]:
    payload = {"$ref": f"#/components/schemas/{component(feed.NAME)}"}
    return {"summary": feed.ABOUT, "payload": payload}


def _channel(feed: _Feed) -> dict[str, Any]:
    dialect = dialect_of(feed)
    about = PARAMETERS[dialect]
    return {
        "address": feed.PATH,
        "description": f"{feed.ABOUT} {_HOW[dialect, feed.KIND]} {PLAYS[feed.PLAY]}",
        "servers": _on(dialect),
        "parameters": {
            name: {"description": about.get(name, "A number.")} for name in names_in(feed.PATH)
        },
        "messages": _shown((*_said(feed), *TOLD[dialect], key(feed))),
    }


def _multiplexer(feeds: Iterable[_Feed]) -> dict[str, Any]:
    types = ", ".join(feed.FEED_TYPE for feed in feeds if dialect_of(feed) == "dde")
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
        "servers": _on("dde"),
        "messages": _shown((*SAID["dde"], *TOLD["dde"], "multiplexer")),
        "bindings": {"ws": {"method": "GET", "query": query, "bindingVersion": "0.1.0"}},
    }


def _shown(names: Iterable[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/messages/{name}"} for name in names}


def _operations(channel: str, dialect: str, said: Iterable[str]) -> dict[str, Any]:
    """What a client says on a channel, and what the server sends there."""
    where = {"$ref": f"#/channels/{channel}"}

    def messages(names: Iterable[str]) -> list[dict[str, str]]:
        return [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in names]

    told = messages((*TOLD[dialect], channel))
    return {
        f"hear_{channel}": {"action": "receive", "channel": where, "messages": messages(said)},
        f"tell_{channel}": {"action": "send", "channel": where, "messages": told},
    }
