"""How a connection of the live dialect is received (live-data-golf-api §4).

It is let in by the token of its handshake. A stream of events is silent until Client.Init, which
must come within about 90 s; a stream of states begins at once. Both sides send heartbeats.
"""

from __future__ import annotations

import orjson

from mockdde.frames import text_frame
from mockdde.latest import Latest
from mockdde.quirks import Quirks
from mockdde.reception._house import House
from mockdde.reception._live_words import is_init
from mockdde.subscriber import State, Subscriber
from mockdde.tokens import Pass
from mockdde.way import Way

__all__ = ["LiveReception"]


class LiveReception:
    """Receives the connections of the live dialect of an engine."""

    def __init__(self, house: House) -> None:
        self._house = house

    def opened(
        self, subscriber: Subscriber, quirks: Quirks, wire: float, allowed: Pass | None
    ) -> None:
        """A connection is open: an event stream waits for Client.Init."""
        del allowed
        if isinstance(subscriber.source, Latest):
            return
        self._house.wait(subscriber, wire + float(quirks["live-init-deadline"]))

    def begin(self, subscriber: Subscriber, wire: float) -> None:
        """It is sent what its stream has."""
        subscriber.state = State.STREAMING
        self._house.seat(subscriber)
        source = subscriber.source
        if isinstance(source, Latest):
            source.hold()
            subscriber.skip_to(len(source) - 1)
        subscriber.beaten = wire
        self.pace(subscriber, wire)
        if isinstance(subscriber.way, Way):
            subscriber.way.authenticated(wire)
        self._house.fill(subscriber, wire)
        if source.ended:
            self.ended(subscriber, wire)

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """It has said something."""
        if subscriber.state is State.CONNECTED and is_init(data):
            self.begin(subscriber, wire)

    def pinged(self, subscriber: Subscriber, wire: float) -> None:
        """It has sent a ping, which may be its heartbeat."""

    def overdue(self, subscriber: Subscriber, at: float) -> None:
        """It has waited for Client.Init, or for the next heartbeat."""
        if subscriber.state is State.CONNECTED:
            self._house.close(subscriber, 1000, "no Client.Init in time")
        elif subscriber.state is State.STREAMING:
            beat = orjson.dumps({"type": "Server.Heartbeat"})
            subscriber.tell(text_frame(beat), "heartbeat")
            self._house.fill(subscriber, at)
            subscriber.beaten = at
            self.pace(subscriber, at)

    def pace(self, subscriber: Subscriber, now: float) -> None:
        """When it gets its next heartbeat; again when a fault changes their pace."""
        if subscriber.state is State.STREAMING:
            way = subscriber.way
            every = float(self._house.quirks_of(subscriber)["live-heartbeat-seconds"])
            every = way.beat(every) if isinstance(way, Way) else every
            self._house.wait(subscriber, max(now, subscriber.beaten + every))

    def ended(self, subscriber: Subscriber, wire: float) -> None:  # noqa: ARG002
        """Nothing will be added to what it reads."""
        if self._house.quirks_of(subscriber)["live-end"] == "close":
            self._house.close(subscriber, 1000, "the round is over")

    def left(self, subscriber: Subscriber) -> None:
        """It is gone; nothing is kept of it."""
