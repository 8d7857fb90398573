"""The server of one run of a case: its play, how fast it goes, and where it stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import MockddeError
from mockdde.kit.cases import Checkpoint, Staged
from mockdde.kit.evidence import Fired
from mockdde.listening import listen
from mockdde.playclock import Clocks
from mockdde.recorder import Recorder
from mockdde.server import Server
from mockdde.show import Show

__all__ = ["House"]

MOST_OPEN = 400  # connections at once, beside two to each target
_QUIET = 0.25  # of the time that all of play takes: no pause between two events is longer


class House:
    """Serves a case on a port of its own; play begins with the client's first request.

    It stands still at each checkpoint (``held``), until ``release``.
    """

    def __init__(self, staged: Staged, wire_speed: float, stirred: Callable[[], None]) -> None:
        """``stirred`` is called when anything has happened."""
        self.staged = staged
        self.held: tuple[int, Checkpoint] | None = None  # its moment, and where play stands still
        self.played = False  # all is sent that ever will be on the targets
        self.port = 0
        self._stirred = stirred
        self.clock = WireClock(wire_speed)
        case = staged.case
        span = (staged.ends - self._first) / 1000
        self.engine = Engine(
            [staged.tournament],
            quirks=staged.tournament.quirks,
            wire=self.clock.now(),
            speed=max(span, 1.0) / case.plays * wire_speed,
            clocks=Clocks(wire_speed, max_gap=case.plays * _QUIET),
        )
        self.server = Server(self.engine, self.clock)
        self.recorder = Recorder(self.clock.now, self._seen)
        self._waits = False
        (self._show,) = self.engine.shows
        self._prepare(self._show)

    @property
    def _first(self) -> int:
        """Where play begins: what was sent before it is there at once."""
        tournament = self.staged.tournament
        at = tournament.scenario.play_at
        told = 0 if not at else tournament.scenario.tournament.start + at
        return min(max(self.staged.begins, told), self.staged.ends)

    def _prepare(self, show: Show) -> None:
        staged, wire = self.staged, self.clock.now()
        for each in staged.targets:
            show.rouse(each.path)
        if show.was_over:
            self.played = True
            return
        if show.clock.begun:  # by itself; a client need not hurry
            show.pause(wire)
            self._waits = True
        if show.clock.exactly(wire) < self._first:
            show.clock.jump(self._first, wire)
        begins = staged.tournament.begins
        for moment, checkpoint in staged.holds:
            show.alarm(moment + 1 - begins, partial(self._hold, moment, checkpoint))
        show.alarm(staged.ends + 1 - begins, self._over)

    async def open(self) -> None:
        """Serve, and write down all that is seen."""
        sockets = listen("127.0.0.1", 0)
        self.port = sockets[0].getsockname()[1]
        self.recorder.follow(self.server, [each.path for each in self.staged.targets])
        await self.server.start(sockets)

    async def close(self) -> None:
        """Serve no more."""
        await self.server.stop()
        self.recorder.finish()

    def check(self) -> None:
        """MockddeError where the server could not go on."""
        failure = self.server.failure
        if isinstance(failure, MockddeError):
            raise failure
        if failure is not None:
            raise MockddeError(f"this is a bug in mockdde: {failure!r}") from failure

    # ── play ──────────────────────────────────────────────────────────────────────────────────

    def _seen(self) -> None:
        if self._waits and self.recorder.requests:
            self._waits = False
            self._resume()
        self._stirred()

    def _hold(self, moment: int, checkpoint: Checkpoint, wire: float) -> None:
        self._show.clock.jump(moment, wire)
        self._show.pause(wire)
        self.held = (moment, checkpoint)
        self.recorder.note("held", checkpoint=checkpoint.name)

    def release(self) -> None:
        """Play goes on."""
        assert self.held is not None, "play stands still"
        self.recorder.note("released", checkpoint=self.held[1].name)
        self.held = None
        self._resume()

    def _resume(self) -> None:
        self._show.resume(self.clock.now())
        self.server.wake()

    def _over(self, wire: float) -> None:
        self._show.clock.jump(self.staged.ends, wire)
        self._show.pause(wire)  # rounds that nobody follows need not be played
        self.played = True
        self._stirred()

    # ── what is asked of it in the end ────────────────────────────────────────────────────────

    @property
    def going(self) -> set[str]:
        """The targets on which more is to come, where play stands still."""
        moment = self.held[0] if self.held is not None else self.staged.ends
        return {path for path, all_ in self.staged.moments.items() if all_[-1] > moment}

    def watch(self, elsewhere: int) -> None:
        """Look whether the client has more open than it can need, here and ``elsewhere``."""
        most = MOST_OPEN + 2 * len(self.staged.targets)
        if not self.recorder.full and self.server.open + elsewhere > most:
            self.recorder.full = f"the client had more than {most} connections open at once"

    @property
    def open_paths(self) -> set[str]:
        """The targets that a connection is open to."""
        return {*self.recorder.open.values()}

    @property
    def fired(self) -> Iterator[Fired]:
        """The faults of the case, and how often each struck."""
        for each in self.engine.chaos.rules.values():
            spec = each.bound.spec
            yield Fired(spec.fault, spec.on, each.fired, spec.min_fired)
