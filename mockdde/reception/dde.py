"""How a DDE connection is received: what it says first, what it is told, and its heartbeats."""

from __future__ import annotations

from collections.abc import Callable

from mockdde import session
from mockdde.frames import text_frame
from mockdde.latest import Latest
from mockdde.multiplexer import Multiplexer
from mockdde.quirks import Quirks
from mockdde.reception._house import House
from mockdde.subscriber import LEGAL, Act, Heard, State, Subscriber
from mockdde.tape import Tape
from mockdde.tokens import Pass
from mockdde.way import Way
from mockdde.wire import Refusal

__all__ = ["DdeReception"]


class DdeReception:
    """Receives the DDE connections of an engine."""

    def __init__(self, house: House, is_token: Callable[[str], bool]) -> None:
        self._house, self._is_token = house, is_token

    def opened(
        self, subscriber: Subscriber, quirks: Quirks, wire: float, allowed: Pass | None
    ) -> None:
        """A connection is open; a token must come."""
        del allowed  # it says its token itself
        self._house.wait(subscriber, wire + float(quirks["token-deadline"]))

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """It has said something."""
        heard = session.heard(data, self._is_token)
        said = session.shown(data)
        if subscriber.state is State.CONNECTED:
            self._note(wire, "said", subscriber, said)
        refusal = subscriber.way.refusal if isinstance(subscriber.way, Way) else None
        if refusal is not None and (subscriber.state, heard) == (State.CONNECTED, Heard.GOOD):
            self._reject(subscriber, refusal, wire)
        else:
            self._react(subscriber, heard, wire, said)

    def overdue(self, subscriber: Subscriber, at: float) -> None:
        """It has waited for a token, or for the next heartbeat."""
        if subscriber.state is State.CONNECTED:
            self._react(subscriber, Heard.SILENCE, at, "")
        elif subscriber.state is State.STREAMING:
            quirks = self._house.quirks_of(subscriber)
            beat = session.heartbeat(at, quirks)
            if isinstance(subscriber.source, Multiplexer):
                beat = subscriber.source.heartbeat(beat)
            subscriber.tell(text_frame(beat), "heartbeat")
            self._house.fill(subscriber, at)
            subscriber.beaten = at
            self.pace(subscriber, at)

    def pace(self, subscriber: Subscriber, now: float) -> None:
        """When it gets its next heartbeat; again when a fault changes their pace."""
        if subscriber.state is State.STREAMING:
            every, way = float(self._house.quirks_of(subscriber)["heartbeat"]), subscriber.way
            every = way.beat(every) if isinstance(way, Way) else every
            self._house.wait(subscriber, max(now, subscriber.beaten + every))

    def pinged(self, subscriber: Subscriber, wire: float) -> None:
        """A ping means nothing here."""

    def ended(self, subscriber: Subscriber, wire: float) -> None:  # noqa: ARG002
        """Nothing will be added to what it reads."""
        if self._house.quirks_of(subscriber)["after-official"] == "close":
            self._house.close(subscriber, 1000, "the round is official")

    def left(self, subscriber: Subscriber) -> None:
        """It is gone; nothing is kept of it."""

    def _react(self, subscriber: Subscriber, heard: Heard, wire: float, said: str) -> None:
        quirks = self._house.quirks_of(subscriber)
        subscriber.state, act = LEGAL[subscriber.state, heard]
        match act:
            case Act.ACCEPT:
                self._accept(subscriber, quirks, wire)
            case Act.REFUSE:
                self._refuse(subscriber, quirks["refused-text"], wire)
            case Act.REFUSE_FORM:
                self._refuse(subscriber, session.REFUSED_FORM, wire)
            case Act.EXPIRE:
                reason = f"no token within {quirks['token-deadline']} s"
                self._note(wire, "refused", subscriber, reason)
                self._house.close(subscriber, 1000, reason)
            case Act.IGNORE:
                self._note(wire, "ignored", subscriber, said)

    def _accept(self, subscriber: Subscriber, quirks: Quirks, wire: float) -> None:
        source = subscriber.source
        subscriber.state = State.CONNECTED  # so that its answer goes before what the source has
        subscriber.tell(text_frame(session.accepted(quirks)))
        self._house.fill(subscriber, wire)
        subscriber.state = State.STREAMING
        if not self._house.seat(subscriber):
            subscriber.tell(text_frame(session.missing(subscriber.path)))
        if isinstance(source, Latest):
            source.hold()
            subscriber.skip_to(len(source) - (quirks["state-join"] == "document"))
        elif isinstance(source, Tape) and quirks["late-join"] == "live-only":
            subscriber.skip_to(len(source))
        subscriber.beaten = wire
        self.pace(subscriber, wire)
        self._note(wire, "accepted", subscriber)
        if isinstance(subscriber.way, Way):
            subscriber.way.authenticated(wire)
        self._house.fill(subscriber, wire)
        if subscriber.state is State.STREAMING and source.ended:
            self.ended(subscriber, wire)

    def _reject(self, subscriber: Subscriber, refusal: Refusal, wire: float) -> None:
        """A fault has a good token refused; where that does not close, the client may wait on."""
        if refusal.closes:
            subscriber.state = State.CLOSING
            self._refuse(subscriber, refusal.text, wire)
            return
        subscriber.tell(text_frame(session.refused(refusal.text)), "refusal")
        self._note(wire, "refused", subscriber, refusal.text)
        self._house.fill(subscriber, wire)

    def _refuse(self, subscriber: Subscriber, text: str, wire: float) -> None:
        subscriber.tell(text_frame(session.refused(text)), "refusal")
        self._note(wire, "refused", subscriber, text)
        code = self._house.quirks_of(subscriber)["refused-code"]
        self._house.close(subscriber, int(code), "")

    def _note(self, wire: float, event: str, subscriber: Subscriber, detail: str = "") -> None:
        self._house.journal.note(wire, event, subscriber.path, detail, subscriber.id)
