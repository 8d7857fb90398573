"""cross_stream: a packet of another stream on this socket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from mockdde import wire
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, Readable, StreamFault

__all__ = ["FAULT", "CrossStream"]


@dataclass(frozen=True, slots=True)
class CrossStream(StreamFault):
    """On the wire: right after the trigger come the last ``count`` packets of another ``stream`` of
    the tournament (its name below it, such as round/1/team/13), with the same bytes and their own
    numbers; then the stream goes on as ever. Where no stream is named, it is that of the team or
    match with the next number, or with the one before. Nothing was sent on that one yet: it strikes
    with the next packet for which there is something. On the multiplexer, which has all streams,
    it does not strike.

    In the live dialect it is that of the round or match (match_id) with the next number, or with
    the one before; of two states those of the team or match.

    A good client looks at whose packet it is (teamNo, roundNo; sport_event.id of a live event) and
    leaves what it has not asked for; that packet's seqNum fills no hole and makes none, and its id
    is not one to go on after.
    """

    NAME: ClassVar[str] = "cross_stream"
    stream: str = ""
    count: int = 1

    def __post_init__(self) -> None:
        wire.check_range("count", self.count, 1, 1000)

    @property
    def streams(self) -> Sequence[str]:
        """The one that is named."""
        return (self.stream,) if self.stream else ()

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """Something was sent on the other stream."""
        return bool(self._packets(context))

    def begin(self, context: Context) -> Effect:
        """Sends them."""
        return wire.Once(*(Message(each) for each in self._packets(context)))

    def _packets(self, context: Context) -> list[bytes]:
        other = self._other(context)
        if other is None:
            return []
        found = (other.at(place) for place in range(max(0, len(other) - self.count), len(other)))
        return [each for each in found if each is not None]

    def _other(self, context: Context) -> Readable | None:
        if self.stream:
            return context.other(self.stream)
        last = re.search(r"\d+(?=(/events)?$)", context.name)
        if last is None:
            return None
        head, tail = context.name[: last.start()], context.name[last.end() :]
        numbers = (int(last[0]) + 1, int(last[0]) - 1)
        beside = (context.other(f"{head}{each}{tail}") for each in numbers)
        return next((each for each in beside if each is not None and len(each)), None)


FAULT = CrossStream
