"""timestamp: packets of a clock that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Keys, changed, found, opened
from mockdde.faults._message_times import BOTH, RECEIVED, moved, says, since_epoch
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "Timestamp"]

_HOWS = ("shift", "skew", "back")
_TEN_YEARS = 315_576_000_000  # ms


class _Wrong(Effect):
    """Changes the times of the next packets that say some."""

    def __init__(self, fault: Timestamp) -> None:
        self._fault = fault
        self._seen = 0
        self._first = 0

    def packet(self, message: Message, now: float) -> Iterable[Thing]:  # noqa: ARG002
        """The packet with other times."""
        made = changed(message, self._changed)
        if made is None:
            return (message,)
        self._seen += 1
        self.over = self._seen == self._fault.count
        return (made,)

    def _changed(self, keys: Keys) -> Keys | None:
        names = self._fault.names
        there = says(keys, names)
        if not there:
            return None
        at = since_epoch(found(keys, there[0])) or 0
        if not self._seen:
            self._first = at
        return moved(keys, self._fault.by(at - self._first, self._seen), names)


@dataclass(frozen=True, slots=True)
class Timestamp(StreamFault):
    """On the wire: the times (timestamp and timestampReceived; with ``received_only`` only the
    latter) of the packet that is the trigger and of those after it, ``count`` in all (0: all as
    long as the fault lasts), are wrong, as ``how`` says. ``shift``: later by ``ms``, or earlier
    where that is negative; ``skew``: of a clock that goes wrong from the trigger on, by ``skew`` of
    what has passed (0.1: of ten minutes one too many); ``back``: of every second packet, the
    trigger first, earlier by ``ms``, so that they do not rise. The form of a time stays, and so
    does all else; packets that say no time pass. Of a document its own timestamp is wrong.

    In the live dialect these are the envelope's time, created_at, and the payload's event_time (of
    a state its timestamp or time); with ``received_only`` not those of the payload.

    A good client orders packets by seqNum and never by time, and takes no packet for old or for not
    yet due because of what it says. Of a live event it takes the version that comes last for the
    newest; only where one comes again it goes by created_at, and asks REST in the end.
    """

    NAME: ClassVar[str] = "timestamp"
    how: str = "shift"
    ms: int = 3_600_000
    skew: float = 0.1
    received_only: bool = False
    count: int = 0

    def __post_init__(self) -> None:
        wire.check_choice("how", self.how, _HOWS)
        wire.check_range("ms", self.ms, -_TEN_YEARS, _TEN_YEARS)
        wire.check_range("skew", self.skew, -1.0, 10.0)
        wire.check_range("count", self.count, 0, 1_000_000)
        if self.how == "back" and self.ms <= 0:
            raise ValueError(f"ms is {self.ms}; how far a clock goes back is 1 or more")

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """Where the times are that are wrong."""
        return RECEIVED if self.received_only else BOTH

    def by(self, passed: int, number: int) -> int:
        """By how many milliseconds the time of a packet is wrong; it is the so manieth, from 0."""
        if self.how == "skew":
            return round(passed * self.skew)
        if self.how == "back":
            return 0 if number % 2 else -self.ms
        return self.ms

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A packet that says such a time."""
        return message is not None and bool(says(opened(message.payload).keys, self.names))

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Sets the clock wrong."""
        return _Wrong(self)


FAULT = Timestamp
