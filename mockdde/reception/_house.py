"""What a reception asks of the engine, and the engine of a reception."""

from __future__ import annotations

from typing import Protocol

from mockdde.journal import Journal
from mockdde.quirks import Quirks
from mockdde.subscriber import Subscriber
from mockdde.tokens import Pass

__all__ = ["House", "Reception"]


class House(Protocol):
    """What the engine does for it."""

    journal: Journal

    def quirks_of(self, subscriber: Subscriber) -> Quirks:
        """The quirks of its tournament."""
        ...

    def seat(self, subscriber: Subscriber) -> bool:
        """From now on it is told what its source has; false where there is no such stream."""
        ...

    def fill(self, subscriber: Subscriber, wire: float) -> None:
        """There is something for it to take."""
        ...

    def wait(self, who: Subscriber, until: float | None) -> None:
        """It waits until then for ``overdue``."""
        ...

    def close(self, subscriber: Subscriber, code: int, reason: str) -> None:
        """It is closed once it has taken all that is due."""
        ...


class Reception(Protocol):
    """Receives connections: what they say, what they are told, their heartbeats and deadlines."""

    def opened(
        self, subscriber: Subscriber, quirks: Quirks, wire: float, allowed: Pass | None
    ) -> None:
        """A connection is open; ``allowed`` is what its handshake allows it, where that says so."""
        ...

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """It has said something."""
        ...

    def pinged(self, subscriber: Subscriber, wire: float) -> None:
        """It has sent a ping."""
        ...

    def overdue(self, subscriber: Subscriber, at: float) -> None:
        """What it has waited for is due."""
        ...

    def pace(self, subscriber: Subscriber, now: float) -> None:
        """When it gets its next heartbeat; again when a fault changes their pace."""
        ...

    def ended(self, subscriber: Subscriber, wire: float) -> None:
        """Nothing will be added to what it reads."""
        ...

    def left(self, subscriber: Subscriber) -> None:
        """It is gone; nothing is kept of it."""
        ...
