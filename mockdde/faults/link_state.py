"""link_state: the scoring devices on the course lose their connection and find it again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from mockdde import wire
from mockdde.faults._message_kit import Opened, opened
from mockdde.faults._message_times import SAID, says, shifted
from mockdde.golf import CONNECTION_STATES
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault, Thing

__all__ = ["FAULT", "LinkState"]

_KIND = "ConnectionStateChanged"
_STATES = (*CONNECTION_STATES, "Partially Disconnected")
_FEEDS = ("rounddetails", "matchdetails")


class _Telling(Effect):
    """Says one state after the other."""

    def __init__(self, states: tuple[str, ...], ms: int, after: Opened) -> None:
        self._states, self._ms, self._after = states, ms, after
        self._said = 0

    def start(self, now: float) -> Iterable[Thing]:
        """The first; without a time between them all."""
        return self._say(now)

    def woken(self, now: float) -> Iterable[Thing]:
        """The next."""
        return self._say(now)

    def _say(self, now: float) -> list[Message]:
        until = self._said + 1 if self._ms else len(self._states)
        said = [self._message(number) for number in range(self._said, until)]
        self._said = until
        self.over = until == len(self._states)
        self.wake = None if self.over else now + self._ms / 1000
        return said

    def _message(self, number: int) -> Message:
        keys = {
            "timestamp": shifted(self._after.keys["timestamp"], number * self._ms),
            "eventElementType": _KIND,
            "state": self._states[number],
        }
        return Message(self._after.sealed(keys, dataType="connectionState"), _KIND)


@dataclass(frozen=True, slots=True)
class LinkState(StreamFault):
    """On the wire: packets ConnectionStateChanged as the feed sends them, without seqNum, one for
    each of ``states``: the first right after the trigger, each other ``ms`` after the one before it
    (0: all at once). Their timestamp is that of the last packet before the first of them, and moves
    on by ``ms``. All other packets come as ever, and a new connection's replay has none of these.
    States are Disconnected, PartiallyDisconnected and Connected, and "Partially Disconnected", as
    a table spells it. Streams of documents have no such packets, and the live dialect has none: it
    does not strike there. On the multiplexer they are in the envelope of the last packet of a round
    or match.

    A good client does not count them in the sequence, does not take them for the state of its own
    socket and reconnects for none of them; it shows that the score may be old.
    """

    NAME: ClassVar[str] = "link_state"
    DIALECTS: ClassVar[tuple[str, ...]] = ("dde",)
    states: tuple[str, ...] = ("Disconnected", "Connected")
    ms: int = 1000

    def __post_init__(self) -> None:
        if not self.states:
            raise ValueError("states is empty; write for example [Disconnected, Connected]")
        for each in self.states:
            wire.check_choice("states", each, _STATES)
        wire.check_range("ms", self.ms, 0, 86_400_000)

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A stream of events, behind a packet whose time can be said."""
        return _last(context) is not None

    def begin(self, context: Context) -> Effect:
        """Says them."""
        after = _last(context)
        assert after is not None, "it fits"
        return _Telling(self.states, self.ms, after)


def _last(context: Context) -> Opened | None:
    """The last packet that the connection was sent, where it is one of a round or match."""
    payload = context.source.at(context.next - 1) if context.next else None
    if payload is None:
        return None
    packet = opened(payload)
    feed = _FEEDS[0] if packet.envelope is None else packet.envelope["feedType"]
    is_event = feed in _FEEDS and "eventElementType" in packet.keys
    return packet if is_event and says(packet.keys, SAID) else None


FAULT = LinkState
