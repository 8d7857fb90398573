"""latency: everything comes later."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Latency"]

_LONGEST = 3_600_000  # milliseconds
_WIDEST = 3.0  # a sigma; one in a thousand is then ten thousand times the median


@dataclass(frozen=True, slots=True)
class Latency(StreamFault):
    """On the wire: from now on every message and heartbeat so much later than its turn:
    ``ms`` (``fixed``), from ``ms - jitter_ms`` to ``ms + jitter_ms`` (``uniform``), or half of all
    below ``median`` ms and a few far beyond (``lognormal``, of deviation ``sigma``). Order is kept:
    what has drawn less waits for what is before it. A pong is as late as the message before it.

    A good client reads times from packets, never from their arrival, and has a watchdog with more
    patience than one late heartbeat.
    """

    NAME: ClassVar[str] = "latency"
    ms: int = 200
    jitter_ms: int = 0
    dist: str = "fixed"
    median: int = 200
    sigma: float = 0.5

    def __post_init__(self) -> None:
        wire.check_choice("dist", self.dist, ("fixed", "uniform", "lognormal"))
        wire.check_range("ms", self.ms, 0, _LONGEST)
        wire.check_range("jitter_ms", self.jitter_ms, 0, self.ms)
        wire.check_range("median", self.median, 0, _LONGEST)
        wire.check_range("sigma", self.sigma, 0, _WIDEST)
        if self.jitter_ms and self.dist != "uniform":
            raise ValueError("jitter_ms belongs to dist: uniform")

    def begin(self, context: Context) -> Effect:
        """Draws for each message."""
        return _Late(self, context.chance)

    def draw(self, chance: Chance) -> float:
        """Seconds, whole milliseconds of them."""
        match self.dist:
            case "uniform":
                ms = chance.whole(self.ms - self.jitter_ms, self.ms + self.jitter_ms)
            case "lognormal":
                ms = min(_LONGEST, int(chance.lognormal(self.median, self.sigma) + 0.5))
            case _:
                ms = self.ms
        return ms / 1000


class _Late(Effect):
    def __init__(self, fault: Latency, chance: Chance) -> None:
        self._fault, self._chance = fault, chance
        self._last = fault.draw(chance)

    def message(self, message: Message, now: float) -> Iterable[Message]:  # noqa: ARG002
        """Later, by a draw of its own."""
        self._last = self._fault.draw(self._chance)
        return (replace(message, delay=message.delay + self._last),)

    def lag(self) -> float:
        """A pong draws nothing, so that messages do not depend on a client's pings."""
        return self._last


FAULT = Latency
