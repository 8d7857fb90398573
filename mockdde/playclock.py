"""Play time, the tournament's own, related to wire time by straight lines; how all clocks go."""

from __future__ import annotations

from typing import Final

from mockdde.records import dataclass

__all__ = ["FASTEST", "ORDINARY", "SLOWEST", "Clocks", "PlayClock"]

SLOWEST, FASTEST = 0.001, 1_000_000.0  # speeds


@dataclass(frozen=True, slots=True)
class Clocks:
    """How the clocks of a server go.

    ``wire_speed`` is how many times faster than real time the wire's clock runs; ``max_gap`` the
    most seconds of the wire between two events of a tournament; ``start_at`` where play begins, as
    ``Conductor.seek`` has it; ``loops``: a tournament that is over begins again; ``rebases``: it
    is played as if it took place now.
    """

    wire_speed: float = 1.0
    max_gap: float | None = None
    start_at: str | None = None
    loops: bool = False
    rebases: bool = False


ORDINARY: Final = Clocks()


class PlayClock:
    """Play moments are milliseconds since 1970; wire times are seconds since 1970.

    Until ``start`` play stands still, and so it does while it is paused or held; what is due by
    then is due at once. It never goes back, nor jumps but by ``jump``. ``speed`` is in seconds of
    play a second of the wire.
    """

    __slots__ = ("_play", "_since", "begun", "held", "past", "paused", "speed")

    def __init__(self, moment: int, speed: float) -> None:
        self._play = float(moment)  # where play stands, or stood at ``_since``
        self._since: float | None = None  # None while it stands still
        self.past = 0.0  # the wire time at which what is past is due
        self.speed = speed
        self.begun = False
        self.paused = False
        self.held = False  # it moves by jumps only

    def start(self, wire: float) -> None:
        """Play begins to move; once is enough."""
        if not self.begun:
            self.begun = True
            self._go(wire)

    def pause(self, wire: float) -> None:
        """Play stands still from here on."""
        self._stand(wire)
        self.paused = True

    def resume(self, wire: float) -> None:
        """Play goes on from where it stands, if it has begun."""
        self._stand(wire)
        self.paused = False
        self._go(wire)

    def hold(self, wire: float) -> None:
        """Play moves by jumps only, until it is let go."""
        self._stand(wire)
        self.held = True

    def let_go(self, wire: float) -> None:
        """Play goes on from where it stands, if nothing else stops it."""
        self._stand(wire)
        self.held = False
        self._go(wire)

    def set_speed(self, wire: float, speed: float) -> None:
        """Play goes on from where it is, so fast."""
        self._stand(wire)
        self.speed = speed
        self._go(wire)

    def jump(self, moment: float, wire: float) -> None:
        """Play is at this moment now."""
        self._play, self.past = float(moment), wire
        if self._since is not None:
            self._since = wire

    def _stand(self, wire: float) -> None:
        if self._since is not None:
            self._play, self.past, self._since = self.exactly(wire), wire, None

    def _go(self, wire: float) -> None:
        if self.begun and not self.paused and not self.held:
            self._since = wire

    def wire_of(self, moment: int) -> float | None:
        """The wire time of a play moment: ``past`` if it is, None if play does not move."""
        if moment <= self._play:
            return self.past
        if self._since is None:
            return None
        return self._since + (moment - self._play) / (1000.0 * self.speed)

    def exactly(self, wire: float) -> float:
        """The play moment of a wire time, with fractions of a millisecond."""
        if self._since is None:
            return self._play
        return self._play + (wire - self._since) * 1000.0 * self.speed

    def moment_of(self, wire: float) -> int:
        """The play moment of a wire time."""
        return int(self.exactly(wire))
