"""The messages that every stream of a dialect has, whatever its packets are."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["LIVE_MESSAGES", "MESSAGES", "SAID", "TOLD"]

# What the client says, and what the server says beside packets, by dialect.
SAID: Final = {"dde": ("token",), "live": ("client_init", "client_heartbeat")}
TOLD: Final = {"dde": ("accepted", "refused", "heartbeat"), "live": ("server_heartbeat",)}

_MULTIPLEXED: Final = {
    "type": "object",
    "required": ["sport", "eventId", "feedType", "dataType", "message"],
    "properties": {
        "sport": {"type": "string", "examples": ["Golf"]},
        "eventId": {
            "type": "string",
            "description": "Tournament, round and team, or tournament and match, with hyphens.",
        },
        "feedType": {"type": "string"},
        "dataType": {"enum": ["eventdata", "heartbeats", "connectionState"]},
        "message": {"type": "object", "description": "The packet as its own stream has it."},
    },
}
_SAID: Final = {
    "type": "object",
    "required": ["message"],
    "properties": {
        "message": {"type": "string"},
        "level": {"enum": ["INFO", "WARN", "ERROR"]},
    },
}
_BEAT: Final = {
    "type": "object",
    "required": ["timestamp", "message"],
    "properties": {
        "eventElementType": {"const": "Heartbeat"},
        "timestamp": {"type": "string", "format": "date-time"},
        "message": {"type": "string"},
    },
}
_FORM: Final = {"message": "Authentication message had incorrect format", "level": "ERROR"}

_INIT: Final = {
    "type": "object",
    "required": ["type"],
    "properties": {
        "type": {"const": "Client.Init"},
        "last_seen_event_id": {
            "type": ["string", "null"],
            "description": "The stream goes on after this event; without it, all of it comes.",
            "examples": ["3194af24-b6d6-4758-9dda-216072e2351e"],
        },
    },
}


def _beat(side: str) -> dict[str, Any]:
    name = f"{side}.Heartbeat"
    return {
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {"const": name, "description": "(inferred) By the form of Client.Init."},
        },
    }


MESSAGES: Final[dict[str, Any]] = {
    "token": {
        "summary": "The client's first message.",
        "payload": {"$ref": "#/components/schemas/dde.auth"},
        "examples": [{"payload": {"authToken": "any"}}],
    },
    "accepted": {
        "summary": "The token is good.",
        "payload": _SAID,
        "examples": [{"payload": {"message": "Authorisation accepted"}}],
    },
    "refused": {
        "summary": "The token is not good, or the message is none; the server closes.",
        "payload": _SAID,
        "examples": [{"payload": _FORM}],
    },
    "heartbeat": {"summary": "Every 10 seconds (20 by a switch).", "payload": _BEAT},
    "multiplexer": {"summary": "A packet of any stream.", "payload": _MULTIPLEXED},
}
LIVE_MESSAGES: Final[dict[str, Any]] = {
    "client_init": {
        "summary": "The client's first message on a stream of events, within 90 seconds.",
        "payload": _INIT,
        "examples": [{"payload": {"type": "Client.Init"}}],
    },
    "client_heartbeat": {
        "summary": "Of the client, every 30 seconds; a ping frame is as good, but for a switch.",
        "payload": _beat("Client"),
        "examples": [{"payload": {"type": "Client.Heartbeat"}}],
    },
    "server_heartbeat": {
        "summary": "Of the server, every 10 to 20 seconds; by a switch another message, or a ping.",
        "payload": _beat("Server"),
        "examples": [{"payload": {"type": "Server.Heartbeat"}}],
    },
}
