"""Wire time from this machine's clocks."""

from __future__ import annotations

import time

__all__ = ["WireClock"]


class WireClock:
    """Seconds since 1970 that never jump: the wall clock once, the monotonic one from there.

    ``speed`` is how many times faster than real time it runs.
    """

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._wall, self._begin = time.time(), time.monotonic()

    def now(self) -> float:
        """The wire time now."""
        return self.wire_of(self.wall())

    def wall(self) -> float:
        """The real time now, which is that of tokens: a client's own clock has no other."""
        return self._wall + time.monotonic() - self._begin

    def wire_of(self, wall: float) -> float:
        """The wire time at a real time."""
        return self._wall + (wall - self._wall) * self.speed
