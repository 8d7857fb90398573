"""A connection's own way: what it is sent goes through the effects of faults."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from itertools import count

import orjson

from mockdde.frames import opcode_of, payload_of
from mockdde.outlet import Outlet
from mockdde.records import replace
from mockdde.subscriber import State, Subscriber
from mockdde.watch import Watch
from mockdde.wire import (
    FOREVER,
    Act,
    Effect,
    Ending,
    Fin,
    Frame,
    Freeze,
    Message,
    Order,
    Piece,
    Refusal,
    Reset,
    Restart,
    Shut,
    Thing,
    as_pieces,
    made,
)
from mockdde.wire import Close as Closing

__all__ = ["Way"]

_MOST = 1 << 20  # bytes that wait for their time; beyond it the cursor lags
_LIVE = b'{"specversion":'  # a CloudEvent as it is rendered here, which need not be read whole
_EVENT = b'"type":"Event.Sport.Golf.'  # of its data; its own type has no last word
_STACKED = 32  # effects of one rule at once; while there are so many it does not strike again


class _Running:
    """An effect, its place among the others, and the time at which it ends."""

    __slots__ = ("_first", "effect", "place", "until")

    def __init__(self, place: int, until: float, effect: Effect, trigger: int) -> None:
        self.place, self.until, self.effect = place, until, effect
        self._first = [trigger, trigger]  # of messages, of frames; 0 once it has come

    def reaches(self, message: Message, stage: int) -> bool:
        """Whether it begins with this or has begun; not with what others held back before."""
        if message.place is not None and message.place >= self._first[stage]:
            self._first[stage] = 0
        return message.place is None or not self._first[stage]

    def sees(self, message: Message) -> bool:  # what it can still make something of
        return not self.effect.over and self.reaches(message, 0)


class Way:
    """Pulls frame by frame from its subscriber; what comes out has a wire time.

    ``deadline`` is when ``expire`` is to be called next. ``ending`` is set once all before it is
    taken.
    """

    def __init__(
        self,
        subscriber: Subscriber,
        order: Callable[[Order], None],
        wait: Callable[[Way, float | None], None],
        pace: Callable[[Subscriber, float], None],
    ) -> None:
        """``order`` is for what the server does as a whole, ``wait`` hears of each new deadline.

        ``pace`` is told when the next heartbeat may be due at another time.
        """
        self.subscriber = subscriber
        self.watches: list[Watch] = []
        self.deadline: float | None = None
        self.ending: Ending | None = None
        self.stopped = False  # an ending is on its way: nothing is pulled any more
        self.frozen: float | None = None  # until then nothing is sent or heard
        self._order, self._wait, self._pace = order, wait, pace
        self._running: list[_Running] = []
        self._now = 0.0
        self._outlet = Outlet()
        self._late: list[tuple[float, int, Message]] = []
        self._numbers = count()
        self._delayed = 0  # bytes in ``_late``
        self._messages = 0  # of the client

    # ── what the session asks ─────────────────────────────────────────────────────────────────

    @property
    def pongs(self) -> bool:
        """Whether pings are answered."""
        return all(each.effect.pongs for each in self._running)

    @property
    def close_delay(self) -> float:
        """The seconds that a client's close frame goes unanswered."""
        return max((each.effect.close_delay for each in self._running), default=0.0)

    @property
    def refusal(self) -> Refusal | None:
        """What a good token is told instead of its acceptance."""
        told = (each.effect.refusal for each in self._running)
        return next((each for each in told if each is not None), None)

    @property
    def forgets(self) -> bool:
        """Whether no event is known that the client says it has seen."""
        return any(each.effect.forgets for each in self._running)

    @property
    def held(self) -> int:
        """The bytes that wait for their time."""
        return self._outlet.size + self._delayed + sum(each.effect.held for each in self._running)

    @property
    def deaf(self) -> bool:
        """Whether what the client sends is not heard."""
        return self.frozen is not None

    def beat(self, every: float) -> float:
        """The seconds until the next heartbeat."""
        for each in self._running:
            every = each.effect.beat(every)
        return every

    # ── what happens ──────────────────────────────────────────────────────────────────────────

    def add(self, watches: Iterable[Watch], now: float) -> None:
        """Rules that may strike from now on, and those that do at once."""
        self.watches += watches
        self.expire(now)

    def drop(self, watches: Iterable[Watch], place: int, now: float) -> None:
        """A rule is no more: those watches of it, and all that it does here."""
        for watch in watches:
            self.watches.remove(watch)
        for each in self._running:
            if each.place == place:
                each.until = now
        self.expire(now)

    def heard(self, now: float) -> None:
        """The client has sent a message."""
        self._now = max(self._now, now)
        self._messages += 1
        for watch in self.watches:
            if watch.heard(self._messages):
                self._strike(watch)
        self.fill(now)

    def authenticated(self, now: float) -> None:
        """Its token was good."""
        for watch in self.watches:
            watch.authenticated(now)
        self.expire(now)

    def signal(self, watch: Watch, now: float) -> None:
        """What a rule waited for has happened, elsewhere."""
        self._now = max(self._now, now)
        self._strike(watch)
        self.fill(now)

    def run(self, effect: Effect, place: int, now: float, until: float = FOREVER) -> None:
        """An effect of before goes on."""
        self._now = max(self._now, now)
        self._start(place, until, effect)
        self.fill(now)

    def control(self, frame: bytes, now: float) -> None:
        """A control frame goes between the frames that are on their way.

        Not where so many wait already that its client can only mean harm.
        """
        if self.held > 2 * _MOST:
            return
        self._now = max(self._now, now)
        lag = sum(each.effect.lag() for each in self._running)
        self._put(self._now + lag, frame)
        self._schedule()

    def fill(self, now: float) -> None:
        """Take what the source has by now, as far as there is room."""
        self._now = max(self._now, now)
        while not self.stopped and self.frozen is None and self.held < _MOST:
            pulled = self.subscriber.pull()
            if pulled is None:
                break
            self._pass(*pulled)
            self._ripen()
        self._schedule()

    def expire(self, at: float) -> None:
        """Its deadline has come."""
        self._now = max(self._now, at)
        if self.frozen is not None and self.frozen <= at:
            self.frozen = None
            self._outlet.last = max(self._outlet.last, at)
        for watch in self.watches:
            if watch.at is not None and watch.at <= at:
                watch.at = None
                self._strike(watch)
        for each in [*self._running]:
            if each.effect.wake is not None and each.effect.wake <= at:
                each.effect.wake = None
                self._emit_all(self._through(each.effect.woken(at), each.place))
            if each.until <= at:
                self._running.remove(each)
                self._outlet.leave(each.effect)
                self._paced(each.effect)
                self._emit_all(self._through(each.effect.end(at), each.place))
        while self._late and self._late[0][0] <= at:
            message = heapq.heappop(self._late)[2]
            self._delayed -= len(message.payload)
            self._emit(replace(message, delay=0.0, overtaken=False))
        self._sweep()
        self.fill(at)

    def take(self) -> bytes | None:
        """The next bytes that are due."""
        if not self._outlet.is_due:
            self.fill(self._now)
        while self.frozen is None and (data := self._outlet.take()) is not None:
            if isinstance(data, bytes):
                return data
            self._act(data)
        self._end()
        return None

    def rest(self) -> bytes:
        """What must go before a close frame that waits for nothing."""
        return self._outlet.rest()

    # ── the stages ────────────────────────────────────────────────────────────────────────────

    def _pass(self, frame: bytes, kind: str, place: int | None) -> None:
        payload = payload_of(frame)
        struck: list[Effect] = []
        if place is not None:
            kind = _kind(payload) if self.watches or self._running else ""
            message = Message(payload, kind, place)
            for watch in self.watches:
                if watch.hears(message, self._now):
                    struck += self._strike(watch, place)
        else:
            message = Message(payload, kind, opcode=opcode_of(frame))
        self._emit_all(self._through([message]))
        for effect in struck:
            self._emit_all(effect.start(self._now))
        self._sweep()

    def _through(self, things: Iterable[Thing], after: int = 0) -> Iterable[Thing]:
        """What the effects make of messages; only those after a place, where one is given."""
        for each in [*self._running]:
            if each.place > after:
                things = made(each.effect, things, self._now, each.sees)
        return things

    def _strike(self, watch: Watch, trigger: int | None = None) -> list[Effect]:
        before = [each.effect for each in self._running if each.place == watch.place]
        room = len(before) < _STACKED and not any(each.alone for each in before)
        struck = None if self.stopped else watch.strike(self._now, room=room)
        if struck is None:
            return []
        until, effect = struck
        self._start(watch.place, until, effect, trigger)
        return [effect]

    def _start(self, place: int, until: float, effect: Effect, trigger: int | None = None) -> None:
        self._running.append(_Running(place, until, effect, trigger or 0))
        self._running.sort(key=lambda each: each.place)
        self._paced(effect)
        if trigger is None:  # else once the packet has passed
            self._emit_all(effect.start(self._now))
            self._sweep()

    def _paced(self, effect: Effect) -> None:
        if type(effect).beat is not Effect.beat:
            self._pace(self.subscriber, self._now)

    def _sweep(self) -> None:
        if any(each.effect.over for each in self._running):
            self._running = [each for each in self._running if not each.effect.over]

    def _emit_all(self, things: Iterable[Thing]) -> None:
        for thing in things:
            self._emit(thing)

    def _emit(self, thing: Thing) -> None:
        if self.stopped:
            return
        if isinstance(thing, Frame):
            if self.held < _MOST:
                self._put(self._now, thing.data)
            return
        if not isinstance(thing, Message):
            self._put(self._now, thing)
            return
        if thing.overtaken and thing.delay > 0:
            late = (self._now + thing.delay, next(self._numbers), thing)
            heapq.heappush(self._late, late)
            self._delayed += len(thing.payload)
            return
        pieces: list[Piece] = as_pieces(thing)
        for each in [] if thing.is_control else self._running:
            if each.reaches(thing, 1):
                pieces = each.effect.frames(thing, pieces)
        due = max(self._outlet.last, self._now + thing.delay)
        for piece in pieces:
            due += piece.delay
            self._put(due, piece.data)

    def _put(self, due: float, data: bytes | Act) -> None:
        if self.stopped:
            return
        if isinstance(data, Restart | Shut):
            self._order(data)
            return
        if data == Freeze(0.0):
            self.frozen = None
            self._outlet.thaw()
            return
        self._outlet.put(due, data, (each.effect for each in self._running))
        if isinstance(data, Closing | Fin | Reset):
            self._stop(data)

    def _ripen(self) -> None:
        self._outlet.ripen(self._now)
        if self._outlet.ending is not None and not self.stopped:
            self._stop(self._outlet.ending)

    def _stop(self, ending: Ending) -> None:
        self.stopped = True
        self.subscriber.state = State.CLOSING
        self.subscriber.close = None
        if isinstance(ending, Closing):
            self.subscriber.close = (ending.code, ending.reason)

    # ── ends ──────────────────────────────────────────────────────────────────────────────────

    def _act(self, act: Act) -> None:
        if isinstance(act, Freeze):
            self.frozen = self._now + act.seconds
            self._schedule()
        elif isinstance(act, Closing | Fin | Reset):
            self.ending = act

    def _end(self) -> None:
        """A close that the session wants comes after all that is on its way."""
        close = self.subscriber.close
        idle = self._outlet.is_empty and not self.held and self.frozen is None
        idle = idle and not any(each.effect.holds for each in self._running)
        if close is not None and not self.stopped and idle:
            self.ending = Closing(*close)

    def _schedule(self) -> None:
        self._ripen()
        times = [each.at for each in self.watches if each.at is not None]
        times += [each.effect.wake for each in self._running if each.effect.wake is not None]
        times += [each.until for each in self._running]
        if self.frozen is not None:
            times.append(self.frozen)
        if self._outlet.next_due is not None:
            times.append(self._outlet.next_due)
        if self._late:
            times.append(self._late[0][0])
        first = min(times, default=FOREVER)
        until = None if first == FOREVER else first
        if until != self.deadline:
            self._wait(self, until)


def _kind(payload: bytes) -> str:
    """A packet's eventElementType; on the multiplexer of the packet in the envelope.

    Of a live event the last word of its type; a state has none.
    """
    if payload.startswith(_LIVE):
        _, found, after = payload.partition(_EVENT)
        return after.partition(b'"')[0].decode() if found else ""
    packet = orjson.loads(payload)
    inner = packet.get("message")
    return str((inner if isinstance(inner, dict) else packet).get("eventElementType", ""))
