"""A timer that wakes the event loop: on Linux to some microseconds, elsewhere to a millisecond."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

__all__ = ["Timer"]

_NANO = 1_000_000_000
_NEAR = 0.1  # seconds; what is further off is waited for by the event loop first


class Timer:
    """Calls once, so many seconds after it was set last; event loops round to milliseconds.

    It may call early: who is called looks whether it is time, and sets it again.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._loop = asyncio.get_running_loop()
        self._handle: asyncio.TimerHandle | None = None
        self._tried = False
        self._file = -1  # the system's timer, once one was made
        self._settime: Callable[[int, float], None] | None = None

    def set(self, seconds: float) -> None:
        """Call then, and not when it was to be before; what is far off, a little early."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
        if seconds > _NEAR:
            self._handle = self._loop.call_later(seconds - _NEAR / 2, self._call)
            return
        if not self._tried:
            self._tried = True
            self._open()
        if self._settime is not None:
            self._settime(self._file, max(seconds, 1e-9))  # nought would stop it
        else:
            self._handle = self._loop.call_later(seconds, self._call)

    def close(self) -> None:
        """Call no more."""
        if self._handle is not None:
            self._handle.cancel()
        if self._file >= 0:
            self._loop.remove_reader(self._file)
            os.close(self._file)
            self._file, self._settime = -1, None

    def _open(self) -> None:
        """Have the system's timer, where it has one and the event loop can wait for it."""
        if not sys.platform.startswith("linux"):
            return
        with suppress(OSError, NotImplementedError, AttributeError):
            create, settime = _functions()
            self._file = create()
            self._loop.add_reader(self._file, self._fired)
            self._settime = settime

    def _fired(self) -> None:
        with suppress(BlockingIOError):  # it was set again meanwhile
            os.read(self._file, 8)
            self._call()


def _functions() -> tuple[Callable[[], int], Callable[[int, float], None]]:
    """How a timer is made and set. AttributeError, OSError where the system has none."""
    own: Any = os
    if hasattr(os, "timerfd_create"):  # Python 3.13
        flags = own.TFD_NONBLOCK | own.TFD_CLOEXEC
        return (
            lambda: int(own.timerfd_create(own.CLOCK_MONOTONIC, flags=flags)),
            lambda file, seconds: own.timerfd_settime(file, initial=seconds),
        )
    import ctypes  # noqa: PLC0415  (only here, and it takes a while)

    library = ctypes.CDLL(None, use_errno=True)
    spec = ctypes.c_long * 4  # the interval and the first time, in seconds and nanoseconds each

    def create() -> int:
        return _checked(int(library.timerfd_create(1, os.O_NONBLOCK | os.O_CLOEXEC)))

    def settime(file: int, seconds: float) -> None:
        whole, nanos = divmod(round(seconds * _NANO), _NANO)
        library.timerfd_settime(file, 0, spec(0, 0, whole, max(nanos, 1)), None)

    def _checked(file: int) -> int:
        if file < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        return file

    return create, settime
