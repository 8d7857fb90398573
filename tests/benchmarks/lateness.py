"""How late packets come: 156 streams of a round that is played fast, on the machine's own clock.

Each packet's due time follows from the moment at which it is reported and from where play stands;
what is measured is when its last byte was read, so the way through the system is in it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mockdde.broadcast import Broadcast
from mockdde.scenario import load_text
from mockdde.world import stage
from tests.benchmarks._wire import FOLDER, PATH, ROOT, first, handshake, heard, pinned, say
from tests.benchmarks.table import Row, at_least, at_most

TEAMS = 156
SCENARIO = f"""
title: A round of a full field
tournament: {{id: 7}}
field: [{{teams: {TEAMS}}}]
rounds: [{{no: 1, tees: [1, 10]}}]
quirks: {{before-start: wait}}
"""
# Speed, where play begins, seconds of it, and how late 99 of 100 packets may be (ms).
TASKS = ((60.0, "3h", 20.0, 0.5), (1000.0, "10m", 25.0, 10.0))


def rows() -> Iterator[Row]:
    """Milliseconds from when a packet was due until it was read."""
    moments: dict[str, list[int]] = defaultdict(list)
    for moment, path, _ in Broadcast(stage(load_text(SCENARIO, "bench.yaml"))).play("round/*"):
        moments[path].append(moment)
    with TemporaryDirectory() as folder:
        scenario = Path(folder) / "bench.yaml"
        scenario.write_text(SCENARIO)
        for speed, begin, seconds, aim in TASKS:
            anchor, came = played(scenario, speed, begin, seconds)
            yield from told(moments, anchor, came, aim)


def played(
    scenario: Path, speed: float, begin: str, seconds: float
) -> tuple[dict[str, float], list[list[float]]]:
    """Where play stood, and when each frame came on each connection."""
    command = [sys.executable, "-m", "tests.benchmarks._peers.clocked", str(scenario), str(speed)]
    streams: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([*command, begin], cwd=ROOT, **streams, **pinned(0)) as server:
        try:
            task = {
                "host": "127.0.0.1",
                "port": heard(server)["port"],
                "requests": [
                    handshake(PATH.replace("team/1", f"team/{team}"))
                    for team in range(1, TEAMS + 1)
                ],
                "first": first(PATH).hex(),
                "seconds": seconds,
            }
            command = [sys.executable, str(FOLDER / "_listener.py"), json.dumps(task)]
            with subprocess.Popen(command, **streams, **pinned(1)) as clients:
                assert clients.stdout is not None
                if clients.stdout.readline() != "ready\n":
                    raise OSError("the clients could not connect")
                say(server, "go")
                anchor = heard(server)
                say(clients, "go")
                return anchor, heard(clients)
        finally:
            server.kill()


def told(
    moments: dict[str, list[int]], anchor: dict[str, float], came: list[list[float]], aim: float
) -> Iterator[Row]:
    """What was seen of one speed."""
    late: list[tuple[float, float]] = []
    for team, times in enumerate(came, start=1):
        mine = moments[PATH.replace("team/1", f"team/{team}")]
        # What was due before play was set going came at once.
        for moment, at in zip(mine, times, strict=False):
            if moment >= anchor["moment"]:
                due = anchor["at"] + (moment - anchor["moment"]) / 1000 / anchor["speed"]
                late.append((due, 1000 * (at - due)))
    late.sort()
    every = sorted(each for _, each in late)
    quantile = statistics.quantiles(every, n=100)
    speed = f"{anchor['speed']:g}"
    what = f"lateness, {TEAMS} streams, --speed {speed}"
    detail = f"median {quantile[49]:.2f} ms, most {every[-1]:.1f}; {len(every):,} packets"
    yield at_most(aim, f"{what}, 99 of 100 packets", quantile[98], "ms", detail)
    yield at_least(0, f"{what}, the earliest", every[0], "ms")
    tenth = len(late) // 10
    ends = [statistics.median(each for _, each in part) for part in (late[:tenth], late[-tenth:])]
    detail = f"{ends[0]:.3f} and {ends[1]:.3f} ms"
    yield at_most(0.5, f"{what}, drift of the median", abs(ends[1] - ends[0]), "ms", detail)
