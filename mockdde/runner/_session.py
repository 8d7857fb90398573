"""A whole run: all cases, a report that grows, and signals that end it early."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol

from mockdde import schemas
from mockdde.errors import UsageError
from mockdde.kit.cases import Case
from mockdde.records import dataclass
from mockdde.runner._book import Book
from mockdde.runner._calm import apart
from mockdde.runner._clients import Client
from mockdde.runner._schedule import Plan, Result, Schedule, calibrated
from mockdde.tokens import ready_made

__all__ = ["Ended", "Watcher", "run_cases"]

_FILES: Final = 65_536  # open at once


class Watcher(Protocol):
    """Who shows how it goes."""

    def started(self, total: int) -> None:
        """So many cases will run."""
        ...

    def case_started(self, case: str) -> None:
        """One of them runs now."""
        ...

    def case_done(self, entry: Mapping[str, Any]) -> None:
        """It has been judged."""
        ...


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run came to its end."""

    seconds: float
    signal: int = 0  # that ended it early
    slow: str = ""  # a sentence, where this machine is too busy for timing


async def run_cases(
    cases: Sequence[Case],
    client: Client,
    plan: Plan,
    book: Book,
    watcher: Watcher,
    ends_at: Sequence[str] = (),
) -> Ended:
    """Run them all; ``ends_at`` are levels after which no more is begun.

    UsageError where the client cannot be started. What was never begun is in the book, too.
    """
    loop = asyncio.get_running_loop()
    begun = loop.time()
    _raise_limit()
    await apart(_warm)
    idle = await calibrated()
    slow = ""
    if idle.max > idle.budget:
        slow = f"this machine is busy: with nothing to do, it was {idle.max:.2f} s late"
    watcher.started(len(cases))

    async def told(result: Result) -> bool:
        entry = await book.take(result)
        watcher.case_done(entry)
        return entry["level"] not in ends_at

    schedule = Schedule(plan, client, told, lambda case: watcher.case_started(case.id))
    task = asyncio.create_task(schedule.run(cases))
    with _rarely_collected(), _signals(loop, task) as caught, suppress(asyncio.CancelledError):
        await task
    why = "the run had ended before, at the first failure (--fail-fast)"
    if caught:
        why = f"the run was stopped before this by {signal.Signals(caught[0]).name}"
    for case in cases:
        if case.id not in book.entries:
            book.never_begun(case, why)
    return Ended(loop.time() - begun, caught[0] if caught else 0, slow)


@contextmanager
def _signals(loop: asyncio.AbstractEventLoop, task: asyncio.Task[None]) -> Iterator[list[int]]:
    """Cancel a task at the first signal; at the second the process ends as it would anyway."""
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(number: int) -> None:
        caught.append(number)
        for each in numbers:
            loop.remove_signal_handler(each)
        task.cancel()

    added = []
    for number in numbers:
        with suppress(NotImplementedError, ValueError, RuntimeError):  # not in another thread
            loop.add_signal_handler(number, end, number)
            added.append(number)
    try:
        yield caught
    finally:
        for number in added:
            loop.remove_signal_handler(number)


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """The collector looks seldom, and not at what stays: it holds up the loop, and all timers."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _warm() -> None:
    """Load what the first case would have to wait for."""
    schemas.validator("kit/state")
    ready_made()


def _raise_limit() -> None:
    """As many files as the system lets us have: each case has a server and its connections."""
    try:
        import resource  # noqa: PLC0415  (not everywhere)
    except ImportError as error:
        raise UsageError("a client can be started on Linux and macOS only") from error
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
