"""server_restart: the server goes away, and comes back."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Order, ServerFault

__all__ = ["FAULT", "ServerRestart"]


@dataclass(frozen=True, slots=True)
class ServerRestart(ServerFault):
    """On the wire: nobody listens any more; after ``drain_ms`` every WebSocket is closed with this
    code and reason, and every other connection ends; for ``gap_ms`` more a SYN is answered with
    RST; then the server is back on the same port. It is of the whole server, whichever stream was
    the trigger. Play goes on meanwhile, and a stream begins again with its first packet.

    A good client answers the close frame, connects again after a pause that grows, with some chance
    in it, and takes what it has already for that.
    """

    NAME: ClassVar[str] = "server_restart"
    drain_ms: int = 0
    gap_ms: int = 3000
    code: int = 1012
    reason: str = "service restart"

    def __post_init__(self) -> None:
        _connection.check_ms("drain_ms", self.drain_ms)
        _connection.check_ms("gap_ms", self.gap_ms)
        wire.check_close(self.code, self.reason)

    def order(self) -> Order:
        """The restart."""
        return wire.Restart(self.code, self.reason, self.drain_ms / 1000, self.gap_ms / 1000)


FAULT = ServerRestart
