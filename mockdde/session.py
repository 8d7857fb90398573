"""What a DDE socket says besides its packets, and what it makes of a first message.

A dialect with another handshake or other heartbeats brings a module like this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import orjson

from mockdde.moments import iso_micros, iso_millis
from mockdde.quirks import Quirks
from mockdde.subscriber import Heard

__all__ = ["REFUSED_FORM", "accepted", "heard", "heartbeat", "missing", "refused", "shown"]

_SHOWN = 200  # characters of a message
# What may be a token: that of a message of the right form, and any long word elsewhere.
_TOKEN = re.compile(r'("authToken"\s*:\s*"[^"]{,4})[^"]*')
_LONG = re.compile(r"(?<![\w.~+/=-])([\w.~+/-]{4})[\w.~+/-]{12,}=*")
REFUSED_FORM = "Authentication message had incorrect format"


def heard(data: str | bytes, is_token: Callable[[str], bool]) -> Heard:
    """What a message is; the token is ``{"authToken": "…"}``, in a text frame."""
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError:
        return Heard.OTHER
    token = message.get("authToken") if isinstance(message, dict) else None
    if not isinstance(data, str) or not isinstance(token, str):
        return Heard.OTHER
    return Heard.GOOD if is_token(token) else Heard.BAD


def accepted(quirks: Quirks) -> bytes:
    """The answer to a good token."""
    answer = {"message": "Authorisation accepted"}
    if quirks["accepted-level"] == "INFO":
        answer["level"] = "INFO"
    return orjson.dumps(answer)


def refused(text: str) -> bytes:
    """The answer to any other first message."""
    return orjson.dumps({"message": text, "level": "ERROR"})


def missing(path: str) -> bytes:
    """What follows the acceptance where there is no such stream."""
    text = f"Could not find fixture topic {path[path.index('tournaments/') :]}"
    return orjson.dumps({"message": text, "level": "WARN"})


def heartbeat(wire: float, quirks: Quirks) -> bytes:
    """A heartbeat of this wire time."""
    moment = round(wire * 1_000_000)
    millis = quirks["heartbeat-time"] == "millis"
    stamp = iso_millis(moment // 1000) if millis else iso_micros(moment)
    return orjson.dumps(
        {
            quirks["heartbeat-key"]: quirks["heartbeat-value"],
            "timestamp": stamp,
            "message": f"Heartbeat sent at {stamp}",
        }
    )


def shown(data: str | bytes) -> str:
    """A client's message as the journal shows it: tokens, and what may be one, are shortened."""
    text = data if isinstance(data, str) else repr(data[:_SHOWN])
    return _shortened(text[: 2 * _SHOWN])


@lru_cache(maxsize=256)  # many clients have the same token, and say it in the same words
def _shortened(text: str) -> str:
    return _LONG.sub(r"\1…", _TOKEN.sub(r"\1…", text))[:_SHOWN]
