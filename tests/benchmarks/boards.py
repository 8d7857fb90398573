"""How long a finished hole takes until the leaderboard of 156 players is encoded again.

And what the books and the documents take of an event, where nobody asks for any document.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mockdde import log
from mockdde.books import Books
from mockdde.feeds import StateFeed, is_of, play_of, state_feeds
from mockdde.feeds.dde.leaderboard import Leaderboard
from mockdde.feeds.dde.teamholebyhole import TeamHoleByHole
from mockdde.log import Event
from mockdde.scenario import load_text
from mockdde.world import Tournament, stage
from tests.benchmarks.table import Row, at_most

SCENARIO = """
title: A full field
tournament: {id: 7, tour: PGA tour}
field: [{teams: 156}]
rounds: [{no: 1, tees: [1, 10]}, {no: 2, tees: [1, 10]}]
"""
RUNS = 3
PARTS = ("books.apply", "books.standing", "leaderboard.apply", "leaderboard.document")


def rows() -> Iterator[Row]:
    """The medians of all holes, or of all events, of two rounds; of each the least of some runs."""
    tournament = stage(load_text(SCENARIO, "boards.yaml"))
    events = list(tournament.log.whole())
    runs = [_updates(tournament, events) for _ in range(RUNS)]
    # A part's least is what it takes when nothing else has the machine.
    least = [[min(each) for each in zip(*parts, strict=True)] for parts in zip(*runs, strict=True)]
    medians = [statistics.median(part) for part in zip(*least, strict=True)]
    detail = ", ".join(f"{name} {median:.0f}" for name, median in zip(PARTS, medians, strict=True))
    update = statistics.median(map(sum, least))
    yield at_most(150, "a leaderboard update of 156 players, encoded", update, "µs", detail)
    cards = _least([_cards(tournament, events) for _ in range(RUNS)])
    yield Row("hole by hole of a team, encoded", statistics.median(cards), "µs")
    taken = _least([_applied(tournament, events) for _ in range(RUNS)])
    mean = f"mean {statistics.mean(taken):.1f} µs"
    yield at_most(10, "the books take in an event", statistics.median(taken), "µs", mean)
    seconds = min(_unasked(tournament, events) for _ in range(RUNS))
    detail = f"{len(events):,} events in {seconds:.2f} s"
    what = "books, and all documents that nobody asks for"
    yield Row(what, 1e6 * seconds / len(events), "µs an event", detail=detail)


def _least(runs: Sequence[Sequence[float]]) -> list[float]:
    return [min(each) for each in zip(*runs, strict=True)]


def _updates(tournament: Tournament, events: Sequence[Event]) -> list[list[float]]:
    """Of each finished hole the microseconds of each part."""
    books = Books(tournament)
    board, clock = Leaderboard(books), time.perf_counter
    taken = []
    for event in events:
        if not isinstance(event.what, log.HoleFinished):
            board.apply(event, books.apply(event))
            continue
        times = [clock()]
        change = books.apply(event)
        times.append(clock())
        books.standing()
        times.append(clock())
        board.apply(event, change)
        times.append(clock())
        board.document("", 1, 0)
        times.append(clock())
        taken.append([1e6 * (after - before) for before, after in pairwise(times)])
    return taken


def _cards(tournament: Tournament, events: Sequence[Event]) -> list[float]:
    """Of each finished hole the microseconds until its team's document is encoded."""
    books = Books(tournament)
    holes, taken = TeamHoleByHole(books), []
    for event in events:
        change = books.apply(event)
        begin = time.perf_counter()
        for path in holes.apply(event, change):
            holes.document(path, 1, 0)
        if isinstance(event.what, log.HoleFinished):
            taken.append(1e6 * (time.perf_counter() - begin))
    return taken


def _applied(tournament: Tournament, events: Sequence[Event]) -> list[float]:
    """Of each event the microseconds of the books."""
    books, taken = Books(tournament), []
    for event in events:
        begin = time.perf_counter()
        books.apply(event)
        taken.append(1e6 * (time.perf_counter() - begin))
    return taken


def _unasked(tournament: Tournament, events: Sequence[Event]) -> float:
    """Seconds of the processor for the books and all feeds of documents, over all events."""
    books = Books(tournament)
    play = play_of(tournament)
    feeds: list[StateFeed] = [feed(books) for feed in state_feeds() if is_of(feed, play)]
    begin = time.process_time()
    for event in events:
        change = books.apply(event)
        for feed in feeds if any(change) else ():
            feed.apply(event, change)
    return time.process_time() - begin
