"""What faults that hold messages back share."""

from __future__ import annotations

from collections.abc import Iterable

from mockdde.records import replace
from mockdde.wire import Effect, Message

__all__ = ["Holding"]


class Holding(Effect):
    """Holds messages back, and lets them go all together."""

    def __init__(self) -> None:
        self._kept: list[tuple[float, Message]] = []  # when each is due

    def hold(self, message: Message, now: float) -> Iterable[Message]:
        """Keep a message; nothing of it is sent yet."""
        self._kept.append((now + message.delay, message))
        self.held += len(message.payload)
        return ()

    def release(self, now: float) -> Iterable[Message]:
        """All that was kept, in one write: when the last of them is due."""
        kept, self._kept, self.held = self._kept, [], 0
        last = max((due for due, each in kept if not each.overtaken), default=now)
        return [
            replace(each, delay=max(0.0, (due if each.overtaken else last) - now))
            for due, each in kept
        ]

    def end(self, now: float) -> Iterable[Message]:
        """What is kept comes when its time is over."""
        return self.release(now)
