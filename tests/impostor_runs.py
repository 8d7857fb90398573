"""Impostors, and how each is run on the cases that are to catch it; ``impostors/_honest.py`` says
what one is made of."""

from __future__ import annotations

import asyncio
import gc
import shlex
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from mockdde.kit.cases import Case, open_case, shipped
from mockdde.runner import Client, Command, InProcess, Plan, Result, Schedule, Setting

FOLDER = Path(__file__).parent / "impostors"
sys.path.insert(0, str(FOLDER))

NAMES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
WIRE_SPEED = 20.0
TOGETHER = 8  # runs side by side
BROKEN = ("FAIL", "WARN", "INFO")
_TURNS = 0.0005  # seconds until another thread has its turn: many clients wait for each other

T = TypeVar("T")

Run = tuple[str, str]  # the name of an impostor, the id of a case


@cache
def impostor(name: str) -> ModuleType:
    return import_module(name)


@cache
def cases() -> list[Case]:
    """All that there are, those first that are soon over."""
    found = [open_case(name.removeprefix("cases/")) for name in shipped()]
    return sorted(found, key=lambda each: (each.waits, each.plays, each.id))


@cache
def cases_for(name: str) -> list[Case]:
    """Those that it names itself, else for each of its sins the first case that tries it."""
    module = impostor(name)
    if hasattr(module, "CASES"):
        return [open_case(each) for each in module.CASES]
    chosen: list[Case] = []
    for sin in module.FAILS:
        if not any(sin in each.requirements for each in chosen):
            chosen += [each for each in cases() if sin in each.requirements][:1]
    return chosen


def family(id_: str) -> str:
    return id_.partition("/")[0]


def client_of(name: str) -> Client:
    module = impostor(name)
    if hasattr(module, "IS_PROGRAM"):
        return Command(shlex.join([sys.executable, str(FOLDER / f"{name}.py")]))
    return InProcess(module.client())


def broken(found: Iterable[Result]) -> dict[str, set[str]]:
    """The requirements that were broken, each with the cases in which it was."""
    ids: dict[str, set[str]] = defaultdict(set)
    for result in found:
        for each in result.judgements:
            if each.level in BROKEN:
                ids[each.requirement.id].add(result.case.id)
    return ids


def wrong(name: str, found: Iterable[Result]) -> dict[str, object]:
    """What is otherwise than the impostor says; empty where all is as it should be."""
    results, module = [*found], impostor(name)
    ids = broken(results)
    problems = {
        "the kit failed": [each.problem for each in results if each.level == "ERROR"],
        "it got away with": [sin for sin in module.FAILS if sin not in ids],
        "it is said to have broken, though it does not touch it": {
            id_: sorted(of) for id_, of in ids.items() if family(id_) not in module.FAMILIES
        },
    }
    return {what: of for what, of in problems.items() if of}


def slim(result: Result) -> Result:
    """What is asked of it later; to look through the rest for garbage would take long."""
    judgements = tuple(replace(each, findings=()) for each in result.judgements)
    return replace(result, outcome=None, evidence=None, judgements=judgements)


async def run(client: Client, case: Case, wire_speed: float = WIRE_SPEED) -> Result:
    """One run, whatever else goes on; it is not repeated."""
    found: list[Result] = []

    async def told(result: Result) -> bool:
        found.append(result)
        return True

    plan = Plan(setting=Setting(wire_speed=wire_speed), jobs=1, again=False)
    await Schedule(plan, client, told).run([case])
    return found[-1]


def _length(each: Run) -> float:
    """Seconds that it may take at most: those that take long are begun first."""
    case = open_case(each[1])
    speed = getattr(impostor(each[0]), "WIRE_SPEED", WIRE_SPEED)
    return (case.plays + case.waits * case.patience) / speed


async def run_all(
    runs: Iterable[Run],
    client: Callable[[str], Client],
    is_wrong: Callable[[str, list[Result]], object],
) -> dict[str, list[Result]]:
    """Many at once. Who is not as expected is run again among few, and then by itself: it may be
    that this machine was too slow for so many."""
    found: dict[Run, Result] = {}
    late: set[Run] = set()

    async def one(each: Run, turn: asyncio.Semaphore) -> None:
        async with turn:
            speed = getattr(impostor(each[0]), "WIRE_SPEED", WIRE_SPEED)
            result = await run(client(each[0]), open_case(each[1]), speed)
        lag = result.outcome.lag if result.outcome is not None else None
        (late.add if lag is None or lag.max > lag.budget else late.discard)(each)
        found[each] = slim(result)

    def of(name: str) -> list[Result]:
        return [result for (whose, _), result in found.items() if whose == name]

    wanted = again = sorted(runs, key=_length, reverse=True)
    for together in (TOGETHER, TOGETHER // 3, 1):
        turn = asyncio.Semaphore(together)
        async with asyncio.TaskGroup() as group:
            for each in again:
                group.create_task(one(each, turn))
        unlike = {name for name, _ in again if is_wrong(name, of(name))}
        doubtful = {name for name, _ in late}
        again = [
            each
            for each in wanted
            if each[0] in unlike and (each in late or each[0] not in doubtful)
        ]
    return {name: of(name) for name, _ in wanted}


def results_of(names: Iterable[str]) -> dict[str, list[Result]]:
    """These impostors on their cases."""
    runs = [(name, case.id) for name in names for case in cases_for(name)]
    return _quickly(run_all(runs, client_of, wrong))


def _quickly(coroutine: Coroutine[Any, Any, T]) -> T:
    """Its answer; impostors leave sockets open, and nobody shall hear of that."""
    before = sys.getswitchinterval()
    gc.collect()
    gc.freeze()  # what is there stays, and nobody has to look through it again
    sys.setswitchinterval(_TURNS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            return asyncio.run(coroutine)
        finally:
            sys.setswitchinterval(before)
            gc.unfreeze()
            gc.collect()
