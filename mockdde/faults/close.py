"""close: a close frame with any code and reason, right after a packet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

__all__ = ["FAULT", "Close"]

_UNSENDABLE = (1004, 1005, 1006, 1015)  # RFC 6455 §7.4.1: reserved, never in a frame
_LAST_OF_PROTOCOL = 1014  # the last given out of those up to 2999, which are the protocol's
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
        if self.code in _UNSENDABLE:
            raise ValueError(f"code {self.code} is in no close frame; use one such as 1011")
        if not (1000 <= self.code <= _LAST_OF_PROTOCOL or 3000 <= self.code <= 4999):
            raise ValueError(f"code {self.code} means nothing; use 1000 to 1014 or 3000 to 4999")
        if len(self.reason.encode()) > _LONGEST_REASON:
            raise ValueError(f"the reason is longer than {_LONGEST_REASON} bytes")

    @property
    def close(self) -> tuple[int, str]:
        """The code and reason to close the connection with."""
        return self.code, self.reason


FAULT = Close
