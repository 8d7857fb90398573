"""half_open: the connection is open, and dead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault, Thing

__all__ = ["FAULT", "HalfOpen"]


@dataclass(frozen=True, slots=True)
class HalfOpen(StreamFault):
    """On the wire: the packet that is the trigger, and then nothing for ``ms``, or for ever with 0:
    no packet, no heartbeat, no pong, no answer to a close frame. TCP itself goes on: the socket
    stays open, and takes what the client sends. After ``ms`` all that is due by then comes at once,
    and what the client has sent meanwhile is heard.

    A good client misses the heartbeats: after two or three of them it gives the connection up,
    without waiting for its close frame to be answered, and connects again.
    """

    NAME: ClassVar[str] = "half_open"
    ms: int = 0

    def __post_init__(self) -> None:
        _connection.check_ms("ms", self.ms)

    def begin(self, context: Context) -> Effect:
        """Until its time is over."""
        return _Frozen(context.now, self.ms / 1000 or wire.FOREVER)


class _Frozen(Effect):
    def __init__(self, now: float, seconds: float) -> None:
        self._seconds = seconds
        self.wake = now + seconds

    def start(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        return (wire.Freeze(self._seconds),)

    def woken(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        self.over = True
        return ()

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        return (wire.Freeze(0.0),)


FAULT = HalfOpen
