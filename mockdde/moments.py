"""Moments and durations as integers of milliseconds since 1970 (UTC), and their spellings."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

__all__ = [
    "HOUR",
    "MINUTE",
    "SECOND",
    "encoded_millis",
    "iso_at_venue",
    "iso_micros",
    "iso_millis",
    "local_clock",
    "parse_duration",
    "parse_moment",
]

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
_UNITS = {"ms": 1, "s": SECOND, "m": MINUTE, "h": HOUR, "d": 24 * HOUR}
# Patterns take longer to compile than modules to import: these are, when they are first used.
_DURATION = r"(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h|d))+"
_PART = r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = tuple(f"{second:02d}" for second in range(60))
_MILLIS = tuple(f".{millis:03d}Z" for millis in range(1000))
_ENCODED_MILLIS = tuple(each.encode() for each in _MILLIS)


@lru_cache(maxsize=64)
def _date(days: int) -> str:
    return (_EPOCH + timedelta(days=days)).strftime("%Y-%m-%d")


@lru_cache(maxsize=4096)
def _to_the_minute(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    return f"{_date(days)}T{rest // 60:02d}:{rest % 60:02d}:"


def _to_the_second(seconds: int) -> str:
    minutes, second = divmod(seconds, 60)
    return _to_the_minute(minutes) + _SECONDS[second]


_second = lru_cache(maxsize=1024)(_to_the_second)


@lru_cache(maxsize=1024)
def _encoded_second(seconds: int) -> bytes:
    return _to_the_second(seconds).encode()


def iso_millis(moment: int) -> str:
    """The form of every data packet: ``2025-02-20T12:09:59.324Z``."""
    # Two or three in every packet, and a full field has several a second: putting together what is
    # spelt already takes a quarter of the time of spelling it.
    seconds, millis = divmod(moment, SECOND)
    return _second(seconds) + _MILLIS[millis]


def encoded_millis(moment: int) -> bytes:
    """The same form in bytes."""
    seconds, millis = divmod(moment, SECOND)
    return _encoded_second(seconds) + _ENCODED_MILLIS[millis]


def iso_micros(micros: int) -> str:
    """The form of heartbeats, of microseconds since 1970: ``2025-02-20T14:47:00.517484Z``."""
    seconds, rest = divmod(micros, 1_000_000)
    return f"{_to_the_second(seconds)}.{rest:06d}Z"


def local_clock(moment: int, offset_hours: float, *, utc: bool) -> str:
    """The time-only form of liveevents: ``15:15Z``, or ``20:30+02:00`` with the venue's offset."""
    if utc:
        return f"{_to_the_second(moment // 1000)[11:16]}Z"
    local, offset = _at(moment, offset_hours)
    return f"{local[11:16]}{offset}"


def iso_at_venue(moment: int, offset_hours: float) -> str:
    """The venue's own time: ``2025-02-20T15:09:59+03:00``."""
    return "".join(_at(moment, offset_hours))


def _at(moment: int, offset_hours: float) -> tuple[str, str]:
    minutes = round(offset_hours * 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return _to_the_second(moment // 1000 + minutes * 60), f"{sign}{hours:02d}:{rest:02d}"


def parse_moment(text: str) -> int | None:
    """Milliseconds of an ISO 8601 moment that names its offset (``Z`` or ``+02:00``), else None."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def parse_duration(text: str) -> int | None:
    """Milliseconds of ``2h15m``, ``45s``, ``1.5h``, ``300ms``; None when it is none of these."""
    if not re.fullmatch(_DURATION, text):
        return None
    millis = sum(float(number) * _UNITS[unit] for number, unit in re.findall(_PART, text))
    return round(millis) if math.isfinite(millis) else None
