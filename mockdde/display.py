"""A live display of a server: looked at on the loop, cheaply; drawn in the printer's thread."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from time import monotonic, perf_counter
from typing import TextIO

from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.journal import Entry
from mockdde.printer import Printer
from mockdde.snapshot import BEGINS, OVER, PAUSED, PLAYS, Playing, Snapshot
from mockdde.subscriber import Subscriber

__all__ = ["Display", "is_possible", "pause"]

# The dashboard and rich are imported by the first picture, in the printer's thread: a server that
# has no terminal never waits for them, and one that has serves meanwhile.
# ruff: noqa: PLC0415

_TICK = 0.25  # seconds between two looks at least
_LOOK_SHARE, _DRAW_SHARE = 100, 20  # looking takes a hundredth of the time at most, drawing 5 %
_SWITCH = 0.001  # seconds
_LEAVING = 0.1  # seconds that a terminal has to take the last bytes before the process is suspended
_RATE = 1.0  # seconds of which packets are counted together
_RATES = 30  # of the newest are kept
_FAULTS, _ENTRIES = 5, 100  # of the newest are kept
_USUAL = os.terminal_size((80, 24))

# Another screen, so that no resize leaves a trace; without a cursor that runs about.
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[2J", "\x1b[?25h\x1b[?1049l"
_BEGIN, _LINE, _END = "\x1b[?2026h\x1b[H\x1b[2K", "\n\x1b[2K", "\x1b[J\x1b[?2026l"


def is_possible(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a stream is a terminal that can show it, and nobody asks for plain lines."""
    if environment.get("NO_COLOR") or environment.get("TERM", "dumb") in ("", "dumb"):
        return False
    return stream.isatty() and stream.encoding.lower().replace("-", "") == "utf8"


def pause(looking: float, drawing: float) -> float:
    """Seconds until the next look, after one that took so long and a picture that took so long."""
    return max(_TICK, _LOOK_SHARE * looking, _DRAW_SHARE * drawing)


