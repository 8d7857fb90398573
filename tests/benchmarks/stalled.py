"""One of a thousand does not read: what the others lose by it, and what it costs the server."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from mockdde.frames import text_frame
from tests.benchmarks._wire import LIVE, Story, heard, say, sending, story
from tests.benchmarks.table import Row, at_least, at_most

RUNS, SUBSCRIBERS = 3, 1000
SCENARIO = """
title: A round of a few
tournament: {id: 7}
field: [{teams: 5}]
rounds: [{no: 1}]
"""


def rows() -> Iterator[Row]:
    """The rate of those who read, beside a run in which all do."""
    rates: dict[int, list[float]] = {0: [], 1: []}
    held, whole = [0], True
    with story(SCENARIO, LIVE) as told, TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        for _ in range(RUNS):
            for stalled, rate in rates.items():
                rate.append(_rate(told, stalled, sample, held))
                whole = whole and sample.read_bytes() == _frames(told)
    rate = {stalled: statistics.median(each) for stalled, each in rates.items()}
    what = f"one of {SUBSCRIBERS:,} subscribers stalls"
    detail = f"{rate[1]:,.0f} messages/s; {rate[0]:,.0f} where all read"
    yield at_least(0.95, f"{what}: the others", rate[1] / rate[0], "of where all read", detail)
    yield at_most(1.0, f"{what}: the server holds for it", max(held) / 2**20, "MiB")
    detail = f"{told.count:,} frames, {told.size / 1e6:.1f} MB"
    yield at_least(1, f"{what}: it then reads every frame, in order", float(whole), "", detail)


def _rate(told: Story, stalled: int, sample: Path, held: list[int]) -> float:
    """Messages a second of those who read; what the stalled one reads then is in ``sample``."""
    more = {"stalled": stalled, "sample": str(sample)}
    with sending("ours", told, "stalled", SUBSCRIBERS, **more) as (server, clients):
        say(clients, "go")
        say(server, "go")
        seconds = heard(clients)["seconds"]
        if stalled:
            say(server, "held")
            held.append(heard(server))
            say(clients, "and now you, too")
            heard(clients)
    return told.count * (SUBSCRIBERS - stalled) / float(seconds)


def _frames(told: Story) -> bytes:
    return b"".join(map(text_frame, told.messages.read_bytes().splitlines()))
