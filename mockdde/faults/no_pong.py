"""no_pong: pings go unanswered."""

from __future__ import annotations

from typing import ClassVar

from mockdde.records import dataclass
from mockdde.wire import Context, Effect, StreamFault

__all__ = ["FAULT", "NoPong"]


@dataclass(frozen=True, slots=True)
class NoPong(StreamFault):
    """On the wire: from now on no pong; packets and heartbeats as ever.

    A good client whose own pings go unanswered says so, closes (many libraries do: 1011) and
    connects again, though packets still come.
    """

    NAME: ClassVar[str] = "no_pong"

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Nothing more."""
        return _Mute()


class _Mute(Effect):
    pongs = False


FAULT = NoPong
