"""What a connection costs that faults may strike, beside one that shares the tape, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import replace

from mockdde.engine import Engine
from mockdde.feeds.dde.events import FEED
from mockdde.scenario import load_text
from mockdde.scenario.model import Scenario
from mockdde.world import stage
from tests.benchmarks.table import Row, measured

RUNS, SUBSCRIBERS = 5, 20
TOKEN = '{"authToken": "any"}'  # noqa: S105  (any is good)
ROUND = """
title: A round of two
tournament: {id: 7}
field: [{teams: 2}]
rounds: [{no: 1}]
wire: [%s]
"""
SHARED = "no rule at all"
CASES = {
    SHARED: "",
    "a rule on another stream": "{on: round/1/team/2, at: {seq: 900}, min_fired: 0, close: {}}",
    "a rule that never strikes": "{on: '*', at: {seq: 999}, min_fired: 0, close: {}}",
    "latency of 0 ms": "{on: '*', at: {connection: 1}, times: 0, latency: {ms: 0}}",
    "every frame in three fragments": "{on: '*', at: {event: '*'}, times: 0, fragment: {}}",
}
PARAMS = {"tournament": 7, "round": 1, "team": 1}


def catch_up(scenario: Scenario) -> tuple[float, int]:
    """Seconds in which all subscribers of a finished round have taken it, and its bytes."""
    tournament = stage(scenario)
    engine = Engine([tournament], quirks=tournament.quirks, wire=1000.0, speed=1e6)
    engine.run_until(9000.0)
    path = FEED.PATH.format(**PARAMS)
    joined = [engine.open(FEED, PARAMS, path, 9000.0) for _ in range(SUBSCRIBERS)]
    taken = 0
    begin = time.perf_counter()
    for each in joined:
        engine.hear(each, TOKEN, 9000.0)
        while (data := each.take()) is not None:
            taken += len(data)
    return time.perf_counter() - begin, taken


def rows() -> Iterator[Row]:
    """Measured in turns, so that a busy moment of the machine hits all alike."""
    scenarios = {name: load_text(ROUND % wire, "ways.yaml") for name, wire in CASES.items()}
    scenarios = {name: replace(each, name="ways") for name, each in scenarios.items()}
    times: dict[str, list[float]] = {name: [] for name in CASES}
    sizes = {}
    for _ in range(RUNS):
        for name, scenario in scenarios.items():
            seconds, sizes[name] = catch_up(scenario)
            times[name].append(seconds)
    base = statistics.median(times[SHARED])
    for name, each in times.items():
        median = statistics.median(each)
        detail = f"{median * 1000:.2f} ms, {sizes[name] / median / 1e6:,.0f} MB/s"
        if name != SHARED:
            what = f"{SUBSCRIBERS} subscribers catch up: {name}"
            yield measured(what, median / base, f"× the time with {SHARED}", detail)
