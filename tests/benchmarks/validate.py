"""`mockdde validate` over the packets of a whole tournament, of both dialects.

The command's own code path, over a file, beside what bounds it (orjson and jsonschema-rs alone, on
lines that are in memory) and beside its peer, json and jsonschema. It is processor time, of which
a busy machine takes less; at the end the whole command, from its start, by the clock on the wall.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import BinaryIO

import orjson

from mockdde import schemas
from mockdde.broadcast import Broadcast
from mockdde.scenario import load_text
from mockdde.world import stage
from tests.benchmarks.table import Row, at_least, skipped
from tests.benchmarks.tournament import ROUNDS, WHOLE, text_of

AIM = 75_000  # packets a second
OF_LIMIT = 0.7
STREAMS = {"dde": ("round/*", "dde/events"), "live": ("round/*/events", "live/event-message")}
SOME = 2_000  # packets whose check is measured in turns
FEW = 200  # packets that jsonschema is given; it is a hundred times slower
LIMIT = "of orjson and jsonschema-rs alone"


def rows() -> Iterator[Row]:
    """A file for each dialect; each strictness a schema of its own."""
    with TemporaryDirectory() as folder:
        for dialect, (on, name) in STREAMS.items():
            file = Path(folder) / f"{dialect}.ndjson"
            count = _write(file, dialect, on)
            for strictness in ("", ".strict"):
                yield from _measured(file, count, f"{name}{strictness}")


def _write(file: Path, dialect: str, on: str) -> int:
    """What `mockdde play` prints; how many packets it is."""
    text = text_of(WHOLE, len(ROUNDS))
    tournament = stage(load_text(text, "whole.yaml"), lazily=True)
    count = 0
    with file.open("wb") as out:
        for due, stream, packet in Broadcast(tournament).play(on, dialect):
            count += 1
            seconds = repr((due - tournament.begins) / 1000).encode()
            out.write(b'{"t":%b,"stream":"%b","packet":%b}\n' % (seconds, stream.encode(), packet))
    return count


def _measured(file: Path, count: int, name: str) -> Iterator[Row]:
    what = f"{count:,} packets held against {name}"
    with file.open("rb") as lines:
        some = list(islice(lines, SOME))
    rates = []
    for _ in range(3):
        with file.open("rb") as lines:
            rates.append(count / _seconds(partial(_check, lines, name)))
    yield at_least(AIM, what, max(rates), "packets/s of processor time")
    ours = partial(_check, io.BytesIO(b"".join(some)), name)
    if (limit := _limit(name, some)) is None:
        yield skipped(f"{what}: of the limit", "jsonschema-rs is not installed")
    else:
        yield at_least(OF_LIMIT, what, *_beside(ours, SOME, limit, SOME, 15, LIMIT))
    patient, few = schemas.validator(name), some[:: SOME // FEW]

    def peer() -> None:
        assert all(patient.is_valid(json.loads(each)["packet"]) for each in few)

    ratio, unit, detail = _beside(ours, SOME, peer, len(few), 5, "× json and jsonschema")
    yield Row(what, ratio, unit, detail=detail)
    seconds = _command(file, name)
    each = f"{count / seconds:,.0f} packets/s"
    yield Row(f"{what}, the whole command", seconds, "s", detail=each)


def _beside(
    ours: Callable[[], None], count: int, other: Callable[[], None], of: int, turns: int, unit: str
) -> tuple[float, str, str]:
    """How many times as fast we are, in turns; the unit, and the median rates."""
    rates = [(count / _seconds(ours), of / _seconds(other)) for _ in range(turns)]
    mine, theirs = (median(each) for each in zip(*rates, strict=True))
    return median(a / b for a, b in rates), unit, f"{mine:,.0f} and {theirs:,.0f} packets/s"


def _check(file: BinaryIO, name: str) -> None:
    """As the command does it."""
    file.seek(0)
    for number, wrong in schemas.check(name, schemas.read_documents(file, "a file")):
        assert number
        assert not wrong


def _limit(name: str, lines: list[bytes]) -> Callable[[], None] | None:
    """Decoded and validated, and nothing else."""
    try:
        import jsonschema_rs  # noqa: PLC0415
    except ImportError:
        return None
    every = [(schema["$id"], schema) for schema in map(schemas.load, schemas.names())]
    registry = jsonschema_rs.Registry(every)
    made = jsonschema_rs.validator_for(schemas.load(name), registry=registry, validate_formats=True)
    valid, loads = made.is_valid, orjson.loads

    def run() -> None:
        for line in lines:
            assert valid(loads(line)["packet"])

    return run


def _command(file: Path, name: str) -> float:
    """Seconds of `mockdde validate`, from its start to its end."""
    words = [sys.executable, "-m", "mockdde", "validate", "--schema", name, str(file)]
    begin = time.perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return time.perf_counter() - begin


def _seconds(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin
