"""burst: nothing, then many packets at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_held import Holding
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Burst"]

_MOST = 100_000
_LONGEST = 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Burst(StreamFault):
    """On the wire: no packet until ``count`` of them have gathered, or ``ms`` have passed; then all
    of them in one write, in order. Heartbeats go on. Then it is over.

    A good client keeps up with many packets in one read, and shows the last state, not each one on
    the way there.
    """

    NAME: ClassVar[str] = "burst"
    count: int = 20
    ms: int = 10_000

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 2, _MOST)
        wire.check_range("ms", self.ms, 1, _LONGEST)

    def begin(self, context: Context) -> Effect:
        """Gathers, once."""
        return _Gathering(self.count, context.now + self.ms / 1000)


class _Gathering(Holding):
    def __init__(self, most: int, until: float) -> None:
        super().__init__()
        self._most, self.wake = most, until

    def packet(self, message: Message, now: float) -> Iterable[Message]:
        """Waits for the others."""
        if self.over:
            return (message,)
        self.hold(message, now)
        return self.woken(now) if len(self._kept) == self._most else ()

    def woken(self, now: float) -> Iterable[Message]:
        """All of them."""
        self.wake, self.over = None, True
        return self.release(now)


FAULT = Burst
