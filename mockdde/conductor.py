"""The clocks of play as they are set while it is played: pause, speed, step, seek, begin again."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Protocol

from mockdde.books import Books
from mockdde.broadcast import Step
from mockdde.documents import Documents
from mockdde.errors import RequestError, nearest
from mockdde.feeds import Sent
from mockdde.journal import Journal
from mockdde.moments import iso_millis
from mockdde.multiplexer import Multiplexer
from mockdde.playclock import FASTEST, SLOWEST, Clocks
from mockdde.records import dataclass
from mockdde.show import Show
from mockdde.shows import Shows
from mockdde.subscriber import State, Subscriber
from mockdde.world import Tournament

if TYPE_CHECKING:
    from mockdde.aims import Aim

__all__ = ["AGAIN", "LOOP_PAUSE", "Conductor", "Hands"]

AGAIN = (1012, "the tournament begins again")  # how its connections are closed
LOOP_PAUSE = 5.0  # seconds of the wire from the end of a tournament to its next beginning
_AT_ONCE = 256  # events until a long step lets others have their turn


class _Work(Protocol):
    def __call__(self, wire: float, *, waking: Collection[int] | None = ...) -> bool: ...


@dataclass(frozen=True, slots=True)
class Hands:
    """What the engine lends it: to do all that is due, or what is next of a show; its parts."""

    work: _Work
    advance: Callable[[Show, float], None]
    close: Callable[[Subscriber, int, str], None]
    adopt: Callable[[Show, float], None]  # a tournament's faults are as at its beginning
    subscribers: Mapping[int, Subscriber]
    show_of: Mapping[int, Show]
    multiplexer: Multiplexer
    documents: Documents


class Conductor:
    """``numbers`` are tournaments' ids; none means all that were not over before the server began.

    Each method first does all that is due by ``wire``. RequestError where a tournament is unknown
    (404), where its clock cannot be set so (409), and where what is said means nothing (400).
    """

    def __init__(
        self, shows: Shows, hands: Hands, journal: Journal, clocks: Clocks, speed: float
    ) -> None:
        """``speed``: of tournaments that are added, in seconds of play a second of real time."""
        self._shows, self._hands, self._journal = shows, hands, journal
        self._clocks, self._speed = clocks, speed
        self._heard: Callable[[Step], None] | None = None  # who steps hears what is sent
        self.now = 0.0  # the wire time up to which all is being done

    # ── what the engine asks ──────────────────────────────────────────────────────────────────

    def raise_curtain(self, wire: float) -> None:
        """The server begins."""
        for show in self._shows:
            if show.tournament.scenario.starts == "server":
                show.start(wire)

    def opened(self, show: Show, path: str, wire: float) -> None:
        """A client has opened a stream: play begins with the first, unless it is paused."""
        if not show.opened and self._clocks.rebases and not show.clock.begun:
            self._renew(show, show.restage, wire)
        show.opened = True
        if not show.clock.paused:
            show.start(wire)
            self._journal.note(wire, "play", path, f"{show.tournament.name} begins")
        self._hands.work(wire, waking=(show.tournament.id,))

    def takes(self, show: Show, wire: float) -> bool:
        """Whether an event is next; if it is an alarm or a new beginning, that is carried out."""
        moment = show.next_moment
        if show.again_at is not None and wire >= show.again_at:
            self._begin_again(show, wire)
            return False
        if moment is None:
            return False
        show.reach(moment, wire)
        if show.next_alarm is None:
            return True
        show.ring(max(wire, show.quiet_since or 0.0))
        self._settle(show)
        return False

    def sent(self, show: Show, step: Step, wire: float) -> None:
        """An event was carried out."""
        if self._heard is not None:
            self._heard(step)
        if show.quiet_since is not None and (step.packets or step.changed):
            show.quiet_since = max(show.quiet_since, wire)
        if show.aimed is not None:
            self._settle(show, step)
        over = show.broadcast.next_due is None and not show.was_over
        if over and self._clocks.loops and step.event.due > show.first:
            show.again_at = max(wire, show.quiet_since or 0.0) + LOOP_PAUSE

    def _settle(self, show: Show, step: Step | None = None) -> None:
        aimed = show.aimed
        there = show.settle(self.now, step)
        if aimed is not None and there is None:
            message = f"{aimed.word} never came in tournament {show.tournament.id}"
            self._journal.note(self.now, "clock", "", f"{message}; play is where it ended")

    # ── what people ask ───────────────────────────────────────────────────────────────────────

    def pause(self, wire: float, numbers: Collection[int] = ()) -> None:
        """Play stands still; heartbeats and all else of the wire go on."""
        for show in self._chosen(wire, numbers):
            show.pause(wire)
            self._note(wire, show, "paused")

    def resume(self, wire: float, numbers: Collection[int] = ()) -> None:
        """Play that is paused goes on; one that waited for a first client begins."""
        for show in self._chosen(wire, numbers):
            if show.clock.paused:
                show.resume(wire)
                self._note(wire, show, "resumed")

    def set_speed(self, wire: float, speed: float, numbers: Collection[int] = ()) -> None:
        """So many seconds of play a second of real time, from here on."""
        if not (math.isfinite(speed) and SLOWEST <= speed <= FASTEST):
            message = f"speed is {speed}; it can be from {SLOWEST} to {FASTEST:.0f}"
            raise RequestError(400, message)
        for show in self._chosen(wire, numbers):
            show.clock.set_speed(wire, speed / self._clocks.wire_speed)
            self._note(wire, show, f"at speed {speed:g}")

    def seek(self, wire: float, target: str, numbers: Collection[int] = ()) -> None:
        """Play hurries forward to a moment, or until something is sent; all before is sent.

        ``target``: ``2h30m`` after the first packet; ``2025-02-20T09:12:00Z``;
        ``round/1/team/12:seq=14``; ``round/1/team/12:hole=11``, the HoleStarted. 409 where that is
        past; all that are named go, or none; of all, those that are not past it. Who is paused is
        paused there. ``run_until`` sends.
        """
        from mockdde.aims import aim  # noqa: PLC0415  (few are told where to go)

        aims: list[tuple[Show, Aim]] = []
        refused: RequestError | None = None
        for show in self._chosen(wire, numbers):
            try:
                aims.append((show, aim(target, show, show.clock.exactly(wire))))
            except RequestError as error:
                if numbers or error.status != 409:
                    raise
                refused = refused or error
        if refused is not None and not aims:
            raise refused
        for show, aimed in aims:
            show.hurry(aimed, wire)
            self._note(wire, show, f"goes to {target}")
            self._settle(show)

    def restart(self, wire: float, numbers: Collection[int] = ()) -> None:
        """Begin again where the scenario does: its connections, and the multiplexer's, are closed.

        Its speed stays, and who is paused is paused at the beginning.
        """
        for show in self._chosen(wire, numbers):
            self._begin_again(show, wire)

    def reset(self, wire: float) -> None:
        """All begins again as when the server began, at its first speed; nothing is paused."""
        for show in self._shows:
            if not show.was_over:
                show.resume(wire)
                show.clock.set_speed(wire, self._speed / self._clocks.wire_speed)
                self._begin_again(show, wire)

    def add(self, tournament: Tournament, wire: float) -> None:
        """One more tournament. 409 where another has its id."""
        self._hands.work(wire, waking=())
        if tournament.id in self._shows.numbers:
            message = f"there is a tournament {tournament.id} here already"
            raise RequestError(409, f"{message}; give this one another tournament.id")
        show = Show(tournament, self._speed, self._clocks_of_new(), wire)
        self._shows.add(show)
        self._hands.adopt(show, wire)
        self._hands.documents.change_world(self._books())
        if self._starts(show) or self._hands.multiplexer.readers:
            show.start(wire)
        self._note(wire, show, "is added")

    def step(self, wire: float, on: str, numbers: Collection[int] = ()) -> dict[str, object]:
        """Play up to the next that is sent on a stream whose name fits ``on``, and pause there.

        Of several tournaments that is the first to come. What was sent: ``tournament``, ``stream``
        (its name), ``seq`` and ``kind`` (None of a document, and of a packet without), ``now``.
        404 where no stream is called so, 409 where nothing comes there any more.
        """
        for answer in self.stepping(wire, on, numbers):
            if answer is not None:
                return answer
        raise AssertionError("a step ends with an answer or an error")

    def stepping(
        self, wire: float, on: str, numbers: Collection[int] = ()
    ) -> Iterator[dict[str, object] | None]:
        """``step`` in slices: None as long as it is on its way, so that others have their turn."""
        shows = self._fitting(self._chosen(wire, numbers), on)
        for show in shows:
            show.pause(wire)
        done = 0
        while (first := _soonest(shows)) is not None:
            ahead = _ahead(first)
            for clock in (each.clock for each in shows if each is not first):
                clock.jump(clock.exactly(wire) + ahead * clock.speed, wire)
            first.reach(first.next_moment or 0, wire)
            answer = self._advanced(first, wire, on)
            if answer is not None:
                self._note(wire, first, f"steps to {answer['stream']}")
                yield answer
                return
            done += 1
            if done % _AT_ONCE == 0:
                yield None
        raise RequestError(409, f"nothing is sent on {on} any more")

    def standing(self, wire: float) -> list[dict[str, object]]:
        """See ``Shows.standing``."""
        return self._shows.standing(wire)

    def show(self, number: int) -> Show:
        """The tournament of this id, to set alarms. RequestError where there is none."""
        return self._shows.among((number,))[0]

    # ── how ───────────────────────────────────────────────────────────────────────────────────

    def _chosen(self, wire: float, numbers: Collection[int]) -> list[Show]:
        shows = self._shows.among(numbers)
        self._hands.work(wire, waking=[show.tournament.id for show in shows])
        return shows

    def _advanced(self, show: Show, wire: float, on: str) -> dict[str, object] | None:
        """What comes next is carried out; what of it was sent on a stream called so."""
        steps: list[Step] = []
        self._heard = steps.append
        self._hands.advance(show, wire)
        self._heard = None
        return next(filter(None, (_sent_on(show, step, on) for step in steps)), None)

    def _starts(self, show: Show) -> bool:
        return show.tournament.scenario.starts == "server"

    def _clocks_of_new(self) -> Clocks:
        clocks = self._clocks
        return Clocks(clocks.wire_speed, clocks.max_gap, loops=clocks.loops, rebases=clocks.rebases)

    def _begin_again(self, show: Show, wire: float) -> None:
        multiplexer = self._hands.multiplexer
        for each in [*self._hands.subscribers.values()]:
            # Of several tournaments on one socket each says so for all: seqNums count from 1 again.
            mine = self._hands.show_of.get(each.id) is show or each.source is multiplexer
            if mine and each.state is not State.CLOSING:
                self._hands.close(each, *AGAIN)
        self._renew(show, show.begin_again, wire)
        self._hands.adopt(show, wire)
        if self._starts(show):
            show.start(wire)
        self._note(wire, show, "begins again")

    def _renew(self, show: Show, how: Callable[[float], None], wire: float) -> None:
        """Nothing is left of what it has sent."""
        self._hands.multiplexer.forget({*show.tapes, *show.latest})
        how(wire)
        self._hands.documents.change_world(self._books())

    def _books(self) -> list[Books]:
        return [each.broadcast.books for each in self._shows]

    def _fitting(self, shows: list[Show], on: str) -> list[Show]:
        """Those that have a stream called so, on which something may still be sent."""
        fitting, known = [], dict[str, str]()
        for show in shows:
            told = show.broadcast
            names = {told.name(path): path for path in (*told.streams, *told.state_streams)}
            fits = [path for name, path in names.items() if fnmatchcase(name, on)]
            known |= names
            if fits and all(map(show.sleeps, fits)):  # or nothing would ever be sent on them
                for path in fits:
                    show.rouse(path)
            if fits:
                fitting.append((show, fits))
        if not fitting:
            raise RequestError(404, f"no stream is called {on[:60]!r}{nearest(on, known)}")
        going = [show for show, fits in fitting if any(not _ended(show, path) for path in fits)]
        if not going:
            raise RequestError(409, f"nothing is sent on {on} any more")
        return going

    def _note(self, wire: float, show: Show, detail: str) -> None:
        self._journal.note(wire, "clock", "", f"tournament {show.tournament.id} {detail}")


def _ended(show: Show, path: str) -> bool:
    tape = show.tapes.get(path)
    return show.broadcast.next_due is None or (tape is not None and tape.ended)


def _ahead(show: Show) -> float:
    """How far it is to what comes next: milliseconds of the wire at the show's speed."""
    ahead = (show.next_moment or 0) - show.clock.exactly(0.0)
    return max(0.0, ahead / show.clock.speed)


def _soonest(shows: list[Show]) -> Show | None:
    coming = [each for each in shows if each.broadcast.next_due is not None]
    return min(coming, key=_ahead, default=None)


def _sent_on(show: Show, step: Step, on: str) -> dict[str, object] | None:
    for each in step.all:
        name = show.broadcast.name(each.stream)
        if fnmatchcase(name, on):
            return {
                "tournament": show.tournament.id,
                "stream": name,
                "seq": each.seq,
                "kind": each.kind if isinstance(each, Sent) else None,
                "now": iso_millis(step.event.due),
            }
    return None
