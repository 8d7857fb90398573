"""forget_events: the server does not know the event any more after which it is to go on."""

from __future__ import annotations

from typing import ClassVar

from mockdde.faults._message_kit import is_of_events
from mockdde.records import dataclass
from mockdde.wire import Context, Effect, Message, StreamFault

__all__ = ["FAULT", "ForgetEvents"]


@dataclass(frozen=True, slots=True)
class ForgetEvents(StreamFault):
    """On the wire: a last_seen_event_id that is good is answered as one that is not known (quirk
    live-unknown-id): all events of the round or match come, or only new ones, or the stream closes.
    It strikes a live stream of events before Client.Init, so its trigger is a connection or a
    moment. Without an id in Client.Init all is as ever. The DDE feed and states do not go on after
    an event: it does not strike there.

    A good client takes what comes again for what it has, and where it may have missed something
    asks REST for the events; it does not say an id again and again with which it is closed.
    """

    NAME: ClassVar[str] = "forget_events"
    DIALECTS: ClassVar[tuple[str, ...]] = ("live",)
    TRIGGERS: ClassVar[tuple[str, ...]] = ("connection", "connect", "scenario", "signal", "now")

    def fits(self, context: Context, message: Message | None) -> bool:  # noqa: ARG002
        """A stream of events that has not begun."""
        return context.next is None and is_of_events(context.name)

    def begin(self, context: Context) -> Effect:  # noqa: ARG002
        """Until the connection ends."""
        effect = Effect()
        effect.forgets = True
        return effect


FAULT = ForgetEvents
