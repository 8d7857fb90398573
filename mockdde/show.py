"""A tournament being played, with its broadcast, its clock and a source for each stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

from mockdde.broadcast import Broadcast, Step, name_of
from mockdde.errors import RequestError
from mockdde.feeds import Sent, StateFeed, StreamFeed, canonical, dialect_of
from mockdde.latest import Latest
from mockdde.moments import HOUR
from mockdde.playclock import ORDINARY, Clocks, PlayClock
from mockdde.tape import Tape
from mockdde.world import Tournament

if TYPE_CHECKING:
    from mockdde.aims import Aim

__all__ = ["Alarm", "Feed", "Show"]

Feed: TypeAlias = type[StreamFeed] | type[StateFeed]

Alarm: TypeAlias = Callable[[float], None]

# After the first tee time of the last round: a round that dusk stopped, and a playoff, are over.
_SURELY_OVER = 36 * HOUR


class Show:
    """A source is made with the first packet, or when somebody opens its path.

    A ``cold`` show was over before the server began: nobody waits for it, and it is not live, so it
    is played only once somebody asks about it, and the multiplexer has nothing of it. One that is
    ``behind`` was in play already: it catches up while nobody but who asks about it waits.
    """

    def __init__(
        self, tournament: Tournament, speed: float, clocks: Clocks = ORDINARY, wire: float = 0.0
    ) -> None:
        """``speed`` in seconds of play a second of real time; ``wire`` is when serving starts.

        RequestError where it cannot start where the clocks say.
        """
        self._told = tournament  # as the scenario dates it
        self._clocks = clocks
        self._shift = 0  # milliseconds from the scenario's moments to those of ``tournament``
        # When after the begin, which, whether of this run alone, whom to call.
        self._alarms: list[tuple[int, int, bool, Alarm]] = []
        self._alarm_numbers = count()
        self._rung = 0  # so many have rung
        self._paused_at: float | None = None
        self.aimed: Aim | None = None  # play hurries there
        self.quiet_since: float | None = None  # the wire time of the last event that was sent
        self.again_at: float | None = None  # the wire time at which it begins again
        self.opened = False  # some client has opened it
        self.on_step: Callable[[Step], None] | None = None  # hears of all that is sent
        scenario = tournament.scenario
        at = scenario.tournament.start + scenario.play_at if scenario.play_at else 0
        self.was_over = at >= tournament.planned(scenario.rounds[-1].no) + _SURELY_OVER
        self.cold = self.was_over
        self.behind = bool(at) and not self.was_over and clocks.start_at is None
        # When one began that is told as it is read need not be known, and would have to be told:
        # those that come with mockdde have begun by then.
        began = self.cold or (self.behind and not tournament.log.is_whole)
        self._origin = at if began else max(tournament.begins, at)
        self.clock = PlayClock(self._origin, speed / clocks.wire_speed)
        self.stage(self._origin, wire)
        if clocks.start_at is not None and not self.was_over:
            self._start_at(clocks.start_at, wire)
        self.first = self.clock.moment_of(wire)  # what is before it was sent before serving

    def _start_at(self, word: str, wire: float) -> None:
        from mockdde.aims import aim, moment_of  # noqa: PLC0415  (few are told where to start)

        self.tournament, self._shift = self._told, 0  # the word is the scenario's
        self.broadcast = Broadcast(self._told)
        aimed = aim(word, self, self._origin)
        moment = aimed.moment
        if moment is None and self._clocks.rebases:
            moment = moment_of(aimed, self._told)
            if moment is None:
                message = f"{word} never comes in tournament {self._told.id}"
                raise RequestError(409, message)
        self.stage(self._origin if moment is None else moment, wire)
        if aimed.moment is None:
            self.hurry(aimed, wire)

    def stage(self, moment: int, wire: float) -> None:
        """Nothing is sent; play is at this moment of the scenario, and does not hurry."""
        self._shift = round(wire * 1000) - moment if self._clocks.rebases else 0
        self.tournament = self._told.moved(self._shift) if self._shift else self._told
        self.quirks = self._told.quirks
        self.broadcast = Broadcast(self.tournament)
        self.tapes: dict[str, Tape] = {}
        self.latest: dict[str, Latest] = {}
        # Streams that slept until now, what they have had of it, and what they have yet to get.
        self._waking: dict[str, tuple[Tape, Iterator[Sequence[Sent]]]] = {}
        self._feeds: dict[Any, Any] = {
            type(each): each for each in (*self.broadcast.feeds, *self.broadcast.states)
        }
        before, self.clock = self.clock, PlayClock(moment + self._shift, self.clock.speed)
        self.clock.paused = before.paused

    def restage(self, wire: float) -> None:
        """Nothing is sent; play is where it is, and that is now (``Clocks.rebases``)."""
        self.stage(self.clock.moment_of(wire) - self._shift, wire)
        self.clock.past = wire

    def begin_again(self, wire: float) -> None:
        """Nothing is sent, and play is where it was when the server began."""
        self.again_at = self.quiet_since = None
        self.opened = self.behind = False
        self._alarms.sort()
        self._rung = 0
        self.stage(self._origin, wire)
        self.clock.past = wire
        self.first = self.clock.moment_of(wire)

    # ── when ──────────────────────────────────────────────────────────────────────────────────

    def alarm(self, after_begin_ms: int, call: Alarm, *, once: bool = False) -> None:
        """Call with the wire time when play is so many milliseconds after the first packet.

        Before an event of the same moment, once play has begun; again when the tournament begins
        again, unless it is of this run alone (``once``). One that is past already rings at once.
        What was over before the server began has no alarms.
        """
        if self.was_over:
            return
        one = (after_begin_ms + self._told.begins, next(self._alarm_numbers), once, call)
        rung = self._alarms[: self._rung]
        self._alarms = [*rung, *sorted([*self._alarms[self._rung :], one])]

    def forget_alarms(self) -> None:
        """Those of one run alone ring no more."""
        self._rung = sum(not once for _, _, once, _ in self._alarms[: self._rung])
        self._alarms = [each for each in self._alarms if not each[2]]

    @property
    def next_alarm(self) -> int | None:
        """The play moment of the next alarm; None where an event or nothing is before it."""
        if self._rung == len(self._alarms) or not self.clock.begun:
            return None
        at = self._alarms[self._rung][0] + self._shift
        event = self.broadcast.next_due
        return at if event is None or at <= event else None

    def ring(self, wire: float) -> None:
        """The next alarm rings."""
        call = self._alarms[self._rung][3]
        self._rung += 1
        call(wire)

    @property
    def next_moment(self) -> int | None:
        """The play moment of what comes next: an event or an alarm."""
        event = self.broadcast.next_due
        if self._rung == len(self._alarms):
            return event
        alarm = self.next_alarm
        return event if alarm is None else alarm

    def due(self) -> float | None:
        """The wire time of what comes next: an event, an alarm, a new beginning."""
        moment = self.next_moment
        if self.aimed is not None:
            return None if moment is None else self.clock.past
        due = None if moment is None else self.clock.wire_of(moment)
        if self.again_at is not None and not self.clock.paused:
            return self.again_at if due is None else min(due, self.again_at)
        gap = self._clocks.max_gap
        if gap is None or due is None or self.quiet_since is None or self.is_over:
            return due
        return min(due, self.quiet_since + gap)

    def advance(self) -> Step:
        """The next event is carried out."""
        step = self.broadcast.advance()
        if self.on_step is not None:
            self.on_step(step)
        return step

    def reach(self, moment: int, wire: float) -> None:
        """What comes next is carried out now, and play is there, however far it was."""
        at = self.clock.wire_of(moment)
        if at is None or at > wire:
            self.clock.jump(moment, wire)

    # ── what is asked of its clock ────────────────────────────────────────────────────────────

    def start(self, wire: float) -> None:
        """Play begins, unless it is paused."""
        self.quiet_since = wire
        self.clock.start(wire)

    def pause(self, wire: float) -> None:
        """Play stands still; once is enough."""
        if not self.clock.paused:
            self.clock.pause(wire)
            self._paused_at = wire

    def resume(self, wire: float) -> None:
        """Play goes on, or begins."""
        if not self.clock.paused:
            return
        self.clock.resume(wire)
        if not self.clock.begun:
            self.start(wire)
        elif self.quiet_since is not None and self._paused_at is not None:
            self.quiet_since += wire - max(self._paused_at, self.quiet_since)
        self._paused_at = None

    def hurry(self, aimed: Aim, wire: float) -> None:
        """All is due at once until play is there; ``settle`` looks whether it is."""
        self.aimed = aimed
        self.rouse(aimed.path)
        self.clock.hold(wire)
        self.clock.jump(self.clock.exactly(wire), wire)

    def settle(self, wire: float, step: Step | None = None) -> bool | None:
        """After anything was carried out: whether play that hurries is there now.

        None where it is at the end, or at that of the stream, and what it hurried to never came.
        """
        aimed, moment = self.aimed, self.next_moment
        if aimed is None:
            return False
        if aimed.moment is not None:
            if moment is not None and moment <= aimed.moment:
                return False
            self.clock.jump(aimed.moment, wire)
        found = step is not None and aimed.hit(step, self.tournament)
        ended = moment is None or (step is not None and aimed.path in step.ended)
        if aimed.moment is None and not found and not ended:
            return False
        self.arrive(wire)
        return True if found or aimed.moment is not None else None

    def arrive(self, wire: float) -> None:
        """Play hurries no more, and goes on from where it is."""
        self.aimed = None
        self.quiet_since = wire
        self.clock.let_go(wire)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be sent."""
        return self.cold or self.broadcast.next_due is None

    def unknown(self, feed: Feed, params: Mapping[str, int]) -> str | None:
        """Why there is no such stream; None where there may be one."""
        mine = self._feeds.get(feed)
        if mine is None:
            return self._of_other_play(dialect_of(feed))
        reason: str | None = mine.unknown(canonical(mine, params))
        return reason

    def path(self, feed: Feed, params: Mapping[str, int]) -> str:
        """The path that a stream goes by, of which there may be others."""
        return feed.PATH.format(**canonical(self._feeds.get(feed), params))

    def _of_other_play(self, dialect: str) -> str:
        """Why a tournament has none of the streams of a feed."""
        mine = [each for each in self._feeds if dialect_of(each) == dialect]
        has = [name_of(each.PATH).name for each in mine][:3]
        play = "match play" if self.tournament.is_match_play else "stroke play"
        streams = f"{', '.join(has[:-1])} and {has[-1]}"
        return f"tournament {self.tournament.id} is {play}; its streams are {streams}"

    def source(self, feed: Feed, params: Mapping[str, int]) -> Tape | Latest:
        """The source of a stream that may be; an empty tape if nothing was sent on it yet."""
        path = self.path(feed, params)
        if feed.KIND == "state":
            return self.document(path, self._feeds[feed])
        return self.tape(path, self._feeds[feed])

    def tape(self, path: str, feed: StreamFeed) -> Tape:
        """The tape of a stream of packets."""
        if path not in self.tapes:
            self._wake(path, feed)
        return self.tapes[path]

    def _wake(self, path: str, feed: StreamFeed, *, at_once: bool = True) -> bool:
        """Fill the tape of a stream that may have slept, at once or a bit more of it.

        True when it is filled: not before that it is among the tapes.
        """
        if path not in self._waking:
            self._waking[path] = Tape(path), self.broadcast.wake(path, feed)
        tape, so_far = self._waking[path]
        for packets in so_far:
            for sent in packets:
                tape.append(sent.payload, sent.seq)
            if not at_once:
                return False
        del self._waking[path]
        tape.ended = self.broadcast.has_ended(path)
        self.tapes[path] = tape
        return True

    def sleeps(self, path: str) -> bool:
        """Whether a stream of packets sends nothing as long as nobody asks for it."""
        return path not in self.tapes and self._sleeper(path) is not None

    def rouse(self, path: str, *, at_once: bool = True) -> bool:
        """Somebody awaits what a stream sends; it does not sleep any more, if it does.

        True when it is awake: unless it is woken at once, a long stream takes several calls.
        """
        feed = None if path in self.tapes else self._sleeper(path)
        return feed is None or self._wake(path, feed, at_once=at_once)

    def _sleeper(self, path: str) -> StreamFeed | None:
        """The feed of a stream of packets that may sleep."""
        able = [each for each in self.broadcast.feeds if hasattr(each, "wake")]
        return next((each for each in able if path in each.streams()), None)

    def named(self, dialect: str, name: str) -> Tape | Latest | None:
        """A stream by what a scenario calls it, where something was sent on it.

        One that sleeps is woken.
        """
        sources: dict[str, Tape | Latest] = {**self.tapes, **self.latest}
        wanted = (name, dialect)
        for path, source in sources.items():
            if name_of(path)[1:] == wanted:
                return source
        for feed in self.broadcast.feeds if dialect == "live" else ():
            for path in feed.streams() if dialect_of(feed) == dialect else ():
                if name_of(path)[1:] == wanted:
                    return self.tape(path, feed)
        return None

    def document(self, path: str, feed: StateFeed) -> Latest:
        """The latest documents of a stream."""
        if path not in self.latest:
            render = partial(self.broadcast.document, path, feed)
            name, dialect = self.broadcast.name(path), dialect_of(feed)
            keeps = any(each.is_on(name, dialect) for each in self.broadcast.faults)
            self.latest[path] = Latest(path, self.broadcast.seq(path), render, keeps=keeps)
        return self.latest[path]
