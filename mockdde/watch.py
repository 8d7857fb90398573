"""What a way asks of a rule that may strike its connection."""

from __future__ import annotations

from typing import Protocol

from mockdde.wire import Effect, Message

__all__ = ["Watch"]


class Watch(Protocol):
    """A rule that may strike this connection."""

    at: float | None  # the wire time that is its trigger, while it waits for that

    @property
    def place(self) -> int:
        """That of its effects among the others."""
        ...

    def hears(self, message: Message, now: float) -> bool:
        """Whether it strikes with a packet."""
        ...

    def heard(self, number: int) -> bool:
        """Whether the client's so manieth message is."""
        ...

    def strike(self, now: float, *, room: bool) -> tuple[float, Effect] | None:
        """An occasion: when it ends and what it does; nothing where there is no room for it."""
        ...

    def authenticated(self, now: float) -> None:
        """The token was good."""
        ...
