"""A connection's own way: what it is sent goes through the effects of faults."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from typing import Protocol

import orjson

from mockdde.frames import payload_of
from mockdde.subscriber import State, Subscriber
from mockdde.wire import (
    FOREVER,
    Act,
    Effect,
    Ending,
    Fin,
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
)
from mockdde.wire import Close as Closing

__all__ = ["Watch", "Way"]

_MOST = 1 << 20  # bytes that wait for their time; beyond it the cursor lags
_PIECE = 64 * 1024  # bytes that are handed out at once


class Watch(Protocol):
    """A rule that may strike this connection."""

    at: float | None  # the wire time that is its trigger, while it waits for that

    def hears(self, message: Message, now: float) -> bool:
        """Whether it strikes with a packet."""
        ...

    def heard(self, number: int) -> bool:
        """Whether the client's so manieth message is."""
        ...

    def strike(self, now: float) -> tuple[int, float, Effect] | None:
        """An occasion: its place among the effects, when it ends and what it does; or nothing."""
        ...

    def authenticated(self, now: float) -> None:
        """The token was good."""
        ...


class _Running:
    """An effect, its place among the others, and the time at which it ends."""

    __slots__ = ("effect", "place", "until")

    def __init__(self, place: int, until: float, effect: Effect) -> None:
        self.place, self.until, self.effect = place, until, effect


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
    ) -> None:
        """``order`` is for what the server does as a whole, ``wait`` hears of each new deadline."""
        self.subscriber = subscriber
        self.watches: list[Watch] = []
        self.deadline: float | None = None
        self.ending: Ending | None = None
        self.stopped = False  # an ending is on its way: nothing is pulled any more
        self.frozen: float | None = None  # until then nothing is sent or heard
        self._order, self._wait = order, wait
        self._running: list[_Running] = []
        self._now = 0.0
        self._last = 0.0  # when the last that is on its way is due
        self._ripe: deque[bytes | Act] = deque()  # due
        self._out: deque[tuple[float, bytes | Act]] = deque()  # due later, in order
        self._late: list[tuple[float, int, Message]] = []
        self._numbers = count()
        self._held = 0  # bytes in ``_ripe``, ``_out`` and ``_late``
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

    def drop(self, watch: Watch, place: int, now: float) -> None:
        """A rule is no more, and what it did is over."""
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
        """A control frame goes between the frames that are on their way."""
        self._now = max(self._now, now)
        self._shape(self._now, frame)
        self._schedule()

    def fill(self, now: float) -> None:
        """Take what the source has by now, as far as there is room."""
        self._now = max(self._now, now)
        while not self.stopped and self.frozen is None and self._held < _MOST:
            pulled = self.subscriber.pull()
            if pulled is None:
                break
            self._pass(*pulled)
        self._schedule()

    def expire(self, at: float) -> None:
        """Its deadline has come."""
        self._now = max(self._now, at)
        if self.frozen is not None and self.frozen <= at:
            self.frozen = None
            self._last = max(self._last, at)
        for watch in self.watches:
            if watch.at is not None and watch.at <= at:
                watch.at = None
                self._strike(watch)
        for each in [*self._running]:
            if each.effect.wake is not None and each.effect.wake <= at:
                each.effect.wake = None
                self._emit_all(each.effect.woken(at))
            if each.until <= at:
                self._running.remove(each)
                self._emit_all(each.effect.end(at))
        while self._late and self._late[0][0] <= at:
            message = heapq.heappop(self._late)[2]
            self._held -= len(message.payload)
            self._emit(replace(message, delay=0.0, overtaken=False))
        self._sweep()
        self.fill(at)

    def take(self) -> bytes | None:
        """The next bytes that are due."""
        if not self._ripe:
            self.fill(self._now)
        taken: list[bytes] = []
        size = 0
        while self._ripe and self.frozen is None and size < _PIECE:
            data = self._ripe[0]
            if isinstance(data, bytes):
                taken.append(data)
                size += len(data)
            elif taken:
                break  # the act comes after these
            else:
                self._act(data)
            self._ripe.popleft()
        self._held -= size
        if taken:
            return b"".join(taken)
        self._end()
        return None

    # ── the stages ────────────────────────────────────────────────────────────────────────────

    def _pass(self, frame: bytes, kind: str, place: int | None) -> None:
        payload = payload_of(frame)
        struck: list[Effect] = []
        if place is not None:
            kind = _kind(payload) if self.watches or self._running else ""
            message = Message(payload, kind, place)
            for watch in self.watches:
                if watch.hears(message, self._now):
                    struck += self._strike(watch, starts=False)
        else:
            message = Message(payload, kind)
        things: list[Thing] = [message]
        for each in [*self._running]:
            things = [
                out
                for thing in things
                for out in (
                    each.effect.message(thing, self._now) if isinstance(thing, Message) else [thing]
                )
            ]
        self._emit_all(things)
        for effect in struck:
            self._emit_all(effect.start(self._now))
        self._sweep()

    def _strike(self, watch: Watch, *, starts: bool = True) -> list[Effect]:
        struck = None if self.stopped else watch.strike(self._now)
        if struck is None:
            return []
        place, until, effect = struck
        self._start(place, until, effect, starts=starts)
        return [effect]

    def _start(self, place: int, until: float, effect: Effect, *, starts: bool = True) -> None:
        self._running.append(_Running(place, until, effect))
        self._running.sort(key=lambda each: each.place)
        if starts:
            self._emit_all(effect.start(self._now))
            self._sweep()

    def _sweep(self) -> None:
        if any(each.effect.over for each in self._running):
            self._running = [each for each in self._running if not each.effect.over]

    def _emit_all(self, things: Iterable[Thing]) -> None:
        for thing in things:
            self._emit(thing)

    def _emit(self, thing: Thing) -> None:
        if self.stopped:
            return
        if not isinstance(thing, Message):
            self._put(max(self._last, self._now), thing)
            return
        if thing.overtaken and thing.delay > 0:
            late = (self._now + thing.delay, next(self._numbers), thing)
            heapq.heappush(self._late, late)
            self._held += len(thing.payload)
            return
        pieces: list[Piece] = as_pieces(thing.payload)
        for each in self._running:
            pieces = each.effect.frames(thing, pieces)
        due = max(self._last, self._now + thing.delay)
        for piece in pieces:
            due += piece.delay
            if isinstance(piece.data, bytes):
                self._shape(due, piece.data)
            else:
                self._put(due, piece.data)

    def _shape(self, due: float, data: bytes) -> None:
        shaped: list[tuple[float, bytes | Act]] = [(due, data)]
        for each in self._running:
            shaped = [out for at, part in shaped for out in _sent(each.effect, at, part)]
        for at, part in shaped:
            self._put(at, part)

    def _put(self, due: float, data: bytes | Act) -> None:
        if self.stopped or data == b"":
            return
        if isinstance(data, Restart | Shut):
            self._order(data)
            return
        self._last = max(self._last, due)
        if self._last <= self._now and not self._out:
            self._ripe.append(data)
        else:
            self._out.append((self._last, data))
        if isinstance(data, bytes):
            self._held += len(data)
        elif isinstance(data, Closing | Fin | Reset):
            self.stopped = True
            self.subscriber.state = State.CLOSING
            self.subscriber.close = (data.code, data.reason) if isinstance(data, Closing) else None

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
        idle = not self._ripe and not self._out and not self._late and self.frozen is None
        idle = idle and not any(each.effect.holds for each in self._running)
        if close is not None and not self.stopped and idle:
            self.ending = Closing(*close)

    def _schedule(self) -> None:
        while self._out and self._out[0][0] <= self._now:
            self._ripe.append(self._out.popleft()[1])
        times = [each.at for each in self.watches if each.at is not None]
        times += [each.effect.wake for each in self._running if each.effect.wake is not None]
        times += [each.until for each in self._running]
        if self.frozen is not None:
            times.append(self.frozen)
        if self._out:
            times.append(self._out[0][0])
        if self._late:
            times.append(self._late[0][0])
        first = min(times, default=FOREVER)
        until = None if first == FOREVER else first
        if until != self.deadline:
            self._wait(self, until)


def _kind(payload: bytes) -> str:
    """A packet's eventElementType; on the multiplexer of the packet in the envelope."""
    packet = orjson.loads(payload)
    inner = packet.get("message")
    return str((inner if isinstance(inner, dict) else packet).get("eventElementType", ""))


def _sent(effect: Effect, at: float, data: bytes | Act) -> Iterable[tuple[float, bytes | Act]]:
    if not isinstance(data, bytes):
        yield at, data
        return
    for piece in effect.send(at, data):
        at += piece.delay
        yield at, piece.data
