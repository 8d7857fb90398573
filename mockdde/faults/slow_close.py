"""slow_close: the close handshake is slow."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "SlowClose"]


@dataclass(frozen=True, slots=True)
class SlowClose(StreamFault):
    """On the wire: a close frame of the client goes unanswered for ``ms``, or for ever with 0; what
    is due is sent meanwhile. Where the server closes first, the TCP close comes so much later, a
    minute at most.

    A good client waits some seconds for the answer to its close frame, then ends the TCP connection
    by itself; what comes meanwhile it takes, or throws away, but does not choke on.
    """

    NAME: ClassVar[str] = "slow_close"
    ms: int = 10_000

    def __post_init__(self) -> None:
        _connection.check_ms("ms", self.ms)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Until the connection ends."""
        effect = Effect()
        effect.close_delay = self.ms / 1000 or wire.FOREVER
        return effect


FAULT = SlowClose
