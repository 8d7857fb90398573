"""ping_flood: many pings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.frames import PING, frame
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Frame, StreamFault

__all__ = ["FAULT", "PingFlood"]

_FASTEST = 1000  # pings per second
_MOST = 1_000_000
_LONGEST = 125  # bytes, RFC 6455 §5.5


@dataclass(frozen=True, slots=True)
class PingFlood(StreamFault):
    """On the wire: ``count`` pings with this payload between the messages, ``rate`` of them each
    second; with a count of 0 they go on until the fault ends.

    A good client answers each with a pong of the same payload, or the newest where it is behind
    (RFC 6455 §5.5.3), and takes none of them for a heartbeat of the feed.
    """

    NAME: ClassVar[str] = "ping_flood"
    rate: int = 100
    count: int = 100
    payload: str = ""

    def __post_init__(self) -> None:
        wire.check_range("rate", self.rate, 1, _FASTEST)
        wire.check_range("count", self.count, 0, _MOST)
        if len(self.payload.encode()) > _LONGEST:
            raise ValueError(f"the payload is longer than {_LONGEST} bytes, which no ping may be")

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """One at once, the others after it."""
        return _Flood(self.rate, self.count, frame(PING, self.payload.encode()))


class _Flood(Effect):
    def __init__(self, rate: int, count: int, ping: bytes) -> None:
        self._rate, self._count, self._ping = rate, count, ping
        self._began, self._sent = 0.0, 0

    def start(self, now: float) -> Iterable[Frame]:
        """The first."""
        self._began = now
        return self.woken(now)

    def woken(self, now: float) -> Iterable[Frame]:  # noqa: ARG002
        """The next; when is reckoned from the first, so that the rate holds."""
        self._sent += 1
        self.over = self._sent == self._count
        self.wake = None if self.over else self._began + self._sent / self._rate
        return (Frame(self._ping),)


FAULT = PingFlood
