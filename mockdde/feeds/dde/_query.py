"""The query parameters of the documents: what they are, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from mockdde.errors import RequestError, nearest
from mockdde.feeds import Parameter
from mockdde.quirks import Quirks

__all__ = [
    "DATA_STATUS",
    "DATES",
    "PAGING",
    "Page",
    "check_names",
    "data_status",
    "dates",
    "is_wanted",
    "page",
]

_WORDS: Final = ("Scheduled", "Test", "Simulation", "Disabled", "All")
_DEFAULT_RESULTS: Final = 100
_MOST_RESULTS: Final = 1000
_MOST_PAGES: Final = 1_000_000

_DATE_SCHEMA: Final = {"type": "string", "format": "date", "examples": ["2025-04-15"]}
DATES: Final = (
    Parameter("dateFrom", "First day of the range; goes with dateTo.", _DATE_SCHEMA),
    Parameter("dateTo", "Last day of the range; goes with dateFrom.", _DATE_SCHEMA),
)
DATA_STATUS: Final = Parameter(
    "tournamentDataStatus",
    "Only tournaments of this status; All: all of them; without it: all but Disabled.",
    {"type": "string", "enum": list(_WORDS)},
)
PAGING: Final = (
    Parameter(
        "results",
        "How many on a page.",
        {
            "type": "integer",
            "minimum": 1,
            "maximum": _MOST_RESULTS,
            "default": _DEFAULT_RESULTS,
        },
    ),
    Parameter(
        "offset",
        "Which page, from 1: a number of pages, not of results.",
        {"type": "integer", "minimum": 1, "maximum": _MOST_PAGES, "default": 1},
    ),
)


class Page(NamedTuple):
    """``results`` a page; ``number`` from 1."""

    results: int
    number: int


def check_names(query: Mapping[str, str], parameters: Iterable[Parameter], quirks: Quirks) -> None:
    """RequestError where there is a parameter that the endpoint has not."""
    if quirks["unknown-query"] == "ignored":
        return
    known = [each.name for each in parameters]
    for name in query:
        if name not in known:
            tail = nearest(name, known) or "; this endpoint has none"
            raise RequestError(400, f"there is no query parameter {name!r}{tail}")


def dates(query: Mapping[str, str]) -> tuple[str, str] | None:
    """The range asked for as two days YYYY-MM-DD, both in it; None where there is none."""
    if "dateFrom" not in query and "dateTo" not in query:
        return None
    for name, other in (("dateFrom", "dateTo"), ("dateTo", "dateFrom")):
        if name not in query:
            raise RequestError(400, f"{other} goes with {name}; give both, or none of the two")
    first, last = (_day(name, query[name]) for name in ("dateFrom", "dateTo"))
    if first > last:
        raise RequestError(
            400, f"dateFrom {first} is after dateTo {last}; the earlier one is first"
        )
    return first, last


def _day(name: str, text: str) -> str:
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        message = f"{name}={text!r} is no day; write YYYY-MM-DD, such as 2025-04-15"
        raise RequestError(400, message) from None


def data_status(query: Mapping[str, str]) -> str | None:
    """The word asked for; None where there is none."""
    word = query.get("tournamentDataStatus")
    if word is not None and word not in _WORDS:
        message = f"there is no tournamentDataStatus {word!r}{nearest(word, _WORDS)}"
        raise RequestError(400, message)
    return word


def is_wanted(status: str, asked: str | None) -> bool:
    """Whether a tournament of this status is among those asked for."""
    if asked is None:
        return status != "Disabled"
    return asked in ("All", status)


def page(query: Mapping[str, str]) -> Page:
    """Which page of results is asked for."""
    return Page(
        _whole(query, "results", _DEFAULT_RESULTS, _MOST_RESULTS),
        _whole(query, "offset", 1, _MOST_PAGES),
    )


def _whole(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = query.get(name)
    if text is None:
        return default
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        message = f"{name}={text[:40]!r} is no whole number from 1 to {most}"
        raise RequestError(400, message)
    return int(text)
