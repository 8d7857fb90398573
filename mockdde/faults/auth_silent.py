"""auth_silent: a good token is not answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "AuthSilent"]


@dataclass(frozen=True, slots=True)
class AuthSilent(StreamFault):
    """On the wire: a good token is not answered for ``ms``, or never with 0; no packet and no
    heartbeat comes before the answer. Pings and close frames are answered. After ``ms`` come the
    answer and all packets that are due by then. A token that is not good is refused as ever.

    Who speaks the live dialect sends no such message: its token is in the handshake, and not
    answered there (handshake_hang). It does not strike there.

    A good client waits some seconds for the answer to its token, then closes and connects again.
    """

    NAME: ClassVar[str] = "auth_silent"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    TRIGGERS: ClassVar[tuple[str, ...]] = ("connection", "connect", "scenario", "signal", "now")
    ms: int = 0

    def __post_init__(self) -> None:
        _connection.check_ms("ms", self.ms)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Until the answer is given."""
        return _Silent(self.ms / 1000 or wire.FOREVER)


class _Silent(Effect):
    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._held: list[Message] = []

    def message(self, message: Message, now: float) -> Iterable[Thing]:
        if not self._held:
            if message.kind != "reply" or message.place is not None:
                return (message,)
            self.wake = now + self._seconds
        if message.place is not None or message.kind != "heartbeat":
            self._held.append(message)
        return ()

    def woken(self, now: float) -> Iterable[Thing]:
        self.over = True
        return self.end(now)

    def end(self, now: float) -> Iterable[Thing]:  # noqa: ARG002
        held, self._held = self._held, []
        return held


FAULT = AuthSilent
