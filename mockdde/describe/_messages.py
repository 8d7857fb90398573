"""The messages that every stream has, whatever its packets are."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["HANDSHAKE", "MESSAGES"]

HANDSHAKE: Final = ("accepted", "refused", "heartbeat")

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
