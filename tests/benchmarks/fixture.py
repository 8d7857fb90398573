"""What a test pays for its own server: ``mockdde.double.play``, begun and ended, on one thread."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from mockdde.double import Thread, play
from tests.benchmarks.table import Row, at_most

SCENARIO = "round/one-hole-sample"
TIMES = 60
ROOT = Path(__file__).parents[2]
# A process that has imported nothing yet: its first server, and that thread's end.
FIRST = f"""
import json, time
begin = time.perf_counter()
from mockdde.double import play
imported = time.perf_counter()
with play({SCENARIO!r}):
    pass
print(json.dumps([imported - begin, time.perf_counter() - imported]))
"""


def rows() -> Iterator[Row]:
    """Second and later servers of a process, with what their aim says; the first one; a request."""
    thread = Thread()
    try:
        once, asked = _medians(thread, SCENARIO)
        other, _ = _medians(thread, "round/quiet-round")
        fresh = statistics.median(_fresh(thread, number) for number in range(TIMES))
    finally:
        thread.stop()
    yield at_most(10, "the fixture, start and stop", once, "ms", SCENARIO)
    yield at_most(10, "the fixture, start and stop", other, "ms", "round/quiet-round")
    yield at_most(10, "the fixture, a scenario that is new each time", fresh, "ms", "YAML, 1 team")
    yield Row("the fixture, start, one REST answer and stop", asked, "ms", detail=SCENARIO)
    firsts = [json.loads(_first()) for _ in range(5)]
    imported, started = (1e3 * statistics.median(each) for each in zip(*firsts, strict=True))
    yield Row("the fixture, the first of a process", started, "ms", detail="its thread, too")
    yield Row("the fixture, its imports", imported, "ms", detail="aiohttp and all else")


def _medians(thread: Thread, name: str) -> tuple[float, float]:
    """Milliseconds of start and stop, without a request and with one."""
    bare, asked = [], []
    for number in range(TIMES):
        begin = time.perf_counter()
        with play(name, thread=thread):
            pass
        bare.extend([time.perf_counter() - begin] if number else [])
        begin = time.perf_counter()
        with play(name, thread=thread) as dde:
            path = f"/golf/tournaments/{dde.tournaments[0].id}/entrylist"
            _get(dde.rest_url + path, dde.token)
        asked.extend([time.perf_counter() - begin] if number else [])
    return 1e3 * statistics.median(bare), 1e3 * statistics.median(asked)


def _fresh(thread: Thread, number: int) -> float:
    """Milliseconds for a scenario that was never played in this process."""
    text = f"""
title: One hole
seed: {number}
tournament: {{id: 7}}
field: [{{teams: 1}}]
rounds: [{{no: 1, holes: 1}}]
"""
    begin = time.perf_counter()
    with play(text, thread=thread):
        pass
    return 1e3 * (time.perf_counter() - begin)


def _get(url: str, token: str) -> bytes:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        body: bytes = answer.read()
    return body


def _first() -> bytes:
    return subprocess.run(
        [sys.executable, "-c", FIRST], stdout=subprocess.PIPE, check=True, cwd=ROOT
    ).stdout
