"""heartbeat: heartbeats that stop, or come at another pace."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.chance import Chance
from mockdde.records import dataclass, replace
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "Heartbeat"]

_LONGEST = 3_600_000  # milliseconds
_SHORTEST = 0.001  # seconds between two heartbeats
_KEY = "eventElementType"
_PACED = ("late", "fast", "jitter")
# What the time between two is where none is given: so many times what it ever is.
_TIMES = {"late": 3.0, "fast": 0.1, "jitter": 0.5}


@dataclass(frozen=True, slots=True)
class Heartbeat(StreamFault):
    """On the wire: from now on no heartbeat (``mode: stop``); or one every ``interval_ms``, which
    without a number is thrice the usual time (``late``) or a tenth of it (``fast``); or each at
    most ``interval_ms`` before or after its time, half of the usual without a number (``jitter``);
    or as ever (``keep``). With ``case``, the key of their type is spelt so: ``eventelementtype``.
    Packets are as ever.

    In the live dialect heartbeats have another form (quirk live-heartbeat), without such a key.

    A good client connects again when it hears neither packets nor heartbeats for some time, and not
    because one is late; it reads a key in any case.
    """

    NAME: ClassVar[str] = "heartbeat"
    mode: str = "stop"
    interval_ms: int = 0
    case: str = ""

    def __post_init__(self) -> None:
        wire.check_choice("mode", self.mode, ("stop", *_PACED, "keep"))
        wire.check_range("interval_ms", self.interval_ms, 0, _LONGEST)
        if self.interval_ms and self.mode not in _PACED:
            raise ValueError(f"interval_ms belongs to mode {', '.join(_PACED)}, not {self.mode}")
        if self.case and self.case.lower() != _KEY.lower():
            raise ValueError(f"case is {self.case!r}; it is a spelling of {_KEY}")

    def begin(self, context: Context) -> Effect:
        """What becomes of each heartbeat."""
        return _Beats(self, context.chance)


class _Beats(Effect):
    def __init__(self, fault: Heartbeat, chance: Chance) -> None:
        self._fault, self._chance = fault, chance

    def message(self, message: Message, now: float) -> Iterable[Message]:  # noqa: ARG002
        """A heartbeat may be none, or spelt otherwise."""
        if message.kind != "heartbeat" or message.place is not None:
            return (message,)
        if self._fault.mode == "stop":
            return ()
        if not self._fault.case:
            return (message,)
        key = b'"%b":' % self._fault.case.encode()
        payload = re.sub(re.escape(key), key, message.payload, count=1, flags=re.IGNORECASE)
        return (replace(message, payload=payload),)

    def beat(self, every: float) -> float:
        """How long until the next."""
        mode = self._fault.mode
        if mode not in _PACED:
            return every
        interval = self._fault.interval_ms / 1000 or every * _TIMES[mode]
        if mode == "jitter":
            interval = self._chance.between(every - interval, every + interval)
        return max(_SHORTEST, interval)


FAULT = Heartbeat
