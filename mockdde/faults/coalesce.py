"""coalesce: many frames in one TCP segment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._bytes_held import Holding
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Coalesce"]

_MOST = 10_000
_LONGEST = 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Coalesce(StreamFault):
    """On the wire: from now on messages, heartbeats too, wait until there are ``frames`` of them or
    the first has waited ``ms``; then they come in one write, which is one TCP segment or a few
    full ones. Then the next gather.

    A good client takes every frame out of what it has read before it reads again.
    """

    NAME: ClassVar[str] = "coalesce"
    frames: int = 8
    ms: int = 2000

    def __post_init__(self) -> None:
        wire.check_range("frames", self.frames, 2, _MOST)
        wire.check_range("ms", self.ms, 1, _LONGEST)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Group by group."""
        return _Groups(self.frames, self.ms / 1000)


class _Groups(Holding):
    def __init__(self, most: int, longest: float) -> None:
        super().__init__()
        self._most, self._longest = most, longest

    def message(self, message: Message, now: float) -> Iterable[Message]:
        """With the others of its group."""
        if not self._kept:
            self.wake = now + self._longest
        self.hold(message, now)
        return self.woken(now) if len(self._kept) == self._most else ()

    def woken(self, now: float) -> Iterable[Message]:
        """The group is complete, or has waited long enough."""
        self.wake = None
        return self.release(now)


FAULT = Coalesce
