"""doc_drift: packets that the documentation does not have, or has otherwise elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, Rewriting, changed, found, is_live, put
from mockdde.faults._message_live import kind_of
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "DocDrift"]

_TYPE, _LATER_TYPE = "eventElementType", "WeatherUpdate"
_LATER_KEY = {"wind": {"direction": "NW", "metresPerSecond": 4.5}}
_INTEGERS = ("playerId", "teamNo", "roundNo", "tournamentId")
_IDENTIFIER = "eventCorrectedIdentifier"
_HOLE = {"holeNo": "hole", "hole": "holeNo"}

_PAYLOAD = ("data", "payload")
_LIVE_TYPE = "Event.Sport.Golf.WeatherUpdate"
_LIVE_KEY = {"wind": {"direction": "NW", "metres_per_second": 4.5}}
_OPTIONAL = (
    (*_PAYLOAD, "club_type"),
    (*_PAYLOAD, "ball_lie", "coordinates", "z"),
)
_NUMBERS = (
    *((*_PAYLOAD, name) for name in ("player_id", "team_id", "round_number", "tournament_id")),
    ("tournamentid",),
)


def _renamed(keys: Keys, names: Mapping[str, str]) -> Keys | None:
    """Keys by other names, in their places; None where it has none of them."""
    if names.keys().isdisjoint(keys):
        return None
    return {names.get(name, name): value for name, value in keys.items()}


def _unknown_type(keys: Keys) -> Keys | None:
    return keys | {_TYPE: _LATER_TYPE} if _TYPE in keys else None


def _null_optional(keys: Keys) -> Keys | None:
    if "clubTypeCode" in keys:
        return keys | {"clubTypeCode": None}
    lie = keys.get("ballLie")
    if not isinstance(lie, dict) or "z" not in lie.get("coordinates", ()):
        return None
    return keys | {"ballLie": lie | {"coordinates": lie["coordinates"] | {"z": None}}}


def _string_for_integer(keys: Keys) -> Keys | None:
    for name in _INTEGERS:
        if isinstance(keys.get(name), int):
            return keys | {name: str(keys[name])}
    return None


def _integer_for_string(keys: Keys) -> Keys | None:
    course = keys.get("courseId")
    if not isinstance(course, str) or not course.isdecimal():
        return None
    return keys | {"courseId": int(course)}


def _hole_no(keys: Keys) -> Keys | None:
    identifier = keys.get(_IDENTIFIER)
    inner = _renamed(identifier, _HOLE) if isinstance(identifier, dict) else None
    if inner is not None:
        return keys | {_IDENTIFIER: inner}
    return _renamed(keys, _HOLE)


def _live_unknown_type(keys: Keys) -> Keys | None:
    return put(keys, ("data", "type"), _LIVE_TYPE) if kind_of(keys) else None


def _live_unknown_key(keys: Keys) -> Keys | None:
    path = _PAYLOAD if isinstance(found(keys, _PAYLOAD), dict) else _PAYLOAD[:1]
    return put(keys, path, found(keys, path) | _LIVE_KEY)


def _live_null_optional(keys: Keys) -> Keys | None:
    there = (path for path in _OPTIONAL if found(keys, path) is not None)
    path = next(there, None)
    return None if path is None else put(keys, path, None)


def _live_string_for_integer(keys: Keys) -> Keys | None:
    there = (path for path in _NUMBERS if isinstance(found(keys, path), int))
    path = next(there, None)
    return None if path is None else put(keys, path, str(found(keys, path)))


_HOWS: dict[str, Callable[[Keys], Keys | None]] = {
    "unknown_type": _unknown_type,
    "unknown_key": lambda keys: keys | _LATER_KEY,
    "null_optional": _null_optional,
    "string_for_integer": _string_for_integer,
    "integer_for_string": _integer_for_string,
    "key_case": lambda keys: _renamed(keys, {"groupId": "groupID"}),
    "type_key": lambda keys: _renamed(keys, {_TYPE: "eventelementType"}),
    "hole_no": _hole_no,
}
_LIVE_HOWS: dict[str, Callable[[Keys], Keys | None]] = {
    "unknown_type": _live_unknown_type,
    "unknown_key": _live_unknown_key,
    "null_optional": _live_null_optional,
    "string_for_integer": _live_string_for_integer,
    "key_case": lambda keys: _renamed(keys, {"tournamentid": "tournamentId"}),
}


@dataclass(frozen=True, slots=True)
class DocDrift(StreamFault):
    """On the wire: the packet that is the trigger and those after it of which it can be said,
    ``count`` in all (0: all as long as the fault lasts), are of another form, as ``how`` says;
    their order of keys stays. The strict schema takes none of them. The tolerant one takes those
    that some page of the documentation has:

    ``unknown_key``: a key ``wind`` at the end (it takes every unknown key); ``null_optional``:
    clubTypeCode is null, or the height z of a lie; ``integer_for_string``: courseId is a number, as
    in a table; ``key_case``: groupId is groupID, as in a table; ``hole_no``: holeNo is hole, or
    hole holeNo, also in eventCorrectedIdentifier, as in tables.

    It refuses what no page has: ``unknown_type``: eventElementType is WeatherUpdate;
    ``string_for_integer``: playerId, teamNo, roundNo or tournamentId, the first that is there, is a
    string of digits; ``type_key``: eventElementType is eventelementType, which one table has of a
    heartbeat only. Documents can have an unknown key and a string for tournamentId; of the others
    they have nothing, and it does not strike there.

    In the live dialect there are: ``unknown_type``, Event.Sport.Golf.WeatherUpdate;
    ``unknown_key``, at the end of the payload, or of the data that has none; ``null_optional``:
    club_type, or z of a lie's coordinates; ``string_for_integer``: player_id, team_id, round_number
    or tournament_id of the payload, or tournamentid; ``key_case``: tournamentid is tournamentId. A
    state has no type to be unknown, and nothing optional. The others do not strike there. The
    tolerant schema takes the first two, and null for club_type.

    A good client takes both spellings and types where both are documented, leaves a key that it
    does not know, and notes a type of packet that it does not know but counts its seqNum; of a live
    event it keeps the id.
    """

    NAME: ClassVar[str] = "doc_drift"
    how: str = "unknown_key"
    count: int = 0

    def __post_init__(self) -> None:
        wire.check_choice("how", self.how, _HOWS)
        wire.check_range("count", self.count, 0, 1_000_000)

    @property
    def dialects(self) -> tuple[str, ...]:
        """Not all that has drifted in one could in the other."""
        return self.DIALECTS if self.how in _LIVE_HOWS else ("dde",)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that can have this form."""
        return message is not None and self.change(message) is not None

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Gives them this form."""
        return Rewriting(self.count, self.change)

    def change(self, message: Message) -> Message | None:
        """A packet in the other form."""

        def drifted(keys: Keys) -> Keys | None:
            if not is_live(keys):
                return _HOWS[self.how](keys)
            change = _LIVE_HOWS.get(self.how)
            return None if change is None else change(keys)

        return changed(message, drifted)


FAULT = DocDrift
