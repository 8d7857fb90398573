"""Wire time from this machine's clocks."""

from __future__ import annotations

import time

__all__ = ["WireClock"]


class WireClock:
    """Seconds since 1970 that never jump: the wall clock once, the monotonic one from there."""

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> float:
        """The wire time now."""
        return self._offset + time.monotonic()
