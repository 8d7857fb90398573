"""The query parameters of the documents: what they are, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from mockdde.errors import RequestError
from mockdde.feeds import Parameter
from mockdde.feeds._asked import day_of, word_of

__all__ = [
    "DATA_STATUS",
    "DATES",
    "PAGING",
    "Page",
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


def dates(query: Mapping[str, str]) -> tuple[str, str] | None:
    """The range asked for as two days YYYY-MM-DD, both in it; None where there is none."""
    first, last = day_of(query, "dateFrom"), day_of(query, "dateTo")
    if first is None or last is None:
        if first is last:
            return None
        name, other = ("dateTo", "dateFrom") if first is None else ("dateFrom", "dateTo")
        raise RequestError(400, f"{name} goes with {other}; give both, or none of the two")
    if first > last:
        raise RequestError(
            400, f"dateFrom {first} is after dateTo {last}; the earlier one is first"
        )
    return first, last


def data_status(query: Mapping[str, str]) -> str | None:
    """The word asked for; None where there is none."""
    return word_of(query, "tournamentDataStatus", _WORDS)


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
