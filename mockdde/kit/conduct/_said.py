"""What a client said on a connection: its first message, Client.Init, heartbeats, pongs."""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from math import inf
from typing import Any

import orjson

from mockdde.kit.conduct._links import Link, Run
from mockdde.kit.conduct._progress import Progress
from mockdde.kit.conduct._reader import Control
from mockdde.kit.transcript import Record

__all__ = [
    "Facts",
    "after_first",
    "authorization",
    "beats",
    "first",
    "handshake",
    "init",
    "pings",
    "token_in",
    "way_of",
]

Facts = dict[str, Any]

_MUTE = 30.0  # a connection on which nothing was said for so long has said nothing
_UNDER_WAY = 2.0  # what was sent so shortly before a client left it may not have read
_PONG_TIME = 10.0  # a connection that ends sooner after a ping leaves it unjudged
_TOKEN = re.compile(r"eyJ[\w-]{8,}|(?i:(auth|access)_?token|bearer|jwt|token)=")


def form(record: Record) -> str:
    """What a message of a client is: token, init, heartbeat, other, binary, broken."""
    kind, message = record.of["kind"], parsed(record)
    if kind != "text":
        return str(kind)
    if not isinstance(message, dict):
        return "other"
    if isinstance(message.get("authToken"), str):
        return "token"
    words = {"Client.Init": "init", "Client.Heartbeat": "heartbeat"}
    return words.get(str(message.get("type")), "other")


def parsed(record: Record) -> Any:
    """The JSON document that a message is; None where it is none."""
    try:
        return orjson.loads(record.of.get("data") or "")
    except orjson.JSONDecodeError:
        return None


def token_in(of: Mapping[str, Any], token: str | None) -> bool:
    """Whether a token stands in the URL of a request."""
    url = f"{of.get('path', '')}?{of.get('query') or ''}"
    return bool(_TOKEN.search(url)) or bool(token and token in url)


def handshake(link: Link, run: Run, before: Link | None) -> Facts:
    """How it asked for the connection; ``before`` is the one before it to the stream."""
    of = _request(link, run)
    known = link.request in run.requests
    facts: Facts = {**authorization(of, run.token), "token_in_url": token_in(of, run.token)}
    if before is not None and known:
        mine = (of.get("headers") or {}).get("authorization")
        old = (_request(before, run).get("headers") or {}).get("authorization")
        facts["renewed"] = mine is not None and mine != old
    return facts


def _request(link: Link, run: Run) -> Mapping[str, Any]:
    found = run.requests.get(link.request) if link.request is not None else None
    return found.of if found is not None else {}


def authorization(of: Mapping[str, Any], token: str | None) -> Facts:
    """The form of the header Authorization, and whose token is in it."""
    header = str((of.get("headers") or {}).get("authorization") or "")
    scheme, _, rest = header.partition(" ")
    if not header:
        return {"authorization": "none", "token": "none"}
    what = "bearer" if scheme.lower() == "bearer" and rest.strip() else "other"
    whose = "unknown" if token is None else ("given" if rest.strip() == token else "another")
    return {"authorization": what, "token": whose}


def first(link: Link, run: Run) -> Facts | None:
    """The first message; None where it had no time to say one."""
    if not link.said:
        over = link.over if link.over is not None else run.until
        if over - link.opened < _MUTE:
            return None
        return {"what": "nothing", "after": round(over - link.opened, 3)}
    record = link.said[0]
    facts: Facts = {"what": form(record), "after": round(record.at - link.opened, 3)}
    facts["json"] = record.of["kind"] == "text" and parsed(record) is not None
    if facts["what"] == "token":
        message = parsed(record)
        whose = "given" if message["authToken"] == run.token else "another"
        facts["token"] = "unknown" if run.token is None else whose
        facts["keys"] = sorted(message)
    return facts


def after_first(link: Link) -> Facts:
    """All that it said after that, by kind."""
    counts = Counter(form(each) for each in link.said[1:])
    kinds = ("token", "init", "heartbeat", "other", "binary", "broken")
    return {"messages": sum(counts.values()), **{each: counts[each] for each in kinds}}


