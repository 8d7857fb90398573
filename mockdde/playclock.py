"""Play time: the tournament's own, related to wire time by a straight line."""

from __future__ import annotations

__all__ = ["PlayClock"]


class PlayClock:
    """Play moments are milliseconds since 1970; wire times are seconds since 1970.

    Until ``start`` play stands still at ``origin``, and what is due by then is due at once.
    """

    def __init__(self, origin: int, speed: float) -> None:
        self.origin = origin
        self.speed = speed
        self._started: float | None = None

    @property
    def running(self) -> bool:
        """Whether play has begun to move."""
        return self._started is not None

    def start(self, wire: float) -> None:
        """Play begins to move; once is enough."""
        if self._started is None:
            self._started = wire

    def wire_of(self, moment: int) -> float | None:
        """The wire time of a play moment: 0 if it is past already, None if play does not move."""
        if moment <= self.origin:
            return 0.0
        if self._started is None:
            return None
        return self._started + (moment - self.origin) / (1000.0 * self.speed)

    def moment_of(self, wire: float) -> int:
        """The play moment of a wire time."""
        if self._started is None:
            return self.origin
        return self.origin + int((wire - self._started) * 1000.0 * self.speed)
