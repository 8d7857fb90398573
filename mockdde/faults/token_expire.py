"""token_expire: a token is good for so long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "TokenExpire"]


@dataclass(frozen=True, slots=True)
class TokenExpire(StreamFault):
    """On the wire: ``after_ms`` after a token was accepted a close frame with this code and reason;
    where the trigger comes after the token, so long after the trigger. It strikes every connection.

    In the live dialect a token is accepted with the handshake: it is so long after the trigger.

    A good client asks for a new token, connects again with that one; better, it does so before
    the old one ends.
    """

    NAME: ClassVar[str] = "token_expire"
    TIMES: ClassVar[int] = 0
    after_ms: int = 60_000
    code: int = 1008
    reason: str = "token expired"

    def __post_init__(self) -> None:
        _connection.check_ms("after_ms", self.after_ms)
        wire.check_close(self.code, self.reason)

    def begin(self, context: Context) -> Effect:
        """Until the token ends."""
        close = wire.Close(self.code, self.reason)
        return _Expiring(close, self.after_ms / 1000, context.now if context.accepted else None)


class _Expiring(Effect):
    def __init__(self, close: wire.Close, seconds: float, since: float | None) -> None:
        self._close, self._seconds = close, seconds
        self._counts = since is not None
        if since is not None:
            self.wake = since + seconds

    def message(self, message: Message, now: float) -> Iterable[Thing]:
        if not self._counts and message.place is None and message.kind == "reply":
            self._counts = True
            self.wake = now + self._seconds
        return (message,)

    def woken(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        self.over = True
        return (self._close,)


FAULT = TokenExpire
