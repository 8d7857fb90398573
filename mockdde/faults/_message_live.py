"""Live events as faults see them: what is said of one, and what could be said next of it."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from mockdde.faults._message_kit import Keys, is_live

__all__ = ["action_of", "also", "deleted", "kind_of", "updated"]

_EVENT: Final = "Event.Sport.Golf."
_MUST: Final = (
    "event_time",
    "team_id",
    "sr_team_id",
    "hole_number",
    "hole_sequence",
    "course_id",
    "sr_course_id",
    "round_number",
)
_COMMON: Final = (*_MUST, "sr_group_id", "group_number")  # a group in stroke play only


def kind_of(keys: Keys) -> str:
    """The last word of a live event's type; nothing of what is none."""
    said = keys["data"].get("type") if is_live(keys) else None
    return said.removeprefix(_EVENT) if isinstance(said, str) else ""


def action_of(keys: Keys) -> str:
    """ADD, UPDATE or DELETE; nothing of what is no live event."""
    return str(keys["data"].get("action", "")) if is_live(keys) else ""


def updated(keys: Keys) -> Keys:
    """A message that says of an event once more what it says."""
    return _next(keys, "update", keys["data"] | {"action": "UPDATE"})


def deleted(keys: Keys) -> Keys:
    """A message that an event is no more."""
    data = {name: value for name, value in keys["data"].items() if name != "payload"}
    return _next(keys, "delete", data | {"action": "DELETE"})


def also(keys: Keys, kind: str) -> Keys | None:
    """One more event, with nothing but the moment and place of another that is added.

    None where that one does not say them.
    """
    payload = keys["data"].get("payload") if action_of(keys) == "ADD" else None
    if not isinstance(payload, dict) or any(name not in payload for name in _MUST):
        return None
    id_ = _derived(keys, kind)
    common = {name: value for name, value in payload.items() if name in _COMMON}
    data = keys["data"] | {"id": id_, "type": f"{_EVENT}{kind}", "payload": common}
    return keys | {"id": id_, "data": data}


def _next(keys: Keys, word: str, data: Keys) -> Keys:
    return keys | {"id": _derived(keys, word), "data": data}


def _derived(keys: Keys, word: str) -> str:
    """An id that is the same in every run."""
    return str(uuid5(UUID(keys["id"]), word))
