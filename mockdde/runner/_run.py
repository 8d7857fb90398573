"""One run of a case: the client is started, play goes on, and all of it is written down."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, Final

from mockdde.kit.cases import Staged
from mockdde.kit.evidence import END, Ending, Outcome
from mockdde.kit.findings import agrees
from mockdde.kit.oracle import Oracle
from mockdde.kit.targets import Served, launch
from mockdde.records import dataclass, field
from mockdde.runner._clients import Client, Running
from mockdde.runner._house import House
from mockdde.runner._lag import Sampler
from mockdde.runner._lanes import Lane, Lanes
from mockdde.tokens import ready_made

__all__ = ["Setting", "run_case"]

# Each a time of the wire and what it is at least in real seconds: processes are not faster, and a
# busy machine is slow. Only who is wrong, or tells nothing, takes as long.
_HOLD: Final = (40.0, 3.0)  # until a client must hold at a checkpoint what it should
_QUIET: Final = (8.0, 1.0)  # for so long it has told nothing new, and nothing is on its way
_MUTE: Final = (8.0, 0.4)  # the same of one that has never told anything
_LEAVING: Final = (5.0, 1.5)  # from the time that it holds all until it leaves by itself
_PATIENCE: Final = 3.0  # real: what a client has at least once play is over
_LONGER: Final = 4  # times the patience: as long as a client has that goes on applying packets
_SLACK: Final = 5.0  # real: by how much a run may be longer than it should
_TICK: Final = 0.05  # real: after so long it is looked again, whatever happened


@dataclass(frozen=True, slots=True)
class Setting:
    """How cases are run."""

    wire_speed: float = 1.0
    lane: Lane = field(default_factory=Lane)
    coming: float = 20.0  # real seconds until a client that was started asks for something
    folder: Path | None = None  # where what it prints goes; None: nobody wants it


async def run_case(staged: Staged, client: Client, setting: Setting) -> Outcome:
    """Play a case to a client; it ends in any case, whatever the client does.

    UsageError where the client cannot be started, MockddeError where the kit cannot go on.
    """
    # It is long work to make one ready, and other runs may be going on.
    run = await asyncio.to_thread(_Run, staged, client, setting)
    if setting.folder is not None:
        setting.folder.mkdir(parents=True, exist_ok=True)
        return await run.play(setting.folder)
    with tempfile.TemporaryDirectory(prefix="mockdde-") as folder:
        return await run.play(Path(folder))


class _OverError(Exception):
    """Nothing more is to be seen of the client."""


class _Run:
    def __init__(self, staged: Staged, client: Client, setting: Setting) -> None:
        self._staged, self._client, self._setting = staged, client, setting
        self._stirred = asyncio.Event()
        self._house = House(staged, setting.wire_speed, self._stirred.set)
        self._lanes = Lanes(setting.lane, self._hear)
        self._oracle = Oracle(staged)
        self._final = _Agreed(Oracle(staged).final())
        self._running: Running | None = None
        self._state: dict[str, Any] | None = None  # the last document
        self._told_at = 0.0  # when it came (loop time)
        self._applied: list[object] = []  # what it has applied last, of each stream
        self._moved_at = 0.0  # when that was something new
        self._samples: dict[str, dict[str, Any] | None] = {
            each.name: None for _, each in staged.holds
        }

    # ── the whole ─────────────────────────────────────────────────────────────────────────────

    async def play(self, folder: Path) -> Outcome:
        """All of it."""
        setting, house = self._setting, self._house
        async with self._served() as environ:
            sampler = Sampler()
            try:
                ending = await self._with_client(environ, folder)
            finally:
                lag = await sampler.stop(setting.wire_speed)
            house.check()
            doubts = (*house.engine.never_fired(), *filter(None, [house.recorder.full]))
            fired = tuple(house.fired)
        return Outcome(
            staged=self._staged,
            transcript=house.recorder.transcript,
            samples=(*self._samples.items(), (END, self._state)),
            command=self._client.command,
            ending=ending,
            lag=lag,
            fired=fired,
            doubts=doubts,
            wire_speed=setting.wire_speed,
        )

    @asynccontextmanager
    async def _served(self) -> AsyncIterator[dict[str, str]]:
        """Serve it, with ears for its state; the launch contract."""
        await self._lanes.open()
        try:
            await self._house.open()
            try:
                yield self._contract()
            finally:
                await self._house.close()
        finally:
            await self._lanes.close()

    def _contract(self) -> dict[str, str]:
        staged, setting = self._staged, self._setting
        served = Served(self._house.port, ready_made(), self._lanes.state_url, setting.wire_speed)
        seed, case = staged.tournament.scenario.seed, staged.case
        return {**launch(case.id, case.dialect, staged.targets, seed, served)}

    async def _with_client(self, environ: dict[str, str], folder: Path) -> Ending:
        note = self._house.recorder.note
        self._house.recorder.start()
        running = self._running = await self._client.start(environ, folder)
        try:
            note("client", event="launched", code=None, token=environ["MOCKDDE_TOKEN"])
            self._lanes.ask(environ)
            watch = asyncio.create_task(running.ended.wait())
            watch.add_done_callback(lambda _: self._stirred.set())
            try:
                with suppress(_OverError):
                    await self._watch()
            finally:
                watch.cancel()
            if not running.ended.is_set():
                note("client", event="asked-to-stop", code=None)
        finally:
            ending = await running.stop()
        event = "killed" if ending.how == "killed" else "exited"
        note("client", event=event, code=ending.code)
        return ending

    # ── what is awaited ───────────────────────────────────────────────────────────────────────

    async def _watch(self) -> None:
        """All that a client does, until it need do nothing more. _OverError: or can."""
        house, case = self._house, self._staged.case
        if not await self._until(lambda: house.recorder.requests > 0, self._setting.coming):
            return
        most = self._real(case.plays + case.patience) + _SLACK
        while not house.played:
            if not await self._until(lambda: house.held is not None or house.played, most):
                return
            if house.held is not None:
                await self._checkpoint()
        if await self._is_done_in_time():
            await self._until(lambda: False, self._real(*_LEAVING))

    async def _is_done_in_time(self) -> bool:
        """Whether it comes to hold all; who is still on the way, on a busy machine, has longer."""
        patience = self._real(self._staged.case.patience, _PATIENCE)
        for _ in range(_LONGER):
            begin = asyncio.get_running_loop().time()
            if await self._until(self._is_done, patience):
                return True
            if self._moved_at < begin + patience / 2:
                return False
        return False

    async def _checkpoint(self) -> None:
        """Play stands still: wait until the client has told what it should, or nothing new."""
        house = self._house
        assert house.held is not None, "play stands still"
        moment, checkpoint = house.held
        expected = self._oracle.at(moment)
        begin = asyncio.get_running_loop().time()
        agreed = _Agreed(expected)

        await self._until(lambda: agreed(self._state) or self._is_quiet(begin), self._real(*_HOLD))
        self._samples[checkpoint.name] = self._state
        house.release()

    def _is_quiet(self, since: float) -> bool:
        """Whether it tells nothing new, though it has all that there is."""
        now, last = asyncio.get_running_loop().time(), max(since, self._told_at)
        is_here = self._house.going <= self._house.open_paths
        fresh = self._lanes.is_fresh(since)
        quiet = _MUTE if self._state is None else _QUIET
        return is_here and fresh and now - last >= self._real(*quiet)

    def _is_done(self) -> bool:
        """Whether it holds all that there is, and has left its streams."""
        if self._state is None or (self._staged.case.dialect == "dde" and self._house.open_paths):
            return False
        return self._final(self._state)

    async def _until(self, there: Callable[[], bool], seconds: float) -> bool:
        """Wait until it is so, or not for longer. _OverError where it never will be."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not there():
            await self._go_on()
            if loop.time() >= end:
                return False
            with suppress(TimeoutError):
                async with asyncio.timeout(min(_TICK, end - loop.time())):
                    await self._stirred.wait()
            self._stirred.clear()
        return True

    async def _go_on(self) -> None:
        """_OverError where nothing more is to be seen."""
        house = self._house
        assert self._running is not None, "the client is started"
        if self._running.ended.is_set():
            await self._lanes.settle()
            raise _OverError
        house.watch(self._lanes.open_connections)
        if house.recorder.full or house.server.failure is not None:
            raise _OverError

    def _real(self, wire: float, least: float = 0.0) -> float:
        """A time of the wire in real seconds."""
        return max(wire / self._setting.wire_speed, least)

    # ── state ─────────────────────────────────────────────────────────────────────────────────

    def _hear(self, lane: str, document: dict[str, Any] | None, problem: str, size: int) -> None:
        note = self._house.recorder.note
        if document is None:
            note("state", lane=lane, problem=problem)
            return
        note("state", size, lane=lane, document=document)
        self._state, self._told_at = document, asyncio.get_running_loop().time()
        streams = document.get("streams", {})
        applied = [each.get("last_applied") for each in streams.values()]
        if applied != self._applied:
            self._applied, self._moved_at = applied, self._told_at


class _Agreed:
    """Whether a document says what is expected; of the same one it is looked only once."""

    def __init__(self, expected: dict[str, Any]) -> None:
        self._expected = expected
        self._last: tuple[dict[str, Any], bool] | None = None

    def __call__(self, document: dict[str, Any] | None) -> bool:
        if document is None:
            return False
        if self._last is None or self._last[0] is not document:
            self._last = (document, agrees(document, self._expected))
        return self._last[1]
