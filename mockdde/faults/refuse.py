"""refuse: nobody listens for a while."""

from __future__ import annotations

from typing import ClassVar

from mockdde import wire
from mockdde.faults import _connection
from mockdde.records import dataclass
from mockdde.wire import Order, ServerFault

__all__ = ["FAULT", "Refuse"]


@dataclass(frozen=True, slots=True)
class Refuse(ServerFault):
    """On the wire: for ``ms`` a SYN to the server's port is answered with RST: connection refused.
    It is of the whole server, whichever stream was the trigger; what is open stays open.

    A good client tries again after a pause that grows, with some chance in it, and does not give up
    while the event goes on.
    """

    NAME: ClassVar[str] = "refuse"
    ms: int = 5000

    def __post_init__(self) -> None:
        _connection.check_ms("ms", self.ms, 1)

    def order(self) -> Order:
        """The outage."""
        return wire.Shut(self.ms / 1000)


FAULT = Refuse
