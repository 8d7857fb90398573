"""The times that a packet says: read, and moved without another form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from mockdde.faults._message_kit import Keys

__all__ = ["BOTH", "RECEIVED", "moved", "says", "shifted", "since_epoch"]

RECEIVED = ("timestampReceived",)
BOTH = ("timestamp", *RECEIVED)
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)")
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  (of the same zone as what is read, whichever it is)


def _parts(text: object) -> tuple[datetime, int, str] | None:
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        return None
    fraction = found[2] or ""
    whole = datetime.fromisoformat(found[1])
    return whole + timedelta(microseconds=int(fraction.ljust(6, "0"))), len(fraction), found[3]


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


def says(keys: Keys, names: Sequence[str] = BOTH) -> list[str]:
    """Which of these times a packet says."""
    return [name for name in names if since_epoch(keys.get(name)) is not None]


def moved(keys: Keys, ms: int, names: Sequence[str] = BOTH) -> Keys | None:
    """A packet whose times are so many milliseconds later; None where it says none."""
    found = says(keys, names)
    return keys | {name: shifted(keys[name], ms) for name in found} if found else None
