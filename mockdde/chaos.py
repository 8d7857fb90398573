"""All rules of a server: who meets which fault, and when; every strike is in the journal."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TypeAlias

from mockdde.broadcast import name_of
from mockdde.faults import Bound
from mockdde.journal import Journal
from mockdde.records import replace
from mockdde.rules import Open, Rule, Watching
from mockdde.subscriber import Subscriber
from mockdde.way import Way
from mockdde.wire import (
    Answer,
    Asked,
    Handshake,
    HandshakeFault,
    Order,
    Readable,
    RestFault,
    ServerFault,
    StreamFault,
)

__all__ = ["Chaos", "asking"]

# What is asked for: a stream or a request, its tournament, name and dialect.
_Asked: TypeAlias = tuple[str, int | None, str, str]


class Chaos:
    """``orders`` is what the server is to do as a whole, the oldest first."""

    def __init__(
        self,
        journal: Journal,
        wait: Callable[[Way, float | None], None],
        pace: Callable[[Subscriber, float], None],
    ) -> None:
        """``wait`` hears of each new deadline of a connection's own way, ``pace`` see ``Way``."""
        self.rules: dict[int, Rule] = {}
        self.orders: deque[Order] = deque()
        # Hears of each strike: what, on which path and on which connection.
        self.on_strike: Callable[[Rule, str, int | None], None] | None = None
        self._journal, self._wait, self._pace = journal, wait, pace
        self._numbers = count(1)
        self._more = count(1)
        self._asked: Counter[_Asked] = Counter()
        self._open: dict[int, Open] = {}
        self.ways: dict[int, Subscriber] = {}  # who has left the source for a way of its own

    # ── rules ─────────────────────────────────────────────────────────────────────────────────

    def add(self, bound: Bound, tournament: int | None, key: Iterable[object], now: float) -> Rule:
        """One more rule, of one tournament or of all; ``key`` is what its draws are keyed by."""
        rule = Rule(next(self._numbers), bound, tournament, tuple(key), now)
        self.rules[rule.number] = rule
        for each in [*self._open.values()]:
            self._watch([rule], each, now)
        if bound.spec.at.what == "now":
            self._arm(rule, now)
        return rule

    def add_more(self, bound: Bound, tournament: int | None, now: float) -> Rule:
        """One that was asked for while it serves; it outlasts a new beginning of a tournament."""
        return self.add(bound, tournament, ("control", next(self._more)), now)

    def clear(self, now: float) -> None:
        """No rule is left, and nothing was asked for."""
        for number in [*self.rules]:
            self.remove(number, now)
        self._asked.clear()
        self._more = count(1)

    def remove(self, number: int, now: float) -> None:
        """A rule is no more, and what it still does is over. KeyError where there is none."""
        del self.rules[number]
        for each in self._open.values():
            if each.has_way:
                each.way.drop(_watches(each, number), number, now)

    def forget(self, tournament: int, now: float) -> None:
        """The rules of a tournament's scenario are no more, nor how often it was asked for."""
        for number in [each.number for each in self.rules.values() if each.is_of(tournament)]:
            self.remove(number, now)
        self._asked = Counter(
            {key: count for key, count in self._asked.items() if key[1] != tournament}
        )

    def arm(self, number: int, now: float) -> None:
        """What a rule waited for has come: a moment of its scenario."""
        if number in self.rules:
            self._arm(self.rules[number], now)

    def signal(self, name: str, now: float) -> int:
        """A signal was given; how many rules wait for it."""
        waiting = [each for each in self.rules.values() if each.awaits(name)]
        for each in waiting:
            self._arm(each, now)
        return len(waiting)

    def never_fired(self) -> list[str]:
        """A sentence for each rule that struck less often than it should have.

        None for one of a dialect that nobody reads, where somebody reads the other one.
        """
        rules = (each for each in self.rules.values() if not self._is_of_others(each))
        return [each.too_few for each in rules if each.too_few]

    def _is_of_others(self, rule: Rule) -> bool:
        what = "request" if isinstance(rule.bound.fault, RestFault) else "stream"
        read = {
            dialect
            for of, tournament, _, dialect in self._asked
            if of == what and (rule.tournament is None or tournament in (None, rule.tournament))
        }
        return bool(read) and read.isdisjoint(rule.bound.dialects)

    def _arm(self, rule: Rule, now: float) -> None:
        rule.armed = now
        if isinstance(rule.bound.fault, ServerFault):
            if rule.happens_to_all(now):
                self._struck(rule, now, rule.bound.spec.on, None)
            return
        for each, watch in [*self._watching(rule.number)]:
            each.way.signal(watch, now)

    def _struck(self, rule: Rule, now: float, path: str, connection: int | None) -> None:
        rule.fired += 1
        self._journal.note(now, "fault", path, rule.sentence, connection)
        if self.on_strike is not None:
            self.on_strike(rule, path, connection)
        if isinstance(rule.bound.fault, ServerFault):
            self.orders.append(rule.bound.fault.order())

    # ── connections ───────────────────────────────────────────────────────────────────────────

    def knock(self, asked: Asked, path: str) -> tuple[Asked, Handshake | None]:
        """A client asks for a stream; with its number, and how it is answered instead."""
        if not self.rules:
            return asked, None
        key = ("stream", *asked.where)
        self._asked[key] += 1
        asked = replace(asked, number=self._asked[key])
        for rule in [*self.rules.values()]:
            fault = rule.bound.fault
            # What is of both families strikes connections; the handshakes that follow, of whichever
            # connection, are part of it.
            follows = isinstance(fault, StreamFault)
            is_on = rule.covers(asked) if follows else rule.is_on(asked)
            if is_on and isinstance(fault, HandshakeFault | ServerFault):
                answer = self._knocked(rule, fault, self._with_others(asked, rule), path)
                if answer is not None:
                    return asked, answer
        return asked, None

    def _knocked(
        self, rule: Rule, fault: HandshakeFault | ServerFault, asked: Asked, path: str
    ) -> Handshake | None:
        if isinstance(fault, ServerFault):
            return None  # it strikes by the watch of the connection that is about to be
        memory, chance = rule.memory(asked), rule.chance(asked)
        follows = isinstance(fault, StreamFault)
        if asked.wire >= rule.expires if follows else not rule.is_armed(asked):
            return None
        if not fault.wants(asked, memory):
            return None
        if not follows:
            if not rule.happens(asked, chance):
                return None
            self._struck(rule, asked.wire, path, None)
        return fault.handshake(asked, chance, memory)

    def _with_others(self, asked: Asked, rule: Rule) -> Asked:
        here = [each for each in self._open.values() if rule.covers(each.asked)]
        same = tuple(each.subscriber.id for each in here if each.asked.where == asked.where)
        return replace(asked, open=len(here), same=same)

    def open(
        self, subscriber: Subscriber, asked: Asked, other: Callable[[str], Readable | None]
    ) -> None:
        """A connection is open; it has a way of its own where a rule may strike it."""
        opened = Open(subscriber, asked, other)
        self._open[subscriber.id] = opened
        if not self.rules:
            return
        for rule in self.rules.values():
            fault = rule.bound.fault
            # What it did once goes on, whichever connection it was to strike.
            goes_on = rule.covers(asked) and asked.wire < rule.expires
            if goes_on and isinstance(fault, StreamFault):
                watch = Watching(rule, opened, self._met)
                if (effect := fault.again(watch.context(asked.wire))) is not None:
                    self._way(opened).run(effect, rule.number, asked.wire, rule.expires)
        self._watch(self.rules.values(), opened, asked.wire)

    def leave(self, subscriber: Subscriber) -> None:
        """A connection is gone."""
        opened = self._open.pop(subscriber.id, None)
        self.ways.pop(subscriber.id, None)
        if opened is not None and opened.has_way:
            self._wait(opened.way, None)

    def _watch(self, rules: Iterable[Rule], opened: Open, now: float) -> None:
        watches = [
            Watching(rule, opened, self._met)
            for rule in rules
            if isinstance(rule.bound.fault, StreamFault | ServerFault)
            and rule.is_on(opened.asked)
            and not rule.is_gone(now)
        ]
        if watches:
            self._way(opened).add(watches, now)

    def _met(self, rule: Rule, now: float, opened: Open) -> None:
        self._struck(rule, now, opened.subscriber.path, opened.subscriber.id)

    def _watching(self, number: int) -> Iterator[tuple[Open, Watching]]:
        for each in self._open.values():
            for watch in _watches(each, number) if each.has_way else ():
                yield each, watch

    def _way(self, opened: Open) -> Way:
        if not opened.has_way:
            who = opened.subscriber
            who.way = Way(who, self.orders.append, self._wait, self._pace)
            self.ways[who.id] = who
        return opened.way

    # ── requests ──────────────────────────────────────────────────────────────────────────────

    def answer(self, answer: Answer, asked: Asked, path: str) -> Answer:
        """What a request is answered, once the rules have seen it."""
        if not self.rules:
            return answer
        key = ("request", *asked.where)
        self._asked[key] += 1
        asked = replace(asked, number=self._asked[key])
        for rule in [*self.rules.values()]:
            fault = rule.bound.fault
            if not isinstance(fault, RestFault) or not rule.covers(asked):
                continue
            memory, chance = rule.memory(asked), rule.chance(asked)
            if not rule.is_armed(asked) or not fault.wants(asked, answer, memory):
                continue
            if rule.happens(asked, chance):
                self._struck(rule, asked.wire, path, None)
                answer = fault.answer(answer, asked, chance, memory)
        return answer


def _watches(opened: Open, number: int) -> list[Watching]:
    watches = (each for each in opened.way.watches if isinstance(each, Watching))
    return [each for each in watches if each.rule.number == number]


def asking(
    path: str, wire: float, *, client: str = "", address: str = "", key: str = "", query: str = ""
) -> Asked:
    """A request for a path, as faults see it."""
    tournament, name, dialect = name_of(path.rstrip("/"))
    return Asked(name, tournament, 0, client, address, wire, key, query=query, dialect=dialect)
