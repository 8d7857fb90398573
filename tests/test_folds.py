"""Documents that are asked for late are those that are asked for at every event."""

from __future__ import annotations

import random

import pytest

from mockdde.books import Books
from mockdde.feeds import StateFeed, is_of, play_of, state_feeds
from mockdde.world import Tournament
from random_scenarios import scenario_text
from running import as_shipped, staged

NAMES = [
    "correction/long-ago",
    "correction/corrected-twice",
    "hole-correction/interrupted",
    "hole-correction/longer-hole",
    "hole-score/after-round-finished",
    "match/conceded-when-behind",
    "match/correction-reopens-match",
    "match/fourballs-partner-picks-up",
    "match/hole-correction-in-a-match",
    "match/pool-playoff",
    "playoff/three-holes",
    "provisional/provisional-played",
    "scoring/hole-scores-only",
    "scoring/walking-scorer",
    "status/alternate",
    "status/withdrawn",
    "suspension/dusk-overnight",
    "tournament/ten-stroke-cut",
]


def feeds_of(books: Books) -> dict[str, StateFeed]:
    """By the path, each document's feed."""
    play = play_of(books.tournament)
    feeds = [feed(books) for feed in state_feeds() if is_of(feed, play)]
    return {path: feed for feed in feeds for path in feed.streams()}


def check(tournament: Tournament, seed: int = 0) -> None:
    """A document is told to be another one when it is, and it is the same whoever asked before."""
    chance = random.Random(seed)
    books, others = Books(tournament), Books(tournament)
    eager, lazy = feeds_of(books), feeds_of(others)
    before = {path: feed.document(path, 1, 0) for path, feed in eager.items()}
    for event in tournament.log:
        change, same = books.apply(event), others.apply(event)
        told = {path for feed in {*eager.values()} for path in feed.apply(event, change)}
        assert told == {path for feed in {*lazy.values()} for path in feed.apply(event, same)}
        if not any(change):
            assert not told
            continue
        for path, feed in eager.items():
            document = feed.document(path, 1, 0)
            assert (document != before[path]) == (path in told), (event, path)
            before[path] = document
            if chance.random() < 0.02:
                assert lazy[path].document(path, 1, 0) == document, (event, path)
    assert before == {path: feed.document(path, 1, 0) for path, feed in lazy.items()}


@pytest.mark.parametrize("name", NAMES)
def test_of_scenarios(name: str) -> None:
    """Those where much is said again."""
    check(as_shipped(name))


@pytest.mark.parametrize("seed", range(5))
def test_of_random_scenarios(seed: int) -> None:
    """Whatever happens in them."""
    check(staged(scenario_text(seed, 0.4)), seed)


def test_a_line_has_the_figures_of_the_shots_that_it_was_read_from() -> None:
    """Whatever was corrected before somebody asked, and a quick look says whether it has any."""
    tournament = as_shipped("correction/long-ago")
    books, others = Books(tournament), Books(tournament)
    changes = []
    for event in tournament.log:
        lines = [each for each in books.apply(event)[1:3] if each is not None]
        changes.append((lines, others.apply(event)[1:3]))
        for line in lines:
            assert line.has_figures == (line.figures is not None)
    assert any(len(lines) == 2 for lines, _ in changes)
    for lines, later in changes:
        assert lines == [each for each in later if each is not None]
