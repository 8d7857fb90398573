"""The fake on a thread of its own, for tests: of sync and of async code, of any framework.

    with mockdde.double.play("hole-correction/finished-hole") as dde:
        my_client.follow(dde.ws_url + dde.paths[0], dde.token)

Whatever is asked of it from the test's thread is done on the fake's own, in order with all else.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import orjson

from mockdde import meddling
from mockdde.broadcast import Broadcast, name_of
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import MockddeError, UsageError, nearest
from mockdde.journal import Entry, Selection
from mockdde.listening import listen
from mockdde.moments import iso_millis
from mockdde.playclock import FASTEST, SLOWEST, Clocks
from mockdde.quirks import Quirks
from mockdde.scenario import load_text, open_scenario
from mockdde.scenario.entry import read_entry
from mockdde.scenario.yamltext import read_yaml
from mockdde.server import Server
from mockdde.tokens import ready_made
from mockdde.world import Tournament, stage

__all__ = ["Double", "Thread", "play"]

T = TypeVar("T")

_ANY = "{{title: any, why: any, dialect: {}, scenario: any, requirements: [any/any]}}"
_SOON = 1.0  # seconds that all of play takes where no speed is said
_PATIENCE = 30.0  # seconds until work of the fake's thread is given up

_good_token = cache(ready_made)  # it is always the same


class Thread:
    """An event loop on a thread of its own; several doubles may share it."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="mockdde", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def do(self, work: Coroutine[Any, Any, T], timeout: float | None = _PATIENCE) -> T:
        """Do something there, and wait for it. TimeoutError if it takes too long."""
        if threading.current_thread() is self._thread:
            work.close()
            raise UsageError("this is the fake's own thread; ask from another one")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout)

    def stop(self) -> None:
        """The thread ends."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()


@dataclass
class Double:
    """A fake that listens. ``tournaments`` are what it serves."""

    tournaments: Sequence[Tournament]
    _server: Server
    _thread: Thread
    rest_url: str = ""
    ws_url: str = ""
    _tokens: Sequence[str] = ()

    @cached_property
    def token(self) -> str:
        """One that is good for both dialects."""
        return self._tokens[0] if self._tokens else _good_token()

    @cached_property
    def paths(self) -> list[str]:
        """Those of the streams of packets, DDE's first."""
        found = [path for each in self.tournaments for path in Broadcast(each).streams]
        return sorted(found, key=lambda path: name_of(path).dialect != "dde")

    # ── what clients have done ────────────────────────────────────────────────────────────────

    @property
    def journal(self) -> list[dict[str, Any]]:
        """What clients did and what was done to them so far, as ``mockdde ctl journal`` has it."""
        return self._do(lambda: [each.as_json() for each in self._engine.journal])

    def wait(
        self, event: str, path: str = "*", *, count: int = 1, timeout: float = 5.0
    ) -> list[dict[str, Any]]:
        """Wait until the journal has so many entries; ``event`` and ``path`` are patterns.

        TimeoutError, with what there is, if they do not come in time (real seconds).
        """
        selection = Selection(event, path)
        found = self._thread.do(self._await(selection, count, timeout), timeout + _PATIENCE)
        if sum(map(selection.count, found)) < count:
            have = ", ".join(f"{each.event} {each.path}" for each in found) or "none"
            message = f"{event} of {path} came not {count} times in {timeout:g} s, but: {have}"
            raise TimeoutError(message)
        return [each.as_json() for each in found]

    async def _await(self, selection: Selection, count: int, seconds: float) -> list[Entry]:
        journal, enough = self._engine.journal, asyncio.Event()

        def look(_: Entry | None = None) -> None:
            if sum(map(selection.count, journal)) >= count:
                enough.set()

        journal.listeners.append(look)
        try:
            look()
            async with asyncio.timeout(seconds):
                await enough.wait()
        except TimeoutError:
            pass
        finally:
            journal.listeners.remove(look)
        return [each for each in journal if selection.fits(each)]

    # ── what is done to them ──────────────────────────────────────────────────────────────────

    def fault(self, entry: str | Mapping[str, Any]) -> int:
        """A fault strikes: an entry of a scenario's ``wire``, at once where it has no ``at``.

        Its number, for ``remove``. ScenarioError where there is no such fault or stream.
        """
        text = entry if isinstance(entry, str) else _yaml(entry)

        def add() -> int:
            spec, tournament = read_entry(read_yaml(text, "fault"))
            return meddling.add_fault(self._engine, spec, tournament, self._now()).number

        return self._do(add)

    def remove(self, number: int) -> None:
        """A fault strikes no more."""
        self._do(lambda: meddling.remove_fault(self._engine, number, self._now()))

    def signal(self, name: str) -> None:
        """The faults that wait for this signal strike."""

        def send() -> None:
            self._engine.chaos.signal(name, self._now())
            self._engine.woken()

        self._do(send)

    # ── what a client should hold ─────────────────────────────────────────────────────────────

    def expected(self, dialect: str = "dde", tournament: int | None = None) -> dict[str, Any]:
        """What a client holds in the end, as ``mockdde schema kit/state`` has it.

        Of the first tournament, or of the one with this id, and all its streams of packets.
        """
        found = [each for each in self.tournaments if tournament in (None, each.id)]
        if not found:
            known = nearest(tournament, [each.id for each in self.tournaments])
            raise UsageError(f"there is no tournament {tournament} here{known}")
        return expected_of(found[0], dialect)

    # ── play ──────────────────────────────────────────────────────────────────────────────────

    def advance(self, to: str | None = None) -> None:
        """Play goes there at once, and stands still there; all before is sent. To its end: None.

        ``10m`` after the first packet; ``round/1/team/12:seq=14``; ``round/1/team/12:hole=11``.
        RequestError where that is past, or not known.
        """
        self._thread.do(self._go(to))

    async def _go(self, to: str | None) -> None:
        engine, server = self._engine, self._server
        for each in engine.shows:
            engine.conductor.pause(self._now(), (each.tournament.id,))
            last = iso_millis(each.tournament.log.whole()[-1].due)
            engine.conductor.seek(self._now(), to or last, (each.tournament.id,))
        while any(each.aimed is not None for each in engine.shows):
            await server.moment()
            await asyncio.sleep(0)

    def pause(self) -> None:
        """Play stands still; heartbeats go on."""
        self._do(lambda: self._engine.conductor.pause(self._now()))

    def resume(self) -> None:
        """Play goes on."""
        self._do(lambda: self._engine.conductor.resume(self._now()))

    # ── how ───────────────────────────────────────────────────────────────────────────────────

    @property
    def _engine(self) -> Engine:
        return self._server.engine

    def _now(self) -> float:
        return self._server.clock.now()

    def _do(self, what: Callable[[], T]) -> T:
        """Do something on the fake's thread, once all that is due is done."""

        async def work() -> T:
            await self._server.moment()
            try:
                return what()
            finally:
                self._server.wake()

        return self._thread.do(work())

    async def open(self) -> None:
        """Listen."""
        sockets = listen("127.0.0.1", 0)
        port = sockets[0].getsockname()[1]
        await self._server.start(sockets)
        self.rest_url, self.ws_url = f"http://127.0.0.1:{port}", f"ws://127.0.0.1:{port}"

    async def close(self) -> None:
        """Stop. MockddeError where the server could not go on."""
        await self._server.stop()
        if self._server.failure is not None:
            raise MockddeError(f"this is a bug in mockdde: {self._server.failure!r}")


