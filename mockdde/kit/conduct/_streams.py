"""Each stream as a whole: how it was opened, what of it came, holes and the end."""

from __future__ import annotations

from itertools import pairwise

from mockdde.kit.conduct._closing import silence
from mockdde.kit.conduct._links import Link, Run
from mockdde.kit.conduct._losses import attempts
from mockdde.kit.conduct._progress import Hole, Progress, ranges
from mockdde.kit.conduct._rest import answered_at, most_within
from mockdde.kit.conduct._said import Facts

__all__ = ["at_once", "holes", "sockets", "stream"]

_TIME = 12.0  # a hole that was open for so long had to be mended
_LATE = 2.0  # a connection that was opened so shortly before its stream's end may not know of it


def stream(path: str, rest: str | None, run: Run, progress: Progress) -> Facts:
    """Facts of one stream; ``rest`` is where it is asked for by HTTP, of a target."""
    tries = attempts(run, path)
    asked = [at for at, _ in answered_at(run, rest)] if rest is not None else []
    numbers = progress.book.numbers
    facts: Facts = {
        "path": path,
        "target": rest is not None,
        "attempts": len(tries),
        "opened": len(progress.links),
        "most_attempts_in_a_second": most_within(tries, 1.0),
        "most_attempts_in_ten_seconds": most_within(tries, 10.0),
        "at_once": at_once(progress.links, run),
        "longest_quiet": max((_quiet(each, run) for each in progress.links), default=0.0),
        "story": len(numbers),
        "delivered": len(numbers & progress.known.keys()),
        "missing": ranges(numbers - progress.known.keys() - progress.by_rest.keys()),
        "asked_rest": len(asked),
        "final": progress.final is not None,
        "opened_after_final": _needless(progress),
    }
    if progress.final is not None:
        facts["final_at"] = round(progress.final, 3)
        ends = [progress.known.get(each, 0.0) for each in progress.book.finals]
        last = max(ends, default=0.0)  # of an end that only HTTP told of that was after it
        facts["asked_rest_after_final"] = any(each >= last for each in asked)
        facts["unseen"] = ranges(numbers - progress.known.keys())
    if tries:
        facts["first_attempt"] = round(tries[0], 3)
    return facts


def _quiet(link: Link, run: Run) -> float:
    return float(silence(link, run)["longest_without_packets"])


def _needless(progress: Progress) -> int:
    """Connections that a client opened though it had left for good."""
    found = 0
    for before, link in pairwise(progress.links):
        knows = progress.final is not None and progress.final + _LATE <= link.opened
        ended = before.client_close is not None or before.server_close is not None
        found += knows and ended
    return found


def at_once(links: list[Link], run: Run) -> int:
    """How many connections were open at the same time, of those that the server could hear."""
    marks: list[tuple[float, int]] = []
    for each in links:
        if not each.frozen:
            over = each.over if each.over is not None else run.ends
            marks += [(each.opened, 1), (max(over, each.opened), -1)]
    most = now = 0
    for _, step in sorted(marks):
        now += step
        most = max(most, now)
    return most


def sockets(run: Run) -> Facts:
    """All connections together, and those that were open at the last."""
    end = run.until
    open_ = [
        each
        for each in run.links
        if each.opened < end and not each.frozen and (each.over is None or each.over >= end)
    ]
    last = {each.path for each in open_}
    return {
        "opened": len(run.links),
        "at_once": at_once(run.links, run),
        "open_at_end": len(open_),
        "spare_at_end": len(open_) - len(last),
    }


def holes(path: str, rest: str | None, run: Run, progress: Progress) -> list[Facts]:
    """What a client could see to be missing, and what it did about it."""
    asked = [at for at, _ in answered_at(run, rest)] if rest is not None else []
    return [_hole(path, each, run, progress, asked) for each in progress.holes]


def _hole(path: str, hole: Hole, run: Run, progress: Progress, asked: list[float]) -> Facts:
    link = next(each for each in progress.links if each.number == hole.link)
    tries = [each for each in attempts(run, path) if each > hole.at]
    rest = [each for each in asked if each > hole.at]
    left = link.left if link.left is not None and link.left > hole.at else None
    late = hole.filled if hole.by == hole.link else None
    acts = [
        ("late", late),
        ("reconnected", left if left is not None and tries else None),
        ("reconnected", min(tries, default=None)),
        ("rest", min(rest, default=None)),
    ]
    done = min(((at, word) for word, at in acts if at is not None), default=None)
    # Until then it was its own affair; a loss, or the end, would have had it come again anyway.
    ends = [run.until, link.lost, progress.final]
    own = min(each for each in ends if each is not None and each >= hole.at)
    had = max(min(own, done[0] if done else own) - hole.at, 0.0)
    by_itself = done is not None and done[0] <= own
    facts: Facts = {
        "path": path,
        "connection": hole.link,
        "seqs": ranges(hole.numbers),
        "at": round(hole.at, 3),
        "had": round(had, 3),
        "due": had >= _TIME or (by_itself and done is not None and done[1] != "late"),
        "mended": done[1] if done is not None and by_itself else "no",
        "broken": _is_broken(hole, link),
    }
    if done is not None and by_itself:
        facts["after"] = round(done[0] - hole.at, 3)
    return facts


def _is_broken(hole: Hole, link: Link) -> bool:
    """Whether a message that is no JSON came where the numbers are missing."""
    found = False
    for got in link.before(hole.at):
        if got.what == "malformed":
            found = True
        elif got.says is not None and got.says < hole.numbers[0]:
            found = False  # who stayed for that one did not leave for what was before it
    return found
