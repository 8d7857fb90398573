"""A whole tournament: told, and every feed folded and encoded; and what a packet costs as it grows.

Each size runs in a process of its own, so that the memory is its own too. The whole one has 156
players, four rounds, a cut and a playoff. Seconds are of the processor, for nothing here waits.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from mockdde.broadcast import Broadcast
from mockdde.scenario import load_text
from mockdde.world import stage
from tests.benchmarks.table import Row, at_most

WHOLE, FEW = 156, 10
IN_TURNS = 3
FIRST = 5  # starts of the command
ROUNDS = (
    "{tees: [1, 10]}",
    "{tees: [1, 10], advance: CUT_36_HOLES_PGA, cut: %d}",
    "{groups: 2}",
    "{groups: 2}",
)


def text_of(teams: int, rounds: int) -> str:
    """A scenario of so many; of four rounds with a cut and a playoff, else with all that is."""
    listed = ", ".join(ROUNDS[:rounds]).replace("%d", str(max(2, teams * 65 // WHOLE)))
    return f"""
title: A whole tournament
tournament: {{id: 7, tour: PGA tour, start: 2025-01-16T15:30:00Z, utcOffset: -8}}
field: [{{teams: {teams}}}]
rounds: [{listed}]
{"playoff: {teams: 2}" if rounds == len(ROUNDS) else ""}
"""


def measure(teams: int, rounds: int, what: str) -> dict[str, float]:
    """Seconds and counts of a tournament in this process, and the most memory there was.

    ``what`` is "packets" (told, and the packets of the DDE feed encoded), "once" (those of both
    dialects, and each document that is streamed when all is over) or "each" (each document
    whenever it has changed, too).
    """
    gc.set_threshold(50_000, 20, 100)  # as every command does
    begin = time.process_time()
    tournament = stage(load_text(text_of(teams, rounds), "whole.yaml"), lazily=True)
    began = time.process_time()
    events = len(tournament.log.whole())
    told = time.process_time() - began
    broadcast = Broadcast(tournament)
    if what != "packets":
        broadcast.rouse()
    packets = documents = size = 0
    while broadcast.next_due is not None:
        step = broadcast.advance()
        packets += len(step.packets)
        for changed in step.changed if what == "each" else ():
            documents += 1
            size += len(broadcast.document(changed.stream, changed.feed))
    for feed in broadcast.states if what == "once" else ():
        for path in feed.streams():
            documents += 1
            size += len(broadcast.document(path, feed))
    return {
        "events": events,
        "packets": packets,
        "documents": documents,
        "bytes": size,
        "told": told,
        "seconds": time.process_time() - begin,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measured(teams: int, rounds: int, what: str) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.tournament", str(teams), str(rounds), what]
    ran = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def until_first(*arguments: str) -> float:
    """Seconds from the command to the first bytes of what it prints."""
    command = [sys.executable, "-m", "mockdde", "play", *arguments]
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as playing:
        assert playing.stdout is not None
        assert os.read(playing.stdout.fileno(), 1)
        taken = time.perf_counter() - begin
        playing.kill()
    return taken


def flatness(what: str, small: tuple[int, int], large: tuple[int, int]) -> Row:
    """What a packet costs in a large tournament, of what it costs in a small one."""
    costs: dict[tuple[int, int], list[float]] = {small: [], large: []}
    for _ in range(IN_TURNS):
        for each, taken in costs.items():
            of_each = measured(*each, "packets")
            taken.append(1e6 * of_each["seconds"] / of_each["packets"])
    one, other = (statistics.median(taken) for taken in costs.values())
    detail = f"{other:.1f} and {one:.1f} µs a packet"
    return at_most(1.15, f"the cost of a packet, {what}", other / one, "×", detail)


def rows() -> Iterator[Row]:
    """The whole tournament; its first packet; whether a packet costs more as it grows."""
    whole = f"{WHOLE} players, four rounds, cut, playoff"
    once = measured(WHOLE, len(ROUNDS), "once")
    detail = (
        f"{once['packets']:,.0f} packets of both dialects, {once['documents']:,.0f} documents;"
        f" {once['told']:.2f} s of it to tell {once['events']:,.0f} events"
    )
    all_of_it = f"{whole}: all feeds folded and encoded"
    yield at_most(5, all_of_it, once["seconds"], "s", detail)
    yield at_most(300, f"{whole}: the most memory", once["memory"], "MB")
    told = 1e6 * once["told"] / once["events"]
    yield Row("an event told", told, "µs", detail=f"{once['told']:.2f} s in all")
    dde = measured(WHOLE, len(ROUNDS), "packets")
    detail = f"{dde['packets']:,.0f} packets"
    yield Row(f"{whole}: nobody reads the live dialect", dde["seconds"], "s", detail=detail)
    each = measured(WHOLE, len(ROUNDS), "each")
    detail = f"{each['documents']:,.0f} documents of {each['bytes'] / 1e9:.1f} GB"
    changes = f"{whole}: every change of every document encoded"
    yield Row(changes, each["seconds"], "s", detail=detail)
    first = statistics.median(until_first("world/american-express") for _ in range(FIRST))
    detail = f"median of {FIRST} starts"
    yield at_most(0.5, "mockdde play, 156 players: to the first packet", first, "s", detail)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own.yaml"
        file.write_text(text_of(WHOLE, len(ROUNDS)))
        own = until_first(str(file))
    yield Row("the same of a file of one's own", own, "s", detail="all is told before, to check it")
    yield flatness("156 players, of 10", (FEW, 4), (WHOLE, 4))
    yield flatness("four rounds, of one", (WHOLE, 1), (WHOLE, 4))


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])))
