"""What is printed while something else goes on: a server's lines, and what takes so long."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Thread, Timer

__all__ = ["Printer", "patience", "printable"]

_MOST = 10_000  # lines that wait; what comes after them is lost, and counted
_PATIENCE = 1.0  # seconds that the last lines have to leave


def printable(text: str) -> str:
    """The same, with escapes for all that could steer a terminal: a client's words must not."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


@contextmanager
def patience(doing: str) -> Iterator[None]:
    """Say on a terminal what takes so long, once it has taken two seconds."""
    timer = Timer(2.0, lambda: print(f"{doing} …", file=sys.stderr, flush=True))  # noqa: T201
    timer.daemon = True
    if sys.stderr.isatty():
        timer.start()
    try:
        yield
    finally:
        timer.cancel()


class Printer:
    """Prints in a thread of its own: a full pipe, a full disk, a closed stdout lose only lines."""

    def __init__(self, apology: Callable[[int], str]) -> None:
        """``apology`` is what stands in for so many lines that were lost."""
        self._apology = apology
        self._waiting: deque[str] = deque()
        self._picture: Callable[[], str] | None = None
        self._lost = 0
        self._changed = Condition()
        self._stopping = False
        # A daemon, for a write into a pipe that nobody reads never returns.
        self._thread = Thread(target=self._run, name="mockdde-printer", daemon=True)
        self._thread.start()

    def print(self, line: str) -> None:
        """Print a line soon, after those before it."""
        self.write(f"{line}\n")

    def write(self, text: str) -> None:
        """Print a text as it is, soon, after those before it."""
        with self._changed:
            if len(self._waiting) >= _MOST:
                self._lost += 1
                return
            self._waiting.append(text)
            self._changed.notify()

    def show(self, picture: Callable[[], str] | None) -> None:
        """Draw a picture in the thread and print it, instead of one that has not been drawn yet."""
        with self._changed:
            self._picture = picture
            self._changed.notify()

    def close(self) -> None:
        """Wait until all is printed, though not for ever."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._picture or self._stopping)
                if not (self._waiting or self._picture):
                    return
                text = "".join(self._waiting)
                self._waiting.clear()
                picture, self._picture = self._picture, None
                lost, self._lost = self._lost, 0
            if lost:
                text += f"{self._apology(lost)}\n"
            if picture is not None:
                text += picture()
            try:
                sys.stdout.write(text)
                sys.stdout.flush()
            except (OSError, ValueError):
                pass  # nobody reads any more, or the disk is full: clients are served all the same
