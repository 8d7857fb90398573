"""The times that a packet says: read, and moved without another form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from mockdde.faults._message_kit import Keys, found, put

__all__ = ["BOTH", "RECEIVED", "SAID", "moved", "says", "shifted", "since_epoch"]

_Path: TypeAlias = tuple[str, ...]

# Where a packet says when it was reported; a live one when it was sent, and made.
RECEIVED: Final[tuple[_Path, ...]] = (("timestampReceived",), ("time",), ("data", "created_at"))
SAID: Final[tuple[_Path, ...]] = (("timestamp",),)
# And when it happened; two names of a live state's.
BOTH: Final[tuple[_Path, ...]] = (
    *SAID,
    *RECEIVED,
    *(("data", "payload", name) for name in ("event_time", "timestamp", "time")),
)
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (of the same zone as what is read, whichever it is)


def _parts(text: object) -> tuple[datetime, int, str] | None:
    parts = _TIME.fullmatch(text) if isinstance(text, str) else None
    if parts is None:
        return None
    fraction = parts[2] or ""
    whole = datetime.fromisoformat(parts[1])
    return whole + timedelta(microseconds=int(fraction.ljust(6, "0"))), len(fraction), parts[3]


def since_epoch(text: object) -> int | None:
    """Milliseconds since 1970 where it is; None where it is no time."""
    parts = _parts(text)
    return None if parts is None else (parts[0] - _EPOCH) // timedelta(milliseconds=1)


def shifted(text: object, ms: int) -> str | None:
    """A time so many milliseconds later, in its own form; None where it is none.

    One that would leave the years 1 to 9999 stays as it is.
    """
    parts = _parts(text)
    if parts is None:
        return None
    at, digits, zone = parts
    try:
        at += timedelta(milliseconds=ms)
    except OverflowError:
        return str(text)
    fraction = f".{at.microsecond:06d}"[: digits + 1] if digits else ""
    return f"{at.year:04d}-{at:%m-%dT%H:%M:%S}{fraction}{zone}"


def says(keys: Keys, paths: Sequence[_Path] = BOTH) -> list[_Path]:
    """At which of these places a packet says a time."""
    return [path for path in paths if since_epoch(found(keys, path)) is not None]


def moved(keys: Keys, ms: int, paths: Sequence[_Path] = BOTH) -> Keys | None:
    """A packet whose times are so many milliseconds later; None where it says none."""
    there = says(keys, paths)
    for path in there:
        keys = put(keys, path, shifted(found(keys, path), ms))
    return keys if there else None
