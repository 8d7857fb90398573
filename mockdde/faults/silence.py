"""silence: packets pause."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_held import Holding
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Silence"]

_LONGEST = 86_400_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Silence(StreamFault):
    """On the wire: no packet for ``ms``, then all of that time at once, in order. Heartbeats go on
    (``heartbeats: keep``), or those of that time never come (``stop``). The connection stays open,
    and pings are answered.

    A good client that still hears heartbeats waits, for a pause of play looks the same; one that
    hears nothing at all connects again once its watchdog has lost patience.
    """

    NAME: ClassVar[str] = "silence"
    ms: int = 15_000
    heartbeats: str = "keep"

    def __post_init__(self) -> None:
        wire.check_range("ms", self.ms, 1, _LONGEST)
        wire.check_choice("heartbeats", self.heartbeats, ("keep", "stop"))

    def begin(self, context: Context) -> Effect:
        """A pause from now on."""
        return _Pause(context.now + self.ms / 1000, beats=self.heartbeats == "keep")


class _Pause(Holding):
    def __init__(self, until: float, *, beats: bool) -> None:
        super().__init__()
        self.wake, self._beats = until, beats

    def message(self, message: Message, now: float) -> Iterable[Message]:
        """Packets wait; what else there is, not."""
        if self.over:
            return (message,)
        if message.place is not None:
            return self.hold(message, now)
        return () if message.kind == "heartbeat" and not self._beats else (message,)

    def woken(self, now: float) -> Iterable[Message]:
        """The pause is over."""
        self.wake, self.over = None, True
        return self.release(now)


FAULT = Silence
