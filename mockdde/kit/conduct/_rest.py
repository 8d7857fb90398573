"""Requests that are no handshakes: their form, their pace, and what followed on a refusal."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from mockdde.kit.conduct._links import Run, is_handshake, stream_of
from mockdde.kit.conduct._losses import bound_of, early, retry_after
from mockdde.kit.conduct._said import Facts, authorization, token_in
from mockdde.kit.transcript import Record

__all__ = ["answered_at", "fetched", "most_within", "rates", "requests"]

# The parameters that pages have, and what they can be.
_QUERY = {
    "rest": ("true",),
    "dateFrom": None,
    "dateTo": None,
    "tournamentDataStatus": ("Scheduled", "Test", "Simulation", "Disabled", "All"),
    "results": None,
    "offset": None,
}
_OK = 200


def requests(run: Run, rests: Iterable[str]) -> list[Facts]:
    """Facts of each request, in order; ``rests`` are where targets are asked for by HTTP."""
    twins = {stream_of(each) for each in rests}
    plain = [(number, each) for number, each in run.requests.items() if not is_handshake(each.of)]
    following: dict[tuple[str, str, str], float] = {}
    found = []
    for number, each in reversed(plain):
        of = each.of
        key = (str(of.get("method")), str(of["path"]), _query(of))
        facts = _form(number, each, run, twins)
        answered = run.answers.get(number)
        facts |= _followed(answered, following.get(key), each.at)
        following[key] = each.at
        found.append(facts)
    return found[::-1]


def _query(of: Mapping[str, Any]) -> str:
    query = of.get("query") or str(of["path"]).partition("?")[2]
    if isinstance(query, Mapping):
        return "&".join(f"{key}={value}" for key, value in query.items())
    return str(query)


def _form(number: int, record: Record, run: Run, twins: set[str]) -> Facts:
    of, path = record.of, stream_of(record.of["path"])
    query = parse_qsl(_query(of), keep_blank_values=True)
    known = {key: value for key, value in query if key in _QUERY}
    odd = len(known) < len(query) or any(
        (allowed := _QUERY[key]) is not None and value not in allowed
        for key, value in known.items()
    )
    return {
        "request": number,
        "at": round(record.at, 3),
        "method": str(of.get("method", "GET")),
        "path": path,
        "what": "twin" if path in twins else "document",
        "query": _query(of),
        "query_odd": odd,
        **authorization(of, run.token),
        "token_in_url": token_in(of, run.token),
        "accept": (of.get("headers") or {}).get("accept"),
    }


def _followed(answered: Record | None, again: float | None, asked: float) -> Facts:
    """The answer, and how soon the same was asked for again where it was a refusal."""
    of = answered.of if answered is not None else {}
    status = of.get("status")
    facts: Facts = {"status": status}
    if status is not None and status < 400:
        return facts
    at = answered.at if answered is not None else asked
    wait = retry_after(of) if status in (429, 503) else None
    if wait is not None:
        facts["retry_after"] = wait
    if again is not None:
        delay = again - at
        facts["again_after"] = round(delay, 3)
        facts["early_by"] = early(bound_of("status" if status else "own", status, wait), delay)
    return facts


def rates(found: list[Facts]) -> Facts:
    """How many requests there were at most at a time."""
    times = sorted(float(each["at"]) for each in found)
    paths = Counter(str(each["path"]) for each in found)
    by_path = {
        path: most_within([float(each["at"]) for each in found if each["path"] == path], 1.0)
        for path in paths
    }
    return {
        "requests": len(found),
        "most_in_a_second": most_within(times, 1.0),
        "most_in_five_seconds": most_within(times, 5.0),
        "most_of_one_path_in_a_second": max(by_path.values(), default=0),
    }


def most_within(times: list[float], window: float) -> int:
    """How many of some times there are at most within so many seconds.

    >>> most_within([0.0, 0.5, 0.9, 1.2], 1.0)
    3
    """
    times = sorted(times)
    return max((bisect_left(times, each + window) - n for n, each in enumerate(times)), default=0)


def fetched(run: Run, path: str, rest: str) -> dict[int, float]:
    """The numbers of a stream's packets: when an answer by HTTP could have had each first."""
    found: dict[int, float] = {}
    told = sorted(run.told.get(path, {}).items(), key=lambda each: each[1])
    for asked, answered in answered_at(run, rest):
        for number, at in told:
            if at > asked:
                break
            found.setdefault(number, answered)
    return found


def answered_at(run: Run, rest: str) -> list[tuple[float, float]]:
    """When a target was asked for by HTTP, and answered, of those that were answered whole."""
    return [
        (each.at, answered.at)
        for number, each in run.requests.items()
        if stream_of(each.of["path"]) == stream_of(rest)
        and not is_handshake(each.of)
        and (answered := run.answers.get(number)) is not None
        and answered.of.get("status") == _OK
    ]