@contextmanager
def play(
    *scenarios: str,
    speed: float | None = None,
    wire_speed: float = 1.0,
    paused: bool = False,
    seed: int | None = None,
    quirks: Mapping[str, object] | None = None,
    tokens: Sequence[str] = (),
    thread: Thread | None = None,
) -> Iterator[Double]:
    """Serve scenarios: names of shipped ones, paths, or YAML; for as long as the context lasts.

    Play begins when a client connects; without a ``speed`` (seconds of play a second) all of it
    takes about one second. ``paused``: it moves only by ``advance`` and ``resume``. ``wire_speed``
    is that of heartbeats and the like.
    ScenarioError, UsageError: there is no such scenario, or it is wrong.
    """
    settings = frozenset((quirks or {}).items())
    tournaments = [_staged(each, _version(each), seed, settings) for each in scenarios]
    if not tournaments:
        raise UsageError("say which scenario is to be played, such as round/one-hole-sample")
    clock = WireClock(wire_speed)
    engine = Engine(
        tournaments,
        quirks=tournaments[0].quirks if len(tournaments) == 1 else Quirks(quirks or {}),
        wire=clock.now(),
        speed=_speed_of(tournaments) if speed is None else speed,
        tokens=tokens,
        clocks=Clocks(wire_speed),
    )
    if paused:
        engine.conductor.pause(clock.now())
    with _on(thread) as own:
        double = Double(tournaments, Server(engine, clock), own, _tokens=tokens)
        try:
            own.do(double.open())
            yield double
        finally:
            own.do(double.close())


@contextmanager
def _on(thread: Thread | None) -> Iterator[Thread]:
    """That thread, or one of its own."""
    own = thread or Thread()
    try:
        yield own
    finally:
        if thread is None:
            own.stop()


def expected_of(tournament: Tournament, dialect: str) -> dict[str, Any]:
    """What a client of all its streams of packets holds in the end."""
    # These take long to import, and most tests do without.
    from mockdde.kit.cases import load_case, staged  # noqa: PLC0415
    from mockdde.kit.oracle import Oracle  # noqa: PLC0415

    return Oracle(staged(load_case(_ANY.format(dialect), "any", "any"), tournament)).final()


@lru_cache(maxsize=32)
def _staged(
    word: str,
    version: object,  # noqa: ARG001  (what was read from a file may be another one now)
    seed: int | None,
    settings: frozenset[tuple[str, object]],
) -> Tournament:
    """A tournament is told once, and played as often as tests begin with it.

    Play begins with the first client: a test has no other beginning.
    """
    scenario = load_text(word, "scenario") if "\n" in word else open_scenario(word)
    chosen = scenario.seed if seed is None else seed
    return stage(replace(scenario, seed=chosen, starts="connection"), dict(settings))


def _version(word: str) -> object:
    """What changes when a file does; nothing where there is none."""
    try:
        state = Path(word).stat()
    except (OSError, ValueError):
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size


def _speed_of(tournaments: Sequence[Tournament]) -> float:
    """So that the longest takes a second, from its first packet to its last."""
    spans = []
    for each in tournaments:
        sent = [event.due for event in each.log.whole() if event.team]
        spans.append((max(sent) - min(sent)) / 1000)
    return min(max(max(spans) / _SOON, SLOWEST), FASTEST)


def _yaml(entry: Mapping[str, Any]) -> str:
    return orjson.dumps(dict(entry)).decode()
