"""What a connection costs that faults may strike, beside one that shares the tape, in one run."""

from __future__ import annotations

import statistics
import sys
import time
from dataclasses import replace

from mockdde.engine import Engine
from mockdde.feeds.dde.events import FEED
from mockdde.scenario import load_text
from mockdde.scenario.model import Scenario
from mockdde.world import stage

RUNS, SUBSCRIBERS = 5, 20
TOKEN = '{"authToken": "any"}'  # noqa: S105  (any is good)
ROUND = """
title: A round of two
tournament: {id: 7}
field: [{teams: 2}]
rounds: [{no: 1}]
wire: [%s]
"""
CASES = {
    "no rule at all": "",
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


def main() -> None:
    """Measure in turns, so that a busy moment of the machine hits all alike."""
    scenarios = {name: load_text(ROUND % wire, "ways.yaml") for name, wire in CASES.items()}
    scenarios = {name: replace(each, name="ways") for name, each in scenarios.items()}
    times: dict[str, list[float]] = {name: [] for name in CASES}
    sizes = {}
    for number in range(RUNS):
        print(f"\rrun {number + 1} of {RUNS}", end="", file=sys.stderr, flush=True)
        for name, scenario in scenarios.items():
            seconds, sizes[name] = catch_up(scenario)
            times[name].append(seconds)
    print(file=sys.stderr)
    base = statistics.median(times["no rule at all"])
    print(f"{SUBSCRIBERS} subscribers catch up with a round")
    print(f"{'':<34}{'median ms':>10}{'ratio':>8}{'MB/s':>9}")
    for name, each in times.items():
        median = statistics.median(each)
        rate = sizes[name] / median / 1e6
        print(f"{name:<34}{median * 1000:>10.2f}{median / base:>8.1f}{rate:>9.0f}")


if __name__ == "__main__":
    main()