def init(link: Link, run: Run, progress: Progress) -> Facts:
    """Client.Init: how often, when, and after which event the stream was to go on."""
    found = [each for each in link.said if form(each) == "init"]
    facts: Facts = {"count": len(found), "resumes": False, "last_seen": "absent"}
    if not found:
        over = link.over if link.over is not None else run.until
        facts["waited"] = round(over - link.opened, 3)
        return facts
    facts["waited"] = round(found[0].at - link.opened, 3)
    message = parsed(found[0])
    had = progress.had(link.opened)
    before = [each for each in progress.links if each.opened < link.opened]
    if before:
        facts["after"] = way_of(before[-1])
    facts["resumes"] = any(at <= link.opened for at in progress.known.values())
    if "last_seen_event_id" not in message:
        return facts
    named = message["last_seen_event_id"]
    if not isinstance(named, str):
        return facts | {"last_seen": "null" if named is None else "unknown"}
    numbers = progress.book.numbers_of(named)
    return facts | _place(numbers, had, progress, link)


def way_of(link: Link) -> str:
    """By a close frame, fin or reset; drop: the client without a close frame; open: not at all."""
    if link.lost is not None:
        return link.cut[0] if link.cut else "close"
    if link.left is None:
        return "open"
    return "close" if link.client_close is not None else "drop"


def _place(numbers: set[int], had: set[int], progress: Progress, link: Link) -> Facts:
    """Where a named event stands beside the last one that it has."""
    if not numbers:
        return {"last_seen": "unknown"}
    if numbers & _latest(progress, link) or (had and max(had) in numbers):
        return {"last_seen": "exact", "behind_by": 0}
    if not numbers & had:
        return {"last_seen": "ahead"}
    return {"last_seen": "behind", "behind_by": max(had) - max(numbers & had)}


def _latest(progress: Progress, link: Link) -> set[int]:
    """The number of the last message that was delivered before a connection.

    Where the client itself ended the one before, each that may have been the last it read.
    """
    before = sorted(
        (got.at, got.seq)
        for each in progress.links
        if each.number != link.number
        for got in each.before(link.opened)
        if got.seq is not None
    )
    own = [each.left for each in progress.links if each.opened < link.opened][-1:]
    read_by = own[0] - _UNDER_WAY if own and own[0] is not None else inf
    read = sum(at < read_by for at, _ in before)
    return {number for _, number in before[max(read - 1, 0) :]}


def beats(link: Link, run: Run, choice: str) -> Facts:
    """The signs of life of a live client; ``choice`` is the quirk live-client-heartbeat."""
    over = link.over if link.over is not None else run.until
    over = min([over, *(each.at for each in link.faults if link.frozen)])
    times = [each.at for each in link.heard if _is_beat(each, choice) and each.at <= over]
    marks = [link.opened, *times, max(over, link.opened)]
    longest = max(b - a for a, b in pairwise(marks))
    return {"count": len(times), "longest_gap": round(longest, 3)}


def _is_beat(record: Record, choice: str) -> bool:
    kind = record.of["kind"]
    if kind == "ping":
        return choice in ("any", "ping")
    if kind not in ("text", "binary"):
        return False
    return choice == "any" or (choice == "message" and form(record) in ("heartbeat", "init"))


def pings(link: Link, run: Run) -> Facts:
    """The pings that it got, and how late the pongs were.

    A pong for a later ping answers those before it, too (RFC 6455 §5.5.3).
    """
    over = link.over if link.over is not None else run.until
    asked = [each for each in link.items if isinstance(each, Control) and each.kind == "ping"]
    pongs = [each for each in link.heard if each.of["kind"] == "pong"]
    facts: Facts = {"got": len(asked), "unanswered": 0, "slowest": 0.0}
    if link.frozen:
        return facts | {"got": 0}
    answered = _answered(asked, pongs)
    for place, ping in enumerate(asked):
        at = answered.get(place)
        if at is None:
            facts["unanswered"] += over - ping.at >= _PONG_TIME
        else:
            facts["slowest"] = round(max(facts["slowest"], at - ping.at), 3)
    return facts


def _answered(asked: list[Control], pongs: list[Record]) -> dict[int, float]:
    """By the place of a ping: when it was answered."""
    found: dict[int, float] = {}
    done = 0  # all before this one are answered
    for pong in pongs:
        data = str(pong.of.get("data") or "")
        fits = [
            place
            for place in range(done, len(asked))
            if asked[place].at <= pong.at and data in _spelt(asked[place].data)
        ]
        if fits:
            # Of several with the same payload nothing tells which one is meant.
            found.update(dict.fromkeys(range(done, fits[-1] + 1), pong.at))
            done = fits[-1] + 1
    return found


def _spelt(data: bytes) -> tuple[str, ...]:
    """A payload as a transcript may have it."""
    return data.decode(errors="replace"), b64encode(data).decode()
