"""Live packets: each sent as soon as it is due, by itself, to everybody who reads."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from tests.benchmarks._wire import Story, missing, receive, story
from tests.benchmarks.table import Row, at_least, skipped

RUNS = 5
# Beside whom, with what unit, and what our rate should be of theirs.
AIMS = {
    "the raw uvloop transport": ("of the raw uvloop transport", 0.85),
    "naive aiohttp": ("× naive aiohttp", 3.5),
    "Node ws": ("× Node ws", 1.4),
}
SUBSCRIBERS = (100, 1000)


def rows() -> Iterator[Row]:
    """Messages a second, as ratios."""
    with story() as told:
        for count in SUBSCRIBERS:
            yield from beside(told, count)


def beside(told: Story, count: int) -> Iterator[Row]:
    """So many subscribers; the servers in turns, so that a busy moment hits all alike."""
    there = ["ours", *(name for name in AIMS if not missing(name))]
    rates: dict[str, list[float]] = {name: [] for name in there}
    busy: dict[str, list[float]] = {name: [] for name in there}
    for _ in range(RUNS):
        for name in there:
            seen = receive(name, told, "live", count)
            rates[name].append(told.count * count / seen["seconds"])
            busy[name].append(seen["cpu"] / seen["seconds"])
    rate = {name: statistics.median(each) for name, each in rates.items()}
    what = f"live packets to {count:,} subscribers"
    for name, (unit, aim) in AIMS.items():
        if name not in rate:
            yield skipped(f"{what}, beside {name}", missing(name))
            continue
        detail = f"{rate['ours']:,.0f} messages/s; {rate[name]:,.0f} of it"
        # Near 100 % they would bound what is measured, in place of the servers.
        used = " and ".join(f"{statistics.median(busy[each]):.0%}" for each in ("ours", name))
        detail += f"; the receivers used {used} of their core"
        yield at_least(aim, what, rate["ours"] / rate[name], unit, detail)
