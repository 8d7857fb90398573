"""Many cases: side by side, timing cases by themselves, clean runs once for all who need them."""

from __future__ import annotations

import asyncio
import os
import traceback
import uuid
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from mockdde.errors import MockddeError, UsageError
from mockdde.kit.cases import Case, Staged, stage_case
from mockdde.kit.evidence import Lag, Outcome, assemble
from mockdde.kit.judge import Judgement, judge
from mockdde.kit.requirements import Requirement
from mockdde.kit.targets import UNSUPPORTED
from mockdde.records import dataclass, field, replace
from mockdde.runner._calm import Calm, apart
from mockdde.runner._clients import Client
from mockdde.runner._lag import Sampler
from mockdde.runner._run import Setting, run_case

__all__ = ["JOBS", "Plan", "Result", "Schedule", "calibrated"]

JOBS: Final = min(16, 4 * (os.cpu_count() or 1))  # clients wait most of the time
_HOLD = 60.0  # wire seconds of a checkpoint, of which a run has its own bound
_GENEROUS: Final = (2.0, 120.0)  # times as long as a run should take, and real seconds more
_WRONG: Final = ("FAIL", "WARN", "INCONCLUSIVE")
_AGAIN: Final = 12  # cases that are run again, at least
_IDLE = 0.3  # seconds of looking how late this machine is with nothing to do


@dataclass(frozen=True, slots=True)
class Plan:
    """How many cases are run; ``folder`` is where each has a folder of its own, by its id."""

    setting: Setting = field(default_factory=Setting)
    jobs: int = JOBS
    seed: int | None = None
    realtime: bool = False  # cases that wait for timers of the client are run at wire speed 1, too
    lanes: tuple[str, ...] = ("wire", "state")
    requirements: tuple[Requirement, ...] | None = None  # None: all that there are
    timeout: float | None = None  # real seconds for a case; None: what it says itself
    folder: Path | None = None
    again: bool = True  # what went wrong on a machine that was too slow is run again, alone

    def why_not(self, case: Case) -> str:
        """Why a case is not run; empty where it is."""
        if case.waits and self.setting.wire_speed <= 1 and not self.realtime:
            return (
                "it waits for timers of the client: --wire-speed makes that short, --realtime not"
            )
        return ""


@dataclass(frozen=True, slots=True)
class Result:
    """A case that is over: with evidence, or with a level (SKIP, ERROR …) and a ``problem``."""

    case: Case
    outcome: Outcome | None = None
    evidence: dict[str, Any] | None = None
    judgements: tuple[Judgement, ...] = ()
    level: str = ""
    problem: str = ""
    details: str = ""  # a traceback
    seconds: float = 0.0  # real ones


async def calibrated() -> Lag:
    """How late this machine is when there is nothing to do."""
    sampler = Sampler()
    await asyncio.sleep(_IDLE)
    return await sampler.stop(1.0)


