"""DDE packets as the rest of the client reads them: one spelling of each key, numbers as numbers.

The documentation spells some keys in two ways and gives some values two types; the feed has changed
before. What differs only in form is made equal here, at the door, so that nobody else has to care.
"""

from __future__ import annotations

import json
from typing import Any

__all__ = ["MalformedError", "Packet", "identity", "kind_of", "link_of", "read", "state_of", "tidy"]

Packet = dict[str, Any]

_INTEGERS = {
    "seqNum",
    "teamNo",
    "roundNo",
    "holeNo",
    "holeOrder",
    "strokeNo",
    "provisionalIndex",
    "playerId",
    "penaltyStrokes",
    "strokesAssessed",
    "currentHolePar",
    "currentHoleStrokes",
}
_WORDS = (
    "eventElementType",
    "eventCorrectedIdentifier",
    "corrections",
    "score",
    "state",
    "mode",
    "finishReason",
    "players",
    "player",
    "matchType",
)
_SPELLINGS = {each.lower(): each for each in (*_INTEGERS, *_WORDS)}
_SPELLINGS |= {"hole": "holeNo", "teamnon": "teamNo"}  # as some tables have them
_NESTED = ("eventCorrectedIdentifier", "corrections", "score")
_LINKS = {
    "connected": "connected",
    "partiallydisconnected": "partially_disconnected",
    "disconnected": "disconnected",
}


class MalformedError(Exception):
    """A message that is no JSON object."""


def read(data: str | bytes) -> Packet:
    """The object in a message."""
    try:
        packet = json.loads(data)
    except ValueError as error:
        raise MalformedError(f"no JSON: {error}") from error
    if not isinstance(packet, dict):
        raise MalformedError("JSON, but no object")
    return packet


def tidy(packet: Packet) -> Packet:
    """A packet in one spelling; keys that nobody knows stay as they are."""
    found: Packet = {}
    for key, value in packet.items():
        name = _SPELLINGS.get(key.lower(), key)
        if name in _INTEGERS:
            value = _integer(value)  # noqa: PLW2901
            if value is None:
                continue
        elif name in _NESTED:
            value = _one(value)  # noqa: PLW2901
            if isinstance(value, dict):
                value = tidy(value)  # noqa: PLW2901
        found[name] = value
    return found


def _integer(value: object) -> int | None:
    """14, "14" and 14.0 are one number."""
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return int(value)
        except (ValueError, OverflowError):
            return None
    return None


def _one(value: Any) -> Any:
    """Some tables have an array of one where samples have an object."""
    return value[0] if isinstance(value, list) and value else value


def kind_of(packet: Packet) -> str:
    """eventElementType; a heartbeat is written small by some."""
    kind = str(packet.get("eventElementType", ""))
    return "Heartbeat" if kind.lower() == "heartbeat" else kind


def state_of(packet: Packet) -> str:
    """The state it tells of; one table has a blank in "Round Started"."""
    return str(packet.get("state", "")).replace(" ", "")


def link_of(packet: Packet) -> str:
    """The state of the scorers' link, in the words of a state document."""
    return _LINKS.get(state_of(packet).lower(), "unknown")


def identity(packet: Packet) -> tuple[object, ...]:
    """What two packets of one seqNum must share if they are the same one: no times are in it,
    for a packet may come again with others."""
    keys = ("holeOrder", "strokeNo", "provisionalIndex", "finishReason", "mode")
    return (kind_of(packet), state_of(packet), *(packet.get(key) for key in keys))
