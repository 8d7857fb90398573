"""All that is due, in order: play on its sources, each connection's life on the wire's clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import count

from mockdde.answers import Answers
from mockdde.chaos import Chaos, asking
from mockdde.conductor import Conductor, Hands
from mockdde.deadlines import Alarm, Deadlines, Waiting
from mockdde.documents import Documents
from mockdde.errors import RequestError
from mockdde.feeds import dialect_of
from mockdde.journal import Journal
from mockdde.latest import Latest
from mockdde.multiplexer import Multiplexer, catches_up
from mockdde.playclock import ORDINARY, Clocks
from mockdde.quirks import Quirks
from mockdde.reception import Reception, receptions
from mockdde.records import replace
from mockdde.show import Feed, Show
from mockdde.shows import Shows
from mockdde.subscriber import Source, State, Subscriber
from mockdde.tape import Tape
from mockdde.tokens import Pass, Tokens
from mockdde.way import Way
from mockdde.wire import Answer, Asked, Close, Handshake
from mockdde.world import Tournament

__all__ = ["Engine"]

_BRIEF = 32  # steps done before a message is heard; it need not wait for all that is due


class Engine:
    """Pure: time is an argument. ``ready`` holds who has something to take, by id, in order.

    After any call the caller takes from those in ``ready`` and writes, and calls ``run_until``
    again no later than ``next_deadline``. Wire times are seconds since 1970. What answers a client
    first does all that is due; a caller that has no time for it asks ``reach`` before.
    """

    def __init__(
        self,
        tournaments: Sequence[Tournament],
        *,
        quirks: Quirks,
        wire: float,
        speed: float = 1.0,
        tokens: Iterable[str] = (),
        journal: Journal | None = None,
        clocks: Clocks = ORDINARY,
    ) -> None:
        """See ``Tokens`` about those. RequestError: no start where ``clocks`` say."""
        self.journal = journal or Journal()
        self.quirks = quirks
        self.ready: dict[int, Subscriber] = {}
        self.subscribers: dict[int, Subscriber] = {}
        self.tokens = Tokens(tokens, quirks)
        self.shows = Shows(tournaments, speed, clocks, wire)
        self._documents = Documents([each.broadcast.books for each in self.shows], quirks)
        self._multiplexer = Multiplexer(quirks, holds=bool(self.shows.late))
        self._readers: dict[str, dict[int, Subscriber]] = {}  # streaming, by source and id
        self._show_of: dict[int, Show] = {}  # by subscriber
        self._deadlines = Deadlines()
        self.answers = Answers(self.shows, self._documents, self.reach, quirks)
        self._receptions = receptions(self, self.tokens.is_good)
        self.chaos = Chaos(self.journal, self.wait, self._pace)
        self._numbers = count(1)
        self._reached = float("-inf")  # all that was due by then is done
        self.conductor = Conductor(self.shows, self._hands(), self.journal, clocks, speed)
        for show in self.shows:
            self.adopt(show, wire)
        self.conductor.raise_curtain(wire)

    def _hands(self) -> Hands:
        """What the conductor works with."""
        return Hands(
            self.run_until,
            self._advance,
            self.close,
            self.adopt,
            self.subscribers,
            self._show_of,
            self._multiplexer,
            self._documents,
        )

    def adopt(self, show: Show, wire: float) -> None:
        """The faults of a scenario become rules, instead of those it had."""
        scenario = show.tournament.scenario
        self.chaos.forget(show.tournament.id, wire)
        show.forget_alarms()
        for index, bound in enumerate(show.broadcast.faults):
            key = (scenario.seed, scenario.name, index)
            rule = self.chaos.add(bound, show.tournament.id, key, wire)
            if bound.spec.at.what == "scenario":
                show.alarm(bound.spec.at.number, partial(self.arm, rule.number), once=True)

    def arm(self, rule: int, wire: float) -> None:
        """A rule's moment of play has come."""
        self.chaos.arm(rule, wire)
        self.woken()

    def woken(self) -> None:
        """Who has a way of its own may have something to take."""
        self.ready |= self.chaos.ways

    # ── time ──────────────────────────────────────────────────────────────────────────────────

    def next_deadline(self, *, awaited: bool = False) -> float | None:
        """When something is due, or only what is ``awaited``; None where nothing ever is."""
        late = self.shows.waking or (self.shows.behind and not awaited)
        play = 0.0 if late else self.shows.next()[1]
        return first if (first := min(play, self._deadlines.first)) < float("inf") else None

    def run_until(
        self, wire: float, budget: int | None = None, waking: Collection[int] | None = None
    ) -> bool:
        """Do all that is due by ``wire``, deadline by deadline, in order; true when all is done.

        With a ``budget`` only so many events. What connections wait for is of the wire and not of
        play: it is done in any case, and does not wait for play that is late. ``waking`` are the
        tournaments that are to be woken, where not all that somebody waits for or that are behind.
        """
        self.conductor.now = wire
        left = budget or -1
        while left and (show := self._next(wire)) is not None:
            self._advance(show, show.due() or 0.0)
            left -= 1
        while self._deadlines.first <= wire:
            self._expire()
        if not left:
            return False
        self._reached = max(self._reached, wire)
        self.shows.joined = False
        while left and (show := self.shows.woken(wire, waking)) is not None:
            self._advance(show, show.due() or 0.0)
            left -= 1
        if left and self.shows.joined:
            return self.run_until(wire, budget and left, waking)
        if self._multiplexer.holds and not (self.shows.late or self.shows.joined):
            self._multiplexer.settle()
        return not (self.shows.waking or (waking is None and self.shows.behind))

    def reach(
        self, wire: float, about: Collection[int], budget: int | None = None, stream: str = ""
    ) -> bool:
        """Work towards an answer about these tournaments at this time; true when it can be given.

        ``stream`` is the path of one of theirs that may sleep, and is woken. See ``run_until``
        about ``budget``; without one it does not wait until others are told. Who is told false asks
        again after its next slice.
        """
        self.shows.wake(about)
        self.run_until(wire, budget, about if budget is None else self.shows.waking)
        if self._reached < wire or self.shows.joined:
            return False
        if not self.shows.waking.keys().isdisjoint(about):
            return False
        own = (show for show in self.shows if show.tournament.id in about)
        return not stream or all(show.rouse(stream, at_once=budget is None) for show in own)

    def _next(self, wire: float) -> Show | None:
        """Whose event is due by then, once all deadlines before it are done."""
        while True:
            show, due = self.shows.next()
            if show is None or due > wire:
                return None
            if self._deadlines.first >= due:
                return show
            self._expire()

    def _advance(self, show: Show, wire: float) -> None:
        if not self.conductor.takes(show, wire):
            return
        step = show.advance()
        multiplexed = self._multiplexer.readers > 0 and not show.was_over
        at = (wire, self.shows.place(show)) if self._multiplexer.holds else None
        for sent in step.packets:
            tape = show.tape(sent.stream, sent.feed)
            tape.append(sent.payload, sent.seq)
            if not show.was_over and dialect_of(sent.feed) == "dde":
                self._multiplexer.add(tape, tape.path, sent.feed.FEED_TYPE, sent.kind, at)
            self._added(tape, wire)
        for path in step.ended:
            if (ended := show.tapes.get(path)) is not None:  # else it sleeps
                ended.ended = True
            for subscriber in [*self._readers.get(path, {}).values()]:
                self._reception(subscriber).ended(subscriber, wire)
        for path, seq, feed in step.changed:
            latest = show.document(path, feed)
            # Now, for with the next event it may be another document.
            is_dde = dialect_of(feed) == "dde"
            keep = (multiplexed and is_dde) or latest.readers > 0
            latest.change(seq, keep=keep)
            if not show.was_over and is_dde:
                self._multiplexer.add(latest, path, feed.FEED_TYPE, at=at)
            self._added(latest, wire)
        if multiplexed and (step.packets or step.changed):
            self._added(self._multiplexer, wire)
        self._documents.apply(show.broadcast.books, step)
        self.conductor.sent(show, step, wire)

    def _added(self, source: Source, wire: float) -> None:
        """Something was added to a source: tell its readers."""
        readers = self._readers.get(source.path)
        if not readers:
            return
        self.ready |= readers
        for number, subscriber in [*self.chaos.ways.items()]:
            if number in readers:
                self.fill(subscriber, wire)

    def fill(self, subscriber: Subscriber, wire: float) -> None:
        """What it has to take goes its own way now, where it has one."""
        if isinstance(subscriber.way, Way):
            subscriber.way.fill(wire)
        self.ready[subscriber.id] = subscriber

    def wait(self, who: Waiting, until: float | None) -> None:
        """Somebody waits until then, or for nothing any more."""
        self._deadlines.set(who, until, len(self.subscribers))

    def _expire(self) -> None:
        at, who = self._deadlines.first, self._deadlines.pop()
        if isinstance(who, Alarm):
            who.call(at)
        elif isinstance(who, Way):
            who.deadline = None
            who.expire(at)
            self.ready[who.subscriber.id] = who.subscriber
        elif isinstance(who, Subscriber):
            self._reception(who).overdue(who, at)

    def alarm(self, at: float, call: Callable[[float], None]) -> Alarm:
        """Call at a wire time, in order with all that is due."""
        alarm = Alarm(call)
        self.wait(alarm, at)
        return alarm

    # ── connections ───────────────────────────────────────────────────────────────────────────

    def knock(self, asked: Asked, path: str) -> tuple[Asked, Handshake | None]:
        """A client asks for a stream; how its handshake is answered instead, where a fault is."""
        asked, handshake = self.chaos.knock(asked, path)
        for number in handshake.closes if handshake else ():
            if self.subscribers[number].state is not State.CLOSING:
                self.close(self.subscribers[number], 1008, "another session took its place")
        return asked, handshake

    def turn_away(self, subscriber: Subscriber, close: Close) -> None:
        """A fault has a connection closed that was only just opened."""
        self.close(subscriber, close.code, close.reason)

    def open(
        self,
        feed: Feed,
        params: Mapping[str, int],
        path: str,
        wire: float,
        asked: Asked | None = None,
        allowed: Pass | None = None,
    ) -> Subscriber:
        """A client opens a stream. RequestError answers its handshake where there is none.

        ``asked`` is what ``knock`` gave; without it the client has no name. ``allowed`` is what its
        token allows, where the handshake has one.
        """
        self.reach(wire, (params["tournament"],))
        show, unknown = self.shows.of(feed, params)
        quirks = show.quirks if show else self.quirks
        dialect = dialect_of(feed)
        if show is None or unknown:
            if dialect == "live" or quirks["unknown-stream"] == "404":
                raise RequestError(404, unknown)
            return self._opened(Subscriber(next(self._numbers), path, Tape(path)), quirks, wire)
        self._begin(show, path, wire)
        source = show.source(feed, params)
        before = quirks["before-start" if dialect == "dde" else "live-before-start"]
        if not len(source) and before != "wait":
            raise RequestError(int(before), "the round has not started yet")
        subscriber = Subscriber(next(self._numbers), path, source, dialect)
        self._show_of[subscriber.id] = show
        self._opened(subscriber, quirks, wire, allowed)
        asked = asked or self.knock(asking(source.path, wire), path)[0]
        self.chaos.open(subscriber, replace(asked, wire=wire), partial(show.named, dialect))
        self.ready[subscriber.id] = subscriber
        return subscriber

    def multiplex(
        self, query: Mapping[str, str], path: str, wire: float, asked: Asked | None = None
    ) -> Subscriber:
        """A client opens the multiplexer. RequestError where it asks for another sport."""
        backfill = catches_up(query)
        self.reach(wire, self.shows.live)
        subscriber = Subscriber(next(self._numbers), path, self._multiplexer)
        self._opened(subscriber, self.quirks, wire)
        subscriber.skip_to(0 if backfill else len(self._multiplexer))
        asked = asked or self.knock(asking(path, wire), path)[0]
        self.chaos.open(subscriber, replace(asked, wire=wire), lambda _: None)
        for show in self.shows:
            if not show.was_over:
                self._begin(show, path, wire)
        return subscriber

    def _begin(self, show: Show, path: str, wire: float) -> None:
        """Play begins with the first client."""
        if not show.clock.begun:
            self.conductor.opened(show, path, wire)

    def _opened(
        self, subscriber: Subscriber, quirks: Quirks, wire: float, allowed: Pass | None = None
    ) -> Subscriber:
        subscriber.source.readers += 1
        self.subscribers[subscriber.id] = subscriber
        self.journal.note(wire, "opened", subscriber.path, connection=subscriber.id)
        self._reception(subscriber).opened(subscriber, quirks, wire, allowed)
        return subscriber

    def _reception(self, subscriber: Subscriber) -> Reception:
        return self._receptions[subscriber.dialect]

    def _pace(self, subscriber: Subscriber, now: float) -> None:
        self._reception(subscriber).pace(subscriber, now)

    def hear(self, subscriber: Subscriber, data: str | bytes, wire: float) -> None:
        """A client sent a message."""
        self.run_until(wire, _BRIEF)
        way = subscriber.way
        if isinstance(way, Way) and way.deaf:
            return
        self._reception(subscriber).hear(subscriber, data, wire)
        if isinstance(way, Way):
            way.heard(wire)
            self.ready[subscriber.id] = subscriber

    def ping(self, subscriber: Subscriber, wire: float) -> None:
        """A client sent a ping."""
        self.run_until(wire, _BRIEF)
        self._reception(subscriber).pinged(subscriber, wire)

    def leave(self, subscriber: Subscriber, wire: float, detail: str) -> None:
        """A connection is gone."""
        if self.subscribers.pop(subscriber.id, None) is None:
            return
        self._stop(subscriber)
        self._reception(subscriber).left(subscriber)
        self.chaos.leave(subscriber)
        self.ready.pop(subscriber.id, None)
        self._show_of.pop(subscriber.id, None)
        source = subscriber.source
        source.readers -= 1
        if not self._multiplexer.readers:
            gone = source is self._multiplexer
            for each in self.shows.latest() if gone else [source]:
                if isinstance(each, Latest) and not each.readers:
                    each.forget()
        self.journal.note(wire, "closed", subscriber.path, detail, subscriber.id)

    def quirks_of(self, subscriber: Subscriber) -> Quirks:
        """The quirks of its tournament, or of what no tournament owns."""
        show = self._show_of.get(subscriber.id)
        return show.quirks if show else self.quirks

    def seat(self, subscriber: Subscriber) -> bool:
        """From now on it hears of what its source has; false where there is no such stream."""
        source = subscriber.source
        if subscriber.id not in self._show_of and source is not self._multiplexer:
            return False
        self._readers.setdefault(source.path, {})[subscriber.id] = subscriber
        return True

    def close(self, subscriber: Subscriber, code: int, reason: str) -> None:
        """It is closed once it has taken all that is due."""
        if not (isinstance(subscriber.way, Way) and subscriber.way.stopped):
            subscriber.finish(code, reason)
        self._stop(subscriber)
        self.fill(subscriber, self._reached)

    def _stop(self, subscriber: Subscriber) -> None:
        self.wait(subscriber, None)
        self._readers.get(subscriber.source.path, {}).pop(subscriber.id, None)

    # ── what else is asked ────────────────────────────────────────────────────────────────────

    def never_fired(self) -> list[str]:
        """Faults of the scenarios that did not strike, a sentence each."""
        return self.chaos.never_fired()

    def answer(self, answer: Answer, asked: Asked, path: str) -> Answer:
        """What a request is answered, once the faults have seen it."""
        return self.chaos.answer(answer, asked, path)

    def standing(self, wire: float) -> list[dict[str, object]]:
        """Each tournament: its id, name and scenario, and the moment of play it has reached."""
        return self.shows.standing(wire)
