"""What the two sides of a live socket say besides events and states."""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

import orjson

from mockdde.broadcast import name_of
from mockdde.feeds.live._envelope import envelope
from mockdde.frames import PING, frame, text_frame
from mockdde.reception._live_legal import Heard
from mockdde.session import shown

__all__ = ["PINGED", "Said", "heard", "heartbeat", "means_life"]

_INIT = "Client.Init"
_CLIENT_HEARTBEAT = "Client.Heartbeat"  # (inferred) by the form of Client.Init
_SERVER_HEARTBEAT = "Server.Heartbeat"  # (inferred) likewise
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Said(NamedTuple):
    """A client's message, as the journal shows it; what Client.Init ``names`` is ``last_seen``."""

    heard: Heard
    form: str  # message, ping, or other
    shown: str = ""
    names: bool = False
    last_seen: str | None = None  # None where it is null; what is no text is an empty one


PINGED = Said(Heard.HEARTBEAT, "ping")


def heard(data: str | bytes) -> Said:
    """What a message is; JSON goes in text frames."""
    try:
        message = orjson.loads(data)
    except orjson.JSONDecodeError:
        message = None
    word = message.get("type") if isinstance(message, dict) and isinstance(data, str) else None
    if word == _CLIENT_HEARTBEAT:
        return Said(Heard.HEARTBEAT, "message", _CLIENT_HEARTBEAT)
    if word != _INIT:
        return Said(Heard.OTHER, "other", shown(data))
    if "last_seen_event_id" not in message:
        return Said(Heard.INIT, "other", _INIT)
    seen = message["last_seen_event_id"]
    named = seen if seen is None or isinstance(seen, str) else ""
    if named and _UUID.fullmatch(named):
        named = named.lower()  # as RFC 9562 §4 has them read
        return Said(Heard.INIT, "other", f"{_INIT} after {named}", True, named)
    text = shown(orjson.dumps(seen).decode())
    return Said(Heard.INIT, "other", f"{_INIT} after {text}", True, named)


def means_life(said: Said, choice: str) -> bool:
    """Whether it is a heartbeat of the client, as ``live-client-heartbeat`` has it."""
    return choice in ("any", said.form)


def heartbeat(form: str, path: str, wire: float) -> bytes:
    """The frame of a heartbeat of this wire time, as ``live-heartbeat`` has it."""
    if form == "ping":
        return frame(PING, b"")
    message: dict[str, object] = {"type": _SERVER_HEARTBEAT}
    if form == "event":
        moment = round(wire * 1000)
        id_ = str(uuid5(NAMESPACE_URL, f"{path}/heartbeat/{moment}"))
        message = envelope(_SERVER_HEARTBEAT, name_of(path).tournament or 0, id_, moment, {})
    return text_frame(orjson.dumps(message))