class Schedule:
    """One run of many cases with one client; ``told`` hears of each as it ends.

    ``begun`` hears of each as it begins. Where ``told`` returns False, no more are.
    """

    def __init__(
        self,
        plan: Plan,
        client: Client,
        told: Callable[[Result], Awaitable[bool]],
        begun: Callable[[Case], None] = lambda _: None,
    ) -> None:
        self._plan, self._client, self._told, self._begun = plan, client, told, begun
        self._calm = Calm()
        self._running = 0
        self._clean: dict[Hashable, asyncio.Task[dict[str, Any] | None]] = {}
        self._probe: asyncio.Task[str] | None = None
        self._stopped = False
        # What went wrong on a machine that was too slow, and how: again, alone.
        self._late: dict[str, tuple[Case, list[str]]] = {}
        self._again = _AGAIN  # how many of them at most

    async def run(self, cases: Iterable[Case]) -> None:
        """All of them. UsageError where the client cannot be started."""
        found = [*cases]
        self._again = max(_AGAIN, len(found) // 3) if self._plan.again else 0
        beside: list[Case] = []
        alone: list[Case] = []
        for case in found:
            why = self._plan.why_not(case)
            if why:
                await self._tell(Result(case, level="SKIP", problem=why))
            else:
                (alone if case.alone else beside).append(case)
        async with self._calm:
            try:
                await self._side_by_side(beside)
                for case in alone:
                    await self._one(case, alone=True)
                for case, _ in [*self._late.values()]:
                    await self._one(case, alone=True)
            finally:
                await _ended([*self._clean.values(), *filter(None, [self._probe])])

    async def _tell(self, result: Result) -> None:
        self._stopped = not await self._told(result) or self._stopped

    async def _side_by_side(self, cases: Sequence[Case]) -> None:
        waiting = iter(cases)

        async def work() -> None:
            for case in waiting:
                await self._one(case)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._plan.jobs, len(cases))):
                    group.create_task(work())
        except* MockddeError as group_:
            raise group_.exceptions[0] from None

    async def _one(self, case: Case, *, alone: bool = False) -> None:
        """Run it and judge it; whatever goes wrong is its own result."""
        if self._running:
            await self._calm.wait()
        if self._stopped:
            return
        self._begun(case)
        self._running += 1
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(self._most(case)):
                result = await self._judged(case)
        except UsageError:
            raise  # no case could be run
        except TimeoutError:
            result = self._too_long(case)
        except MockddeError as error:
            result = Result(case, level="ERROR", problem=str(error))
        except Exception as error:  # noqa: BLE001  (a bug in one case must not end the others)
            problem = f"this is a bug in mockdde: {error!r}"
            result = Result(case, level="ERROR", problem=problem, details=traceback.format_exc())
        finally:
            self._running -= 1
        if not alone and _may_be_otherwise(result) and len(self._late) < self._again:
            self._late[case.id] = (case, _broken(result))
            return
        if result.evidence is not None and case.id in self._late:
            result.evidence["kit"]["before"] = self._late[case.id][1]
        await self._tell(replace(result, seconds=loop.time() - begun))

    def _most(self, case: Case) -> float:
        if self._plan.timeout is not None:
            return self._plan.timeout
        wire = case.plays + case.patience + _HOLD * len(case.checkpoints)
        times, more = _GENEROUS
        runs = 2  # with a clean one
        return runs * times * wire / self._plan.setting.wire_speed + more

    def _too_long(self, case: Case) -> Result:
        if self._plan.timeout is not None:
            problem = f"it was not over after {self._plan.timeout:g} seconds (--timeout)"
            return Result(case, level="INCONCLUSIVE", problem=problem)
        return Result(case, level="ERROR", problem="the run did not come to its end")

    async def _judged(self, case: Case) -> Result:
        staged = await self._staged(case)
        outcome = await run_case(staged, self._client, self._setting(case))
        probe, clean = "not-asked", None
        if outcome.ending.code == UNSUPPORTED:
            probe = await self._probed(case)
        elif outcome.fired and outcome.last is not None:
            clean = await self._cleaned(case)
        evidence, judgements = await apart(self._weighed, outcome, probe, clean)
        return Result(case, outcome, evidence, judgements)

    def _weighed(
        self, outcome: Outcome, probe: str, clean: dict[str, Any] | None
    ) -> tuple[dict[str, Any], tuple[Judgement, ...]]:
        evidence = assemble(outcome, probe=probe, clean=clean)
        return evidence, tuple(judge(evidence, self._plan.requirements, lanes=self._plan.lanes))

    async def _staged(self, case: Case, *, clean: bool = False) -> Staged:
        return await apart(stage_case, case, clean=clean, seed=self._plan.seed)

    def _setting(self, case: Case, *more: str) -> Setting:
        folder = self._plan.folder
        if folder is not None:
            folder = folder.joinpath(case.id, *more)
        return replace(self._plan.setting, folder=folder)

    # ── runs beside those of cases ────────────────────────────────────────────────────────────

    async def _cleaned(self, case: Case) -> dict[str, Any] | None:
        """What the client held in the end when nothing was done to the wire."""
        key = (
            case.scenario,
            case.dialect,
            case.follow,
            case.seed,
            tuple(sorted((name, repr(value)) for name, value in case.quirks.items())),
        )
        if key not in self._clean or self._clean[key].cancelled():
            self._clean[key] = asyncio.create_task(self._run_clean(case))
        return await asyncio.shield(self._clean[key])

    async def _run_clean(self, case: Case) -> dict[str, Any] | None:
        staged = await self._staged(replace(case, checkpoints=(), wire=()), clean=True)
        outcome = await run_case(staged, self._client, self._setting(case, "clean"))
        return outcome.last

    async def _probed(self, case: Case) -> str:
        """What the client does of a case that there is not: whether it looks at all."""
        if self._probe is None or self._probe.cancelled():
            self._probe = asyncio.create_task(self._run_probe(case))
        return await asyncio.shield(self._probe)

    async def _run_probe(self, case: Case) -> str:
        nobody = replace(
            case, id=f"{case.dialect}/{uuid.uuid4().hex}", checkpoints=(), wire=(), patience=0.0
        )
        staged = await self._staged(nobody, clean=True)
        setting = replace(self._plan.setting, folder=None)
        outcome = await run_case(staged, self._client, setting)
        return "unsupported" if outcome.ending.code == UNSUPPORTED else "ran"


def _broken(result: Result) -> list[str]:
    return [each.requirement.id for each in result.judgements if each.level in _WRONG]


def _may_be_otherwise(result: Result) -> bool:
    """Whether something is wrong while this machine was too slow, with all that ran beside it."""
    lag = result.outcome.lag if result.outcome else None
    return bool(_broken(result)) and lag is not None and lag.max > lag.budget


async def _ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    for each in tasks:
        each.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await each
