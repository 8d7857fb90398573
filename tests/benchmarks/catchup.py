"""Catch-up: all that a finished round has sent, to so many who come at once.

A stream of the DDE feed is a player's round; one of its successor is the round of all players. The
time is from the first client's first message until the last client has the last byte, so what a
server makes of each client's first message is in it; a few clients have come before.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.benchmarks._wire import LIVE, Story, missing, receive, story
from tests.benchmarks.table import Row, at_least, skipped

RUNS = 5
SUBSCRIBERS = (1, 100, 1000)
RAW, PEER = "the raw uvloop transport", "websockets"
ALL = """
title: A round of many
tournament: {id: 7}
field: [{teams: 39}]
rounds: [{no: 1, tees: [1, 10]}]
"""


def rows() -> Iterator[Row]:
    """Megabytes a second, as ratios."""
    with story() as told:
        for count in SUBSCRIBERS:
            yield from beside(told, count, "a player's", (RAW, PEER))
    with story(ALL, LIVE) as told:
        for count in SUBSCRIBERS:
            yield from beside(told, count, "39 players'", (RAW,))


def beside(told: Story, count: int, whose: str, peers: tuple[str, ...]) -> Iterator[Row]:
    """So many subscribers; the servers in turns, so that a busy moment hits all alike."""
    there = ["ours", *(name for name in peers if not missing(name))]
    rates: dict[str, list[float]] = {name: [] for name in there}
    for turn in range(RUNS):
        for name in there:
            if name == PEER and turn and count == 1000:
                continue  # it takes long, and once is enough
            seen = receive(name, told, "catchup", count)
            rates[name].append(told.size * count / seen["seconds"] / 1e6)
    rate = {name: statistics.median(each) for name, each in rates.items()}
    what = f"catch-up with {whose} round ({told.size / 1e6:.1f} MB), {count:,} at once"
    for name in peers:
        if name not in rate:
            yield skipped(f"{what}, beside {name}", missing(name))
            continue
        aim, unit = (0.8, f"of {RAW}") if name == RAW else (50.0, f"× {name}")
        detail = f"{rate['ours']:,.0f} MB/s; {rate[name]:,.0f} of it"
        yield at_least(aim, what, rate["ours"] / rate[name], unit, detail)
