"""close: a close frame with any code and reason, right after a packet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["FAULT", "Close"]

_UNSENDABLE = (1004, 1005, 1006, 1015)  # RFC 6455 §7.4.1: reserved, never in a frame
_LONGEST_REASON = 123  # bytes, RFC 6455 §5.5


@dataclass(frozen=True, slots=True)
class Close:
    """On the wire: the packet named, a close frame with this code and reason, the TCP close.

    A good client answers with a close frame, connects again, sends its token, and takes the packets
    that come again for what they are: packets it has already.
    """

    NAME: ClassVar[str] = "close"
    code: int = 1011
    reason: str = ""

    def __post_init__(self) -> None:
        if not 1000 <= self.code <= 4999 or self.code in _UNSENDABLE:
            raise ValueError(f"code {self.code} cannot be sent; use 1000 to 4999, such as 1011")
        if len(self.reason.encode()) > _LONGEST_REASON:
            raise ValueError(f"the reason is longer than {_LONGEST_REASON} bytes")

    @property
    def close(self) -> tuple[int, str]:
        """The code and reason to close the connection with."""
        return self.code, self.reason


FAULT = Close
