"""What the two sides of a live socket say besides events and states."""

from __future__ import annotations

import orjson

__all__ = ["is_init"]


def is_init(data: str | bytes) -> bool:
    """Whether a message is ``Client.Init``."""
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return isinstance(message, dict) and message.get("type") == "Client.Init"