class Display:
    """Shows a server until ``stop``; then the last picture stands, and the terminal is in order."""

    def __init__(
        self,
        engine: Engine,
        clock: WireClock,
        printer: Printer,
        addresses: Mapping[str, str],
        speed: float,
    ) -> None:
        """``speed`` is that of tournaments that do not tell their own."""
        self._engine, self._clock, self._printer = engine, clock, printer
        self._addresses, self._speed = tuple(addresses.items()), speed
        self._reading: dict[int, Subscriber] = {}
        self._taken = 0  # packets by those who are gone, less where those began who are not
        self._counted = (monotonic(), 0)  # when packets were counted last, and how many
        self._rates: deque[float] = deque(maxlen=_RATES)
        self._fired = 0
        self._faults: deque[Entry] = deque(maxlen=_FAULTS)
        self._entries: deque[Entry] = deque(maxlen=_ENTRIES)
        self._last: tuple[Snapshot, os.terminal_size] | None = None
        self._drawing = 0.0  # seconds that the last picture took
        self._stopped = self._suspended = False
        self._task: asyncio.Task[None] | None = None
        engine.journal.listeners.append(self._hear)

    def start(self) -> None:
        """Take the terminal."""
        # While a picture is drawn the loop waits for the interpreter no longer than this.
        sys.setswitchinterval(_SWITCH)
        self._printer.write(_ENTER)
        loop = asyncio.get_running_loop()
        self._task = loop.create_task(self._watch())
        with suppress(AttributeError, NotImplementedError):  # Windows has no such signals
            loop.add_signal_handler(signal.SIGTSTP, self._suspend)
            loop.add_signal_handler(signal.SIGCONT, self._resume)

    async def _watch(self) -> None:
        """Look again and again, rarely enough; draw what has changed."""
        while True:
            began = perf_counter()
            self._look()
            took = perf_counter() - began
            await asyncio.sleep(pause(took, self._drawing))

    def stop(self) -> None:
        """Leave the terminal as it was, with the last picture on it; later faults go below."""
        if self._task is not None:
            self._task.cancel()
        self._printer.show(None)
        text = _text(self.snapshot(), _size().columns, None)
        self._printer.write(f"{'' if self._suspended else _LEAVE}{text}\n")
        self._stopped = True

    def _suspend(self) -> None:
        """Ctrl-Z: the shell gets its terminal back before this process stands still."""
        if self._stopped:
            return  # it ends in a moment
        self._suspended = True
        self._printer.show(None)
        self._printer.write(_LEAVE)
        loop = asyncio.get_running_loop()
        loop.call_later(_LEAVING, os.kill, os.getpid(), signal.SIGSTOP)

    def _resume(self) -> None:
        """``fg``, or whoever else lets it go on: all is drawn again."""
        if self._suspended:
            self._printer.write(_ENTER)
        self._suspended, self._last = False, None

    def snapshot(self) -> Snapshot:
        """How the server stands; a fraction of a millisecond for a thousand connections."""
        now = self._clock.now()
        reading = self._reading.values()
        delivered = self._taken + sum(each.cursor - each.skipped for each in reading)
        since, before = self._counted
        seconds = monotonic() - since  # real ones: the wire's may be faster
        if seconds >= _RATE:
            if not any(self._rates):
                self._rates.clear()  # or a server at rest would look another way each second
            self._rates.append(round((delivered - before) / seconds, 1))
            self._counted = (since + seconds, delivered)
        streams = Counter(each.source.path for each in self._engine.subscribers.values())
        return Snapshot(
            addresses=self._addresses,
            tournaments=tuple(self._playing(each) for each in self._engine.standing(now)),
            connections=len(self._engine.subscribers),
            streams=tuple(streams.most_common()),
            delivered=delivered,
            rates=tuple(self._rates),
            fired=self._fired,
            faults=tuple(self._faults),
            entries=tuple(self._entries),
        )

    def _playing(self, standing: Mapping[str, object]) -> Playing:
        state = PLAYS if standing["running"] else BEGINS
        if standing["over"]:
            state = OVER
        elif standing.get("paused"):
            state = PAUSED
        # Of what is over the clock runs on, and means nothing.
        moment = "" if state == OVER else str(standing["now"])[: len("2025-02-20T12:09:59")]
        speed = standing.get("speed")
        return Playing(
            number=int(str(standing["tournament"])),
            name=str(standing["name"]),
            scenario=str(standing["scenario"]),
            state=state,
            moment=moment,
            speed=float(speed) if isinstance(speed, int | float) else self._speed,
        )

    def _hear(self, entry: Entry) -> None:
        """The journal has a new entry; it comes right after what it tells of."""
        if self._stopped:
            if entry.event in ("never-fired", "failed"):
                self._printer.print(f"{entry.event} {entry.detail}")
            return
        if entry.event == "accepted" and entry.connection is not None:
            subscriber = self._engine.subscribers.get(entry.connection)
            if subscriber is not None:
                self._reading[subscriber.id] = subscriber
                self._taken -= subscriber.cursor - subscriber.skipped  # of before, and not for it
        elif entry.event == "closed" and entry.connection in self._reading:
            subscriber = self._reading.pop(entry.connection)
            self._taken += subscriber.cursor - subscriber.skipped
        elif entry.event == "fault":
            self._fired += 1
            self._faults.append(entry)
        if not entry.is_routine:
            self._entries.append(entry)

    def _look(self) -> None:
        if self._suspended:
            return
        current = (self.snapshot(), _size())
        if current != self._last:
            self._last = current
            self._printer.show(partial(self._frame, *current))

    def _frame(self, snapshot: Snapshot, size: os.terminal_size) -> str:
        """A picture as the terminal takes it; called in the printer's thread."""
        began = perf_counter()
        lines = _text(snapshot, size.columns, size.lines).split("\n")[: size.lines]
        self._drawing = perf_counter() - began
        return f"{_BEGIN}{_LINE.join(lines)}{_END}"


def _size() -> os.terminal_size:
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        return _USUAL
    return size if size.columns and size.lines else _USUAL  # a serial line does not know its own


def _text(snapshot: Snapshot, width: int, height: int | None) -> str:
    from rich.console import Console

    from mockdde.dashboard import draw

    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=True,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    with console.capture() as captured:
        console.print(draw(snapshot, width, height), end="")
    return captured.get().rstrip("\n")
