"""What a subscriber costs who is there and is sent nothing: memory of the server, for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks._wire import PEERS, Story, missing, sending, story
from tests.benchmarks.table import Row, at_most, measured, skipped

SUBSCRIBERS = 5000
BEFORE = 200  # connected before the first look, so that what is made once is not counted


def rows() -> Iterator[Row]:
    """Kilobytes of resident memory."""
    what = f"idle subscriber, of {SUBSCRIBERS:,}"
    with story() as told:
        for name in PEERS:
            if why := missing(name):
                yield skipped(f"{what}, {name}", why)
                continue
            size = (_resident(name, told, SUBSCRIBERS) - _resident(name, told, BEFORE)) / (
                SUBSCRIBERS - BEFORE
            )
            if name == "ours":
                yield at_most(14, what, size / 1000, "kB")
            else:
                yield measured(f"{what}, {name}", size / 1000, "kB")


def _resident(name: str, told: Story, count: int) -> float:
    """Bytes that a server holds with so many subscribers, each accepted."""
    with sending(name, told, "live", count) as (server, _):
        status = Path(f"/proc/{server.pid}/status").read_text()
        line = next(each for each in status.splitlines() if each.startswith("VmRSS:"))
        return 1024 * float(line.split()[1])
