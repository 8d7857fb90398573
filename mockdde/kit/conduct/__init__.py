"""Conduct: facts that the server saw of a client, folded from the transcript of a run.

A fact is one that a plain JSON Schema can judge: where two numbers would have to be compared there
is one that tells by how much (``early_by``), and what is not there is a list that is not empty
(``missing``). ``schemas/kit/conduct`` describes each. It judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mockdde.kit.cases import Staged
from mockdde.kit.conduct._closing import (
    answer,
    close,
    delivered,
    left,
    official,
    silence,
    violation,
)
from mockdde.kit.conduct._links import Link, Run, gather
from mockdde.kit.conduct._losses import losses, runs
from mockdde.kit.conduct._packets import Book
from mockdde.kit.conduct._progress import Progress
from mockdde.kit.conduct._rest import fetched, rates, requests
from mockdde.kit.conduct._said import Facts, after_first, beats, first, handshake, init, pings
from mockdde.kit.conduct._streams import holes, sockets, stream
from mockdde.kit.transcript import Transcript
from mockdde.quirks import Quirks

__all__ = ["conduct"]


def conduct(
    transcript: Transcript, staged: Staged, quirks: Mapping[str, object] | Quirks
) -> dict[str, Any]:
    """The facts of a transcript; ``staged`` is the story that was played, with all its packets."""
    rules = quirks if isinstance(quirks, Quirks) else Quirks(quirks)
    dialect = staged.case.dialect
    books = {each.path: Book(dialect, staged.sent[each.path]) for each in staged.targets}
    run = gather(transcript, books)
    others = {each.path for each in run.links} - books.keys()
    all_books = books | {path: Book(dialect, ()) for path in sorted(others)}
    rests = {each.path: each.rest for each in staged.targets}
    by_rest = {path: fetched(run, path, rest) for path, rest in rests.items()}
    of = {path: Progress(book, run.of(path), by_rest.get(path)) for path, book in all_books.items()}
    lost = losses(run, of)
    asked = requests(run, rests.values())
    return {
        "client": _client(run, of, books),
        "connections": [*_connections(run, of, rules, dialect, rests)],
        "losses": lost,
        "runs": runs(lost),
        "holes": [each for path in of for each in holes(path, rests.get(path), run, of[path])],
        "streams": [stream(path, rests.get(path), run, of[path]) for path in of],
        "sockets": sockets(run),
        "requests": asked,
        "rates": rates(asked),
        "faults": [*_faults(run)],
    }


def _client(run: Run, of: Mapping[str, Progress], books: Mapping[str, Book]) -> Facts:
    """How the process stands to the streams; by itself means that nobody had asked it to stop."""
    facts: Facts = {
        "by_itself": run.by_itself,
        "unfinished": [path for path in books if of[path].final is None],
    }
    if run.asked is not None:
        facts["asked_to_stop"] = round(run.asked, 3)
        if run.gone is not None and not run.by_itself:
            facts["stopped_after"] = round(run.gone - run.asked, 3)
    return facts


def _connections(
    run: Run,
    of: Mapping[str, Progress],
    quirks: Quirks,
    dialect: str,
    rests: Mapping[str, str],
) -> Iterator[Facts]:
    before: dict[str, Link] = {}
    nth: dict[str, int] = {}
    for link in run.links:
        progress = of[link.path]
        nth[link.path] = nth.get(link.path, 0) + 1
        facts: Facts = {
            "connection": link.number,
            "path": link.path,
            "nth": nth[link.path],
            "target": link.path in rests,
            "opened": round(link.opened, 3),
            "open_for": round(_open_for(link, run), 3),
            "handshake": handshake(link, run, before.get(link.path)),
            "after_first": after_first(link),
            "answer": answer(link),
            "pings": pings(link, run),
            "delivered": delivered(link),
            "silence": silence(link, run),
            "faults": sorted({each.fault for each in link.faults}),
            "close": close(link, run),
        }
        if dialect == "live":
            facts["init"] = init(link, run, progress)
            facts["beats"] = beats(link, run, quirks["live-client-heartbeat"])
        optional = {
            "first": first(link, run),
            "official": official(link, run, progress),
            "violation": violation(link, run),
            "left": left(link, run, progress),
        }
        facts |= {name: each for name, each in optional.items() if each is not None}
        before[link.path] = link
        yield facts


def _open_for(link: Link, run: Run) -> float:
    return max((link.over if link.over is not None else run.until) - link.opened, 0.0)


def _faults(run: Run) -> Iterator[Facts]:
    """What has struck, once for each rule and connection."""
    found: dict[tuple[object, ...], Facts] = {}
    for each in run.faults:
        key = (each.fault, each.rule, each.connection, each.path)
        facts = found.setdefault(
            key,
            {
                "fault": each.fault,
                "rule": each.rule,
                "connection": each.connection,
                "path": each.path,
                "times": 0,
                "first": round(each.at, 3),
            },
        )
        facts["times"] += 1
        facts["last"] = round(each.at, 3)
    yield from found.values()
