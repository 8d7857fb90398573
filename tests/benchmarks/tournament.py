"""A whole tournament: told, and every feed folded and encoded; and what a packet costs as it grows.

Each size runs in a process of its own, so that the memory is its own too. The whole one has 156
players, four rounds, a cut and a playoff; the others have fewer players, and the cost of a packet
should not grow with their number. Three measures:

told      the story and the scorers' reports, as an event log
packets   and every packet of every round's stream rendered and encoded, the books kept
all       and every document encoded at each of its changes, as if everybody read everything
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from mockdde.broadcast import Broadcast
from mockdde.scenario import load_text
from mockdde.world import stage

WHOLE = 156
SIZES = (19, 39, 78, WHOLE)
SCENARIO = """
title: A whole tournament
tournament: {{id: 7, tour: PGA tour, start: 2025-01-16T15:30:00Z, utcOffset: -8}}
field: [{{teams: {teams}}}]
rounds:
  - {{tees: [1, 10]}}
  - {{tees: [1, 10], advance: CUT_36_HOLES_PGA, cut: {cut}}}
  - {{groups: 2}}
  - {{groups: 2}}
playoff: {{teams: 2}}
"""


def measure(teams: int) -> dict[str, float]:
    """Seconds of each measure, counts, and the most memory there was."""
    begin = time.perf_counter()
    text = SCENARIO.format(teams=teams, cut=max(2, teams * 65 // WHOLE))
    tournament = stage(load_text(text, "whole.yaml"), lazily=True)
    first = tournament.begins
    until_first = time.perf_counter() - begin
    events = len(tournament.log.whole())
    told = time.perf_counter() - begin
    begin = time.perf_counter()
    packets = run(Broadcast(tournament), documents=False)[0]
    rendered = time.perf_counter() - begin
    begin = time.perf_counter()
    _, documents, size = run(Broadcast(tournament), documents=True)
    everything = time.perf_counter() - begin
    return {
        "first": until_first,
        "begins": first,
        "events": events,
        "packets": packets,
        "documents": documents,
        "bytes": size,
        "told": told,
        "rendered": told + rendered,
        "all": told + everything,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def run(broadcast: Broadcast, *, documents: bool) -> tuple[int, int, int]:
    """Play to the end; packets, documents encoded, and their bytes."""
    packets = encoded = size = 0
    while broadcast.next_due is not None:
        step = broadcast.advance()
        packets += len(step.packets)
        if documents:
            for changed in step.changed:
                encoded += 1
                size += len(broadcast.document(changed.stream, changed.feed))
    return packets, encoded, size


def main() -> None:
    """Measure each size in a process of its own, and print a table."""
    results = {}
    for teams in SIZES:
        print(f"\r{teams} players …   ", end="", file=sys.stderr, flush=True)
        ran = subprocess.run(
            [sys.executable, __file__, str(teams)], stdout=subprocess.PIPE, check=True
        )
        results[teams] = json.loads(ran.stdout)
    print(file=sys.stderr)
    print(f"{'players':>8}{'packets':>9}{'documents':>10}{'GB':>6}{'first s':>9}{'told s':>8}"
          f"{'+packets':>10}{'+all':>8}{'us/packet':>11}{'ratio':>7}{'us, all':>9}{'ratio':>7}"
          f"{'MB':>6}")  # fmt: skip
    base = results[SIZES[0]]
    for teams, each in results.items():
        cost, whole = (each[key] / each["packets"] * 1e6 for key in ("rendered", "all"))
        ratio = cost / (base["rendered"] / base["packets"] * 1e6)
        of_all = whole / (base["all"] / base["packets"] * 1e6)
        print(f"{teams:>8}{each['packets']:>9.0f}{each['documents']:>10.0f}"
              f"{each['bytes'] / 1e9:>6.1f}{each['first']:>9.3f}{each['told']:>8.2f}"
              f"{each['rendered']:>10.2f}{each['all']:>8.2f}{cost:>11.0f}{ratio:>7.2f}"
              f"{whole:>9.0f}{of_all:>7.2f}{each['memory']:>6.0f}")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
