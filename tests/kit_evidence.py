"""Evidence made by hand, tersely: what is not said is as of a client that does all well."""

from __future__ import annotations

from typing import Any

Facts = dict[str, Any]
DDE = "/golf/tournaments/7/round/1/team/12"
LIVE = "/golf/stream/v1/tournaments/7/round/1/events"


def over(base: Any, more: Any) -> Any:
    """One document over another; None takes a key away that is a mapping in the other."""
    if not isinstance(base, dict) or not isinstance(more, dict):
        return more
    merged = {key: value for key, value in base.items() if key not in more}
    for key, value in more.items():
        if value is not None or not isinstance(base.get(key), dict):
            merged[key] = over(base.get(key), value)
    return merged


def connection(**more: Any) -> Facts:
    base = {
        "connection": 1,
        "path": DDE,
        "nth": 1,
        "target": True,
        "opened": 0.5,
        "open_for": 60.0,
        "handshake": {"authorization": "none", "token": "none", "token_in_url": False},
        "first": {"what": "token", "after": 0.1, "json": True, "token": "given"},
        "after_first": dict.fromkeys(
            ("messages", "token", "init", "heartbeat", "other", "binary", "broken"), 0
        ),
        "answer": "accepted",
        "pings": {"got": 0, "unanswered": 0, "slowest": 0.0},
        "delivered": {
            "packets": 9,
            "seqs": [[1, 9]],
            "duplicates": 0,
            "out_of_order": 0,
            "heartbeats": 5,
            "malformed": 0,
            "other": 0,
            "partial": False,
        },
        "silence": {
            "longest": 7.0,
            "at_end": 0.1,
            "longest_without_packets": 9.0,
            "without_packets_at_end": 0.1,
        },
        "faults": [],
        "close": {
            "by": "client",
            "way": "close",
            "server_code": 1000,
            "client_code": 1000,
            "frames_after": 0,
            "at": 60.5,
        },
    }
    made: Facts = over(base, more)
    return made


def live(**more: Any) -> Facts:
    base = {
        "path": LIVE,
        "handshake": {"authorization": "bearer", "token": "given", "token_in_url": False},
        "first": {"what": "init", "after": 0.1, "json": True},
        "init": {"count": 1, "waited": 0.1, "resumes": False, "last_seen": "absent"},
        "beats": {"count": 2, "longest_gap": 30.0},
    }
    made = connection(**over(base, more))
    made["first"].pop("token", None)
    return made


def left(cause: str = "final", **more: Any) -> Facts:
    base = {
        "cause": cause,
        "silent_for": 0.1,
        "too_early_by": 0.0,
        "after_fault": None,
        "last": "HitBall",
        "code": 1000,
        "quit": False,
    }
    return {**base, **more}


def loss(what: str = "close", **more: Any) -> Facts:
    handshake = what in ("status", "malformed", "hang", "cut")
    base: Facts = {
        "path": DDE,
        "at": 5.0,
        "what": what,
        "code": None,
        "connection": None if handshake else 1,
        "request": 2 if handshake else None,
        "delivered": 0 if handshake else 9,
        "had": 60.0,
        "due": True,
        "reconnected": True,
        "shut": False,
        "run": 1,
        "delay": 1.0,
        "early_by": 0.0,
    }
    if handshake:
        base |= {"authorization": "bearer", "token": "given"}
    return {**base, **more}


def gone(what: str, **more: Any) -> Facts:
    """A loss after which nobody came again."""
    facts = loss(what, reconnected=False, **more)
    del facts["delay"], facts["early_by"]
    return facts


def hole(**more: Any) -> Facts:
    base = {
        "path": DDE,
        "connection": 1,
        "seqs": [[4, 5]],
        "at": 3.0,
        "had": 5.0,
        "due": True,
        "mended": "reconnected",
        "broken": False,
        "after": 5.0,
    }
    return {**base, **more}


def stream(**more: Any) -> Facts:
    base = {
        "path": DDE,
        "target": True,
        "attempts": 2,
        "first_attempt": 0.4,
        "opened": 2,
        "most_attempts_in_a_second": 1,
        "most_attempts_in_ten_seconds": 2,
        "at_once": 1,
        "longest_quiet": 9.0,
        "story": 9,
        "delivered": 9,
        "missing": [],
        "unseen": [],
        "asked_rest": 0,
        "asked_rest_after_final": False,
        "final": True,
        "final_at": 60.0,
        "opened_after_final": 0,
    }
    return {**base, **more}


def request(**more: Any) -> Facts:
    base = {
        "request": 1,
        "at": 0.2,
        "method": "GET",
        "path": "/golf/tournaments/7",
        "what": "document",
        "query": "",
        "query_odd": False,
        "authorization": "bearer",
        "token": "given",
        "token_in_url": False,
        "accept": "application/json",
        "status": 200,
    }
    return {**base, **more}


def run(**more: Any) -> Facts:
    delays = [1.0, 2.0, 4.0, 8.0]
    base = {"path": DDE, "what": "status", "delays": delays, "growth": 4.0, "longest": 8.0}
    return {**base, **more}


def conduct(**more: Any) -> Facts:
    """Of one that has done nothing, but for what is said."""
    base: Facts = {
        "client": {"by_itself": False, "unfinished": []},
        "connections": [],
        "losses": [],
        "runs": [],
        "holes": [],
        "streams": [],
        "sockets": {"opened": 0, "at_once": 0, "open_at_end": 0, "spare_at_end": 0},
        "requests": [],
        "rates": {
            "requests": 0,
            "most_in_a_second": 0,
            "most_in_five_seconds": 0,
            "most_of_one_path_in_a_second": 0,
        },
        "faults": [],
    }
    made: Facts = over(base, more)
    return made


def evidence(
    *, case: Facts | None = None, process: Facts | None = None, dialect: str = "dde", **more: Any
) -> Facts:
    """A whole document; ``process`` is its client, ``more`` its conduct."""
    return {
        "schema": "mockdde.evidence/1",
        "kit": {
            "version": "1",
            "wire_speed": 1.0,
            "lag": {"p99": 0.0, "max": 0.0, "budget": 1.0},
            "doubts": [],
        },
        "case": {
            "id": "dde/session/by-hand",
            "title": "by hand",
            "why": "by hand",
            "dialect": dialect,
            "scenario": "by hand",
            "seed": 1,
            "tags": [],
            "requirements": [],
            "delivers": True,
            "may_fail": False,
            "faults": [],
            "quirks": {},
            "targets": [],
            **(case or {}),
        },
        "client": {
            "command": [],
            "how": "in-process",
            "code": 0,
            "signal": None,
            "seconds": 1.0,
            "left_behind": 0,
            "probe": "not-asked",
            **(process or {}),
        },
        "story": {"streams": {}, "features": []},
        "conduct": conduct(**more),
        "state": None,
    }
