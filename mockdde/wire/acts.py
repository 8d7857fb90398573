"""What is done to a connection, or to the server as a whole."""

from __future__ import annotations

from typing import TypeAlias

from mockdde.records import dataclass

__all__ = [
    "FOREVER",
    "Act",
    "Close",
    "Ending",
    "Fin",
    "Freeze",
    "Order",
    "Reset",
    "Restart",
    "Shut",
]

FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Close:
    """A close frame after all that is due, then the TCP close once the client has answered."""

    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fin:
    """The TCP close without a close frame; the client reads an end of file."""


@dataclass(frozen=True, slots=True)
class Reset:
    """A TCP reset; what the client has not read yet is lost to it."""


@dataclass(frozen=True, slots=True)
class Freeze:
    """For so long nothing is sent, and what the client sends is heard only after it.

    One of 0 seconds ends another before its time.
    """

    seconds: float = FOREVER


@dataclass(frozen=True, slots=True)
class Restart:
    """All sockets are closed with ``code``, nobody listens for ``gap`` s, then it serves again.

    Requests under way have ``drain`` seconds to end before.
    """

    code: int
    reason: str
    drain: float
    gap: float


@dataclass(frozen=True, slots=True)
class Shut:
    """Nobody listens for so long: a SYN is answered with RST. What is open stays open."""

    seconds: float


Ending: TypeAlias = Close | Fin | Reset
Order: TypeAlias = Restart | Shut  # what the server does as a whole
Act: TypeAlias = Ending | Freeze | Order
