"""What was delivered on a connection, how it ended, and why the client left where it did."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from mockdde.kit.conduct._links import Link, Run
from mockdde.kit.conduct._packets import Got
from mockdde.kit.conduct._progress import Progress, ranges
from mockdde.kit.conduct._reader import Control
from mockdde.kit.conduct._said import Facts, way_of

__all__ = ["INTERVAL", "answer", "close", "delivered", "left", "official", "silence", "violation"]

INTERVAL = 20.0  # the longest time between two heartbeats that a page has
_SLACK = 0.9  # of a bound below: the server's times are those of its own clock
_UNANSWERED = 4.0  # a client that waited so long for the answer to its token has waited
_NO_PONG = 3.0  # likewise for a pong
_FAILING = 10.0  # a client that goes on for longer after a violation has not minded it
_QUIT = 3.0  # a connection that ends so shortly before the client does ends with it


def answer(link: Link) -> str:
    """What it was told of its token: accepted, refused, none; of the live dialect accepted."""
    if "/stream/v1/" in link.path:
        return "accepted"
    whats = [each.what for each in link.got]
    if "refusal" in whats:
        return "refused"
    return "accepted" if "reply" in whats else "none"


def delivered(link: Link) -> Facts:
    """What reached it whole; numbers are those of the story."""
    counts = Counter(each.what for each in link.got)
    numbers = [each.seq for each in link.got if each.seq is not None]
    return {
        "packets": counts["packet"],
        "seqs": ranges(numbers),
        "duplicates": len(numbers) - len(set(numbers)),
        "out_of_order": sum(b < a for a, b in pairwise(numbers)),
        "heartbeats": counts["heartbeat"],
        "malformed": counts["malformed"],
        "other": counts["other"] + counts["binary"] + counts["warning"],
        "partial": link.reader.partial,
    }


def close(link: Link, run: Run) -> Facts:
    """Who ended it, and how."""
    server, client = link.server_close, link.client_close
    facts: Facts = {
        "by": _by(link),
        "way": way_of(link),
        "server_code": server.code if server else None,
        "client_code": client.of.get("code") if client else None,
        "frames_after": _after_close(link),
    }
    if link.over is not None:
        facts["at"] = round(link.over, 3)
    # Who is asked to stop meanwhile, or cannot be heard, need not answer.
    heeds = server is not None and server.at < run.until - 1 and not link.frozen
    if heeds and server is not None and link.lost is not None:
        facts["echoed"] = client is not None
        if client is not None:
            facts["echo_after"] = round(client.at - server.at, 3)
    return facts


def _by(link: Link) -> str:
    if link.lost is not None:
        return "server"
    return "client" if link.left is not None else "nobody"


def _after_close(link: Link) -> int:
    """Frames that the client sent after its own close frame."""
    kinds = [each.of["kind"] for each in link.heard]
    return len(kinds) - kinds.index("close") - 1 if "close" in kinds else 0


def official(link: Link, run: Run, progress: Progress) -> Facts | None:
    """How long it stayed once nothing more was to come; None where that was not so yet."""
    if progress.final is None:
        return None
    over = link.over if link.over is not None else run.until
    if over < progress.final:
        return None
    since = max(progress.final, link.opened)
    return {
        "stayed": round(max(over, since) - since, 3),
        "by": _by(link),
        "code": link.client_close.of.get("code") if link.client_close else None,
        "opened_before": link.opened <= progress.final,
    }


def violation(link: Link, run: Run) -> Facts | None:
    """What a client had to fail the connection for, and whether it did; None: nothing."""
    found = link.violation
    if found is None or link.frozen:
        return None
    mine = link.client_close
    # What the client does after the server has ended it on its own account proves nothing.
    over = link.left if link.left is not None else (mine.at if mine is not None else None)
    had = (link.lost if link.lost is not None else run.until) - found.at
    facts: Facts = {
        "kind": found.kind,
        "expected": found.code,
        "failed": over is not None and over - found.at <= _FAILING,
        "had": round(max(had, 0.0), 3),
    }
    if over is not None:
        facts["after"] = round(max(over - found.at, 0.0), 3)
        facts["code"] = mine.of.get("code") if mine is not None else None
    return facts


def silence(link: Link, run: Run) -> Facts:
    """For how long it had heard nothing, at most and in the end."""
    over = link.over if link.over is not None else run.until
    times = [link.opened, *(each for each in link.bytes_at if each <= over), max(over, link.opened)]
    gaps = [b - a for a, b in pairwise(times)]
    packets = [link.opened, *(each.at for each in _packets(link, over)), max(over, link.opened)]
    without = [b - a for a, b in pairwise(packets)]
    return {
        "longest": round(max(gaps), 3),
        "at_end": round(gaps[-1], 3),
        "longest_without_packets": round(max(without), 3),
        "without_packets_at_end": round(without[-1], 3),
    }


def _packets(link: Link, until: float) -> list[Got]:
    return [each for each in link.got if each.what in ("packet", "other") and each.at <= until]


def left(link: Link, run: Run, progress: Progress) -> Facts | None:
    """Why a client ended a connection; None where it did not."""
    at = link.left
    if at is None:
        return None
    struck = [each for each in link.faults if each.at <= at]
    said_before = _packets(link, at)
    quiet = silence(link, run)["at_end"]
    cause = _cause(link, run, progress, at, quiet)
    return {
        "cause": cause,
        "silent_for": quiet,
        "too_early_by": round(max(0.0, INTERVAL * _SLACK - quiet), 3) if cause == "none" else 0.0,
        "after_fault": struck[-1].fault if struck else None,
        "last": said_before[-1].word if said_before else None,
        "code": link.client_close.of.get("code") if link.client_close else None,
        "quit": run.gone is not None and run.gone - at <= _QUIT,
    }


def _cause(link: Link, run: Run, progress: Progress, at: float, quiet: float) -> str:
    """The first good reason that there is."""
    found = link.violation
    reasons = (
        ("asked", at >= run.until and run.asked is not None),
        ("final", progress.final is not None and progress.final <= at),
        ("refused", answer(link) == "refused"),
        ("violation", found is not None and found.at <= at),
        ("gap", progress.gaping(at) is not None),
        ("unanswered", _waits_in_vain(link, at)),
        ("no-pong", _lacks_a_pong(link, at)),
        ("silence", quiet >= INTERVAL * _SLACK),
        ("malformed", any(each.what == "malformed" and each.at <= at for each in link.got)),
    )
    return next((word for word, holds in reasons if holds), "none")


def _waits_in_vain(link: Link, at: float) -> bool:
    said = link.said[0].at if link.said else None
    return answer(link) == "none" and said is not None and at - said >= _UNANSWERED


def _lacks_a_pong(link: Link, at: float) -> bool:
    pings = [each.at for each in link.heard if each.of["kind"] == "ping" and each.at <= at]
    pongs = [each.at for each in link.items if isinstance(each, Control) and each.kind == "pong"]
    return any(at - ping >= _NO_PONG and not any(p >= ping for p in pongs) for ping in pings)
