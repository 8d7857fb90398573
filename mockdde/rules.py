"""A rule: a fault with its envelope, whom it covers, its occasions, how often it has struck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from fnmatch import fnmatchcase

from mockdde.chance import Chance
from mockdde.faults import Bound
from mockdde.records import dataclass
from mockdde.subscriber import State, Subscriber
from mockdde.way import Way
from mockdde.wire import (
    FOREVER,
    Asked,
    Context,
    Effect,
    Memory,
    Message,
    Readable,
    RestFault,
    StreamFault,
)

__all__ = ["Open", "Rule", "Watching"]


class Rule:
    """A fault and how often it has struck; ``number`` counts from 1."""

    def __init__(
        self, number: int, bound: Bound, tournament: int | None, key: tuple[object, ...], now: float
    ) -> None:
        """``tournament`` None is any; ``key`` is what its draws are keyed by."""
        self.number, self.bound, self.tournament = number, bound, tournament
        self.fired = 0
        self.armed: float | None = None
        ttl = bound.spec.ttl
        self.expires = FOREVER if ttl is None else now + ttl / 1000
        self._key = key
        self._memory: dict[tuple[int | None, str, str], Memory] = {}
        self._occasions: Counter[tuple[int | None, str, str]] = Counter()

    @property
    def sentence(self) -> str:
        """The fault, and where it was asked for."""
        return f"{self.bound.spec.fault}, asked for at {self.bound.spec.mark}"

    @property
    def too_few(self) -> str:
        """A sentence where it struck less often than it should have; else nothing."""
        spec = self.bound.spec
        if self.fired >= spec.min_fired:
            return ""
        often = f"fired {self.fired} times, not {spec.min_fired}" if self.fired else "never fired"
        return f"{spec.mark}: the fault {spec.fault} {often}"

    def is_of(self, tournament: int) -> bool:
        """Whether the scenario of this tournament has asked for it."""
        return self.tournament == tournament and self._key[:1] != ("control",)

    def awaits(self, signal: str) -> bool:
        """Whether it waits for this signal."""
        at = self.bound.spec.at
        return at.what == "signal" and at.word == signal

    def is_gone(self, now: float) -> bool:
        """Whether it strikes no more."""
        return now >= self.expires or 0 < self.bound.times <= self.fired

    def covers(self, asked: Asked) -> bool:
        """Whether it speaks of this stream or document, and of this client."""
        if self.tournament is not None and asked.tournament not in (None, self.tournament):
            return False
        if not self.bound.is_on(asked.name, asked.dialect):
            return False
        return fnmatchcase(asked.client, self.bound.spec.client)

    def is_on(self, asked: Asked) -> bool:
        """Whether it covers a connection, and means the so manieth of them."""
        return self.covers(asked) and self.bound.spec.connection in (0, asked.number)

    def is_armed(self, asked: Asked) -> bool:
        """Whether an occasion that no packet gives is there."""
        at = self.bound.spec.at
        if at.what in ("connection", "request"):
            return asked.number >= at.number
        return self.armed is not None and asked.wire < self.armed_until

    @property
    def armed_until(self) -> float:
        """When it goes on no more."""
        span = self.bound.spec.duration
        return FOREVER if span is None or self.armed is None else self.armed + span / 1000

    def chance(self, asked: Asked) -> Chance:
        """Draws of its own for each connection or request."""
        return Chance(0, *self._key, asked.name, asked.number)

    def memory(self, asked: Asked) -> Memory:
        """What it remembers of a stream or document."""
        fault = self.bound.fault
        shared = isinstance(fault, RestFault) and fault.SHARED
        return self._memory.setdefault((None, "", "") if shared else asked.where, {})

    def happens(self, asked: Asked, chance: Chance) -> bool:
        """An occasion of a handshake or request; whether it strikes."""
        return self._happens(asked.where, chance, asked.wire)

    def happens_to_all(self, now: float) -> bool:
        """An occasion of the server as a whole; whether it strikes."""
        where = (self.tournament, "", "")
        return self._happens(where, Chance(0, *self._key, self._occasions[where]), now)

    def _happens(self, where: tuple[int | None, str, str], chance: Chance, now: float) -> bool:
        spec = self.bound.spec
        self._occasions[where] += 1
        if self.is_gone(now) or self._occasions[where] % spec.every:
            return False
        return chance.happens(spec.probability)

    def as_json(self, now: float) -> dict[str, object]:
        """The rule as the control API shows it; its duration in milliseconds."""
        spec = self.bound.spec
        return {
            "id": self.number,
            "fault": spec.fault,
            "params": dict(spec.params),
            "on": spec.on,
            "tournament": self.tournament,
            "at": {"what": spec.at.what, "number": spec.at.number, "word": spec.at.word},
            "times": self.bound.times,
            "every": spec.every,
            "probability": spec.probability,
            "connection": spec.connection or None,
            "client": spec.client,
            "dialect": spec.dialect,
            "duration": spec.duration,
            "min_fired": spec.min_fired,
            "fired": self.fired,
            "gone": self.is_gone(now),
            "expires": None if self.expires == FOREVER else round(self.expires, 3),
            "asked": str(spec.mark),
        }


@dataclass(slots=True)
class Open:
    """A connection that is open."""

    subscriber: Subscriber
    asked: Asked
    other: Callable[[str], Readable | None]

    @property
    def has_way(self) -> bool:
        """Whether it has left the source for a way of its own."""
        return self.subscriber.way is not None

    @property
    def way(self) -> Way:
        """Its own way, where it has one."""
        assert isinstance(self.subscriber.way, Way)
        return self.subscriber.way


class Watching:
    """A rule on one connection."""

    def __init__(
        self, rule: Rule, open_: Open, struck: Callable[[Rule, float, Open], None]
    ) -> None:
        self.rule, self._open, self._struck = rule, open_, struck
        self._chance = rule.chance(open_.asked)
        self._seen = 0
        self._occasions = 0
        self._waits = False  # its trigger was there, but nothing that fits
        self._heard = False  # a packet that fits is there
        at, asked = rule.bound.spec.at, open_.asked
        self.at: float | None = None
        if at.what == "connect":
            self.at = asked.wire + at.number / 1000
        elif at.what == "connection" and asked.number >= at.number:
            self.at = asked.wire
        elif rule.bound.spec.duration is not None and rule.armed is not None:
            # Who comes while it goes on meets it too.
            self.at = asked.wire if asked.wire < rule.armed_until else None

    def hears(self, message: Message, now: float) -> bool:
        """Whether it strikes with a packet: its trigger, or the one that it has waited for."""
        here = self._is_trigger(message) or self._waits
        if here and not self.rule.is_gone(now) and self._fits(message, now):
            self._waits, self._heard = False, True
        return self._heard

    def _is_trigger(self, message: Message) -> bool:
        at = self.rule.bound.spec.at
        if at.what == "seq" and message.place is not None:
            return self._open.subscriber.source.after(at.number) == message.place + 1
        if at.what == "event" and fnmatchcase(message.kind, at.word):
            self._seen += 1
            return at.number in (0, self._seen)
        return False

    def heard(self, number: int) -> bool:
        """Whether the client's so manieth message is its trigger."""
        at = self.rule.bound.spec.at
        return at.what == "message" and at.number == number

    def authenticated(self, now: float) -> None:
        """The token was good."""
        at = self.rule.bound.spec.at
        if at.what == "auth":
            self.at = now + at.number / 1000
        elif self._waits:
            self.at, self._waits = now, False

    @property
    def place(self) -> int:
        """That of its effects among the others."""
        return self.rule.number

    def strike(self, now: float, *, room: bool) -> tuple[float, Effect] | None:
        """An occasion; what it does, where it strikes this time."""
        rule, spec = self.rule, self.rule.bound.spec
        heard, self._heard = self._heard, False
        if not heard and not self._fits(None, now):
            self._waits = True
            return None
        if not room:
            return None
        self._occasions += 1
        if rule.is_gone(now) or self._occasions % spec.every:
            return None
        if not self._chance.happens(spec.probability):
            return None
        self._struck(rule, now, self._open)
        fault = rule.bound.fault
        if not isinstance(fault, StreamFault):
            return None
        until = FOREVER if spec.duration is None else now + spec.duration / 1000
        effect = fault.begin(self.context(now))
        return min(until, rule.expires), effect

    def _fits(self, message: Message | None, now: float) -> bool:
        fault = self.rule.bound.fault
        return not isinstance(fault, StreamFault) or fault.fits(self.context(now), message)

    def context(self, now: float) -> Context:
        """What the fault is told."""
        asked, subscriber = self._open.asked, self._open.subscriber
        joined = subscriber.state is not State.CONNECTED
        return Context(
            now=now,
            chance=self._chance,
            name=asked.name,
            source=subscriber.source,
            other=self._open.other,
            memory=self.rule.memory(asked),
            next=subscriber.cursor if joined else None,
            dialect=asked.dialect,
        )
