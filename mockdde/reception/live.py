"""How a connection of the live dialect is received (live-data-golf-api §4).

It is let in by the token of its handshake. A stream of events is silent until Client.Init, which
must come within about 90 s, and goes on after the event that it names; a stream of states begins at
once. Both sides send heartbeats.
"""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from mockdde.latest import Latest
from mockdde.quirks import Quirks
from mockdde.reception._house import House
from mockdde.reception._live_legal import LEGAL, Act, Heard
from mockdde.reception._live_words import PINGED, Said, heard, heartbeat, means_life
from mockdde.resume import Places
from mockdde.subscriber import State, Subscriber
from mockdde.tape import Tape
from mockdde.tokens import Pass
from mockdde.way import Way

__all__ = ["LiveReception"]

_NO_WORD = Said(Heard.OTHER, "other")


class LiveReception:
    """Receives the connections of the live dialect of an engine."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._due: dict[int, dict[Heard, float]] = {}  # by connection: what it waits for, and when
        self._greeted: set[int] = set()  # whose first heartbeat was noted
        self._places: WeakKeyDictionary[Tape, Places] = WeakKeyDictionary()
        self._acts: dict[Act, Callable[[Subscriber, Said, float], None]] = {
            Act.BEGIN: self._begin,
            Act.AGAIN: self._again,
            Act.HEED: self._heed,
            Act.LAPSE: self._lapse,
            Act.EXPIRE: self._expire,
            Act.MISS: self._miss,
            Act.BEAT: self._beat,
            Act.END: self._end,
        }

    # ── what happens ──────────────────────────────────────────────────────────────────────────

    def opened(
        self, subscriber: Subscriber, quirks: Quirks, wire: float, allowed: Pass | None
    ) -> None:
        """A connection is open: it waits for Client.Init, or begins once faults had their say."""
        due = self._due[subscriber.id] = {}
        if isinstance(subscriber.source, Latest) and quirks["live-state-init"] == "none":
            due[Heard.READY] = wire
        else:
            due[Heard.LATE] = wire + float(quirks["live-init-deadline"])
        if allowed is not None and allowed.expires is not None:
            due[Heard.EXPIRY] = allowed.expires
        subscriber.beaten = wire
        self.pace(subscriber, wire)

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """It has said something."""
        said, quirks = heard(data), self._house.quirks_of(subscriber)
        act = LEGAL[subscriber.state, said.heard]
        if act in (Act.BEGIN, Act.WAIT, Act.AGAIN):
            self._note(wire, "said", subscriber, said.shown)
        useless = act is Act.HEED and not means_life(said, quirks["live-client-heartbeat"])
        if act is Act.IGNORE or useless:
            self._note(wire, "ignored", subscriber, said.shown)
        self._alive(subscriber, said, wire)
        if act is Act.WAIT:
            reason = "this is no Client.Init"
            self._settle(subscriber, quirks["live-bad-init"], "refused", reason, wire)
        elif act is not Act.IGNORE:
            self._acts[act](subscriber, said, wire)
        self._wait(subscriber)

    def pinged(self, subscriber: Subscriber, wire: float) -> None:
        """It has sent a ping, which may be its heartbeat."""
        if LEGAL[subscriber.state, Heard.HEARTBEAT] is Act.HEED:
            self._alive(subscriber, PINGED, wire)
            self._heed(subscriber, PINGED, wire)
            self._wait(subscriber)

    def overdue(self, subscriber: Subscriber, at: float) -> None:
        """Something that it has waited for is due; all that is due then, in the order of Heard."""
        due = self._due[subscriber.id]
        for each in [each for each in Heard if due.get(each, at + 1) <= at]:
            del due[each]
            self._happens(subscriber, each, at)
        self._wait(subscriber)

    def pace(self, subscriber: Subscriber, now: float) -> None:
        """When it gets its next heartbeat; again when a fault changes their pace."""
        quirks, way = self._house.quirks_of(subscriber), subscriber.way
        early = quirks["live-heartbeat-before-init"] == "yes"
        if quirks["live-heartbeat"] != "none" and (subscriber.state is State.STREAMING or early):
            every = float(quirks["live-heartbeat-seconds"])
            every = way.beat(every) if isinstance(way, Way) else every
            self._due[subscriber.id][Heard.TURN] = max(now, subscriber.beaten + every)
        self._wait(subscriber)

    def ended(self, subscriber: Subscriber, wire: float) -> None:
        """Nothing will be added to what it reads."""
        self._happens(subscriber, Heard.END, wire)

    def left(self, subscriber: Subscriber) -> None:
        """It is gone; nothing is kept of it."""
        self._due.pop(subscriber.id, None)
        self._greeted.discard(subscriber.id)

    def _happens(self, subscriber: Subscriber, what: Heard, wire: float) -> None:
        """What no client says; on a connection that closes it means nothing."""
        if (act := LEGAL.get((subscriber.state, what))) is not None:
            self._acts[act](subscriber, _NO_WORD, wire)

    # ── what is done about it ─────────────────────────────────────────────────────────────────

    def _begin(self, subscriber: Subscriber, said: Said, wire: float) -> None:
        """It is sent what its stream has, from its place on."""
        place = self._place(subscriber, said, wire)
        if place is None:
            return
        due, source = self._due[subscriber.id], subscriber.source
        due.pop(Heard.READY, None)
        due.pop(Heard.LATE, None)
        subscriber.state = State.STREAMING
        self._house.seat(subscriber)
        if isinstance(source, Latest):
            source.hold()
        subscriber.skip_to(place)
        self._note(wire, "accepted", subscriber, _from(place, subscriber))
        self._alive(subscriber, said, wire, begins=True)
        if Heard.TURN not in due:
            subscriber.beaten = wire
            self.pace(subscriber, wire)
        if isinstance(subscriber.way, Way):
            subscriber.way.authenticated(wire)
        self._house.fill(subscriber, wire)
        if source.ended:
            self.ended(subscriber, wire)

    def _again(self, subscriber: Subscriber, said: Said, wire: float) -> None:
        """Client.Init once more; on a stream of states it changes nothing."""
        choice = self._house.quirks_of(subscriber)["live-second-init"]
        choice = "ignored" if isinstance(subscriber.source, Latest) else choice
        if choice != "resumes":
            self._settle(subscriber, choice, "ignored", "it need not say Client.Init again", wire)
            return
        place = self._place(subscriber, said, wire)
        if place is not None:
            subscriber.skip_to(place)
            self._note(wire, "accepted", subscriber, _from(place, subscriber))
            self._house.fill(subscriber, wire)

    def _heed(self, subscriber: Subscriber, said: Said, wire: float) -> None:
        """The first heartbeat is noted; the others are like it."""
        choice = self._house.quirks_of(subscriber)["live-client-heartbeat"]
        if subscriber.id not in self._greeted and means_life(said, choice):
            self._greeted.add(subscriber.id)
            self._note(wire, "heartbeat", subscriber, f"a {said.form}")

    def _lapse(self, subscriber: Subscriber, said: Said, wire: float) -> None:  # noqa: ARG002
        seconds = self._house.quirks_of(subscriber)["live-init-deadline"]
        reason = f"no Client.Init within {seconds} s"
        self._settle(subscriber, "close-1000", "refused", reason, wire)

    def _expire(self, subscriber: Subscriber, said: Said, wire: float) -> None:  # noqa: ARG002
        choice = self._house.quirks_of(subscriber)["live-expiry"]
        self._settle(subscriber, choice, "expired", "its token has expired", wire)

    def _miss(self, subscriber: Subscriber, said: Said, wire: float) -> None:  # noqa: ARG002
        quirks = self._house.quirks_of(subscriber)
        reason = f"no heartbeat of the client for {quirks['live-client-silence-seconds']} s"
        self._settle(subscriber, quirks["live-client-silence"], "silent", reason, wire)

    def _beat(self, subscriber: Subscriber, said: Said, wire: float) -> None:  # noqa: ARG002
        form = self._house.quirks_of(subscriber)["live-heartbeat"]
        subscriber.tell(heartbeat(form, subscriber.source.path, wire), "heartbeat")
        self._house.fill(subscriber, wire)
        subscriber.beaten = wire
        self.pace(subscriber, wire)

    def _end(self, subscriber: Subscriber, said: Said, wire: float) -> None:  # noqa: ARG002
        if self._house.quirks_of(subscriber)["live-end"] == "close":
            self._house.close(subscriber, 1000, "nothing more will come")

    # ── how ───────────────────────────────────────────────────────────────────────────────────

    def _place(self, subscriber: Subscriber, said: Said, wire: float) -> int | None:
        """Where its stream begins; None where it is closed instead."""
        source, quirks = subscriber.source, self._house.quirks_of(subscriber)
        if not isinstance(source, Tape):
            return len(source) - 1
        null = said.last_seen is None
        if not said.names or (null and quirks["live-null-id"] == "absent"):
            return 0
        places = self._places.setdefault(source, Places())
        places.look(source)
        which, version = quirks["live-resume-id"], quirks["live-resume-version"]
        way = subscriber.way
        forgets = isinstance(way, Way) and way.forgets
        place = None if forgets else places.after(said.last_seen or "", which, version)
        choice = quirks["live-unknown-id"]
        if place is None and choice.startswith("close"):
            self._settle(subscriber, choice, "refused", "last_seen_event_id is not known", wire)
        elif place is None:
            self._note(wire, "unknown", subscriber, "last_seen_event_id is not known here")
            return len(source) if choice == "live-only" else 0
        return place

    def _alive(
        self, subscriber: Subscriber, said: Said, wire: float, *, begins: bool = False
    ) -> None:
        """A sign of life, where it is one; before the stream begins none is needed."""
        quirks = self._house.quirks_of(subscriber)
        lives = subscriber.state is State.STREAMING
        if begins or (lives and means_life(said, quirks["live-client-heartbeat"])):
            until = wire + float(quirks["live-client-silence-seconds"])
            self._due[subscriber.id][Heard.SILENCE] = until

    def _settle(
        self, subscriber: Subscriber, choice: str, event: str, reason: str, wire: float
    ) -> None:
        """Note something, and close where a quirk says so: ``close-1008``."""
        self._note(wire, event, subscriber, reason)
        word, _, code = choice.partition("-")
        if word == "close":
            self._house.close(subscriber, int(code), reason)

    def _wait(self, subscriber: Subscriber) -> None:
        if subscriber.state is not State.CLOSING:
            until = min(self._due[subscriber.id].values(), default=None)
            self._house.wait(subscriber, until)

    def _note(self, wire: float, event: str, subscriber: Subscriber, detail: str = "") -> None:
        self._house.journal.note(wire, event, subscriber.path, detail, subscriber.id)


def _from(place: int, subscriber: Subscriber) -> str:
    """Where its stream begins, in words."""
    if isinstance(subscriber.source, Latest):
        return ""
    return f"from message {place + 1} of {len(subscriber.source)}" if place else ""
