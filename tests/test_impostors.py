"""The judge is judged: every impostor is caught, for its own sin and for no other, and there is no
requirement that nobody breaks."""

from __future__ import annotations

import asyncio
import shlex
import sys
from collections import defaultdict
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from mockdde.kit.cases import Case, open_case, shipped
from mockdde.kit.requirements import requirements
from mockdde.runner import Command, InProcess, Plan, Result, Schedule, Setting

FOLDER = Path(__file__).parent / "impostors"
sys.path.insert(0, str(FOLDER))

NAMES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
WIRE_SPEED = 20.0
TOGETHER = 12  # runs side by side, of all impostors
MOST = 1  # cases for each sin
BROKEN = ("FAIL", "WARN", "INFO")


@cache
def cases() -> list[Case]:
    """All that there are, those first that are soon over and run beside others."""
    found = [open_case(name.removeprefix("cases/")) for name in shipped()]
    return sorted(found, key=lambda each: (each.alone, each.waits, each.plays, each.id))


def impostor(name: str) -> ModuleType:
    return import_module(name)


def cases_for(name: str) -> list[Case]:
    """Those that are to try what an impostor breaks, a few for each."""
    module = impostor(name)
    if hasattr(module, "CASES"):
        return [open_case(each) for each in module.CASES]
    chosen: dict[str, Case] = {}
    for sin in module.FAILS:
        trying = [each for each in cases() if sin in each.requirements]
        chosen |= {each.id: each for each in trying[:MOST]}
    return [*chosen.values()]


async def run_all() -> dict[str, list[Result]]:
    """All impostors on their cases, many at once."""
    turn = asyncio.Semaphore(TOGETHER)
    found: dict[str, list[Result]] = defaultdict(list)

    async def run(name: str, case: Case) -> None:
        async def told(result: Result) -> bool:
            found[name].append(result)
            return True

        module = impostor(name)
        inside = not hasattr(module, "IS_PROGRAM")
        client = InProcess(module.client()) if inside else program(name)
        async with turn:
            plan = Plan(setting=Setting(wire_speed=WIRE_SPEED), jobs=1)
            await Schedule(plan, client, told).run([case])

    async with asyncio.TaskGroup() as group:
        for name in NAMES:
            for case in cases_for(name):
                group.create_task(run(name, case))
    return found


def program(name: str) -> Command:
    return Command(shlex.join([sys.executable, str(FOLDER / f"{name}.py")]))


@pytest.fixture(scope="module")
def results() -> dict[str, list[Result]]:
    return asyncio.run(run_all())


def broken(found: list[Result]) -> dict[str, set[str]]:
    """The requirements that were broken, each with the cases in which it was."""
    ids: dict[str, set[str]] = defaultdict(set)
    for result in found:
        for each in result.judgements:
            if each.level in BROKEN:
                ids[each.requirement.id].add(result.case.id)
    return ids


@pytest.mark.parametrize("name", NAMES)
def test_an_impostor_is_caught_for_its_sin_and_for_no_other(name, results):
    module, found = impostor(name), broken(results[name])
    assert module.__doc__, f"{name} does not say what it does wrong"
    wrong = [each.problem or each.level for each in results[name] if each.level == "ERROR"]
    assert wrong == []
    missed = [sin for sin in module.FAILS if sin not in found]
    assert missed == [], f"{name} got away with {missed}; it broke {sorted(found)}"
    others = {
        id_: sorted(of) for id_, of in found.items() if id_.split("/")[0] not in module.FAMILIES
    }
    assert others == {}, f"{name} is said to have broken what it does not touch"


def test_there_is_no_requirement_that_nobody_breaks(results):
    caught = {id_ for found in results.values() for id_ in broken(found)}
    assert sorted(requirements().keys() - caught) == []


def test_every_impostor_breaks_what_there_is():
    known = requirements().keys()
    unknown = {name: {*impostor(name).FAILS} - known for name in NAMES}
    assert {name: ids for name, ids in unknown.items() if ids} == {}


def test_there_are_forty_of_them_and_no_two_are_alike():
    assert len(NAMES) >= 40
    assert len({impostor(name).__doc__ for name in NAMES}) == len(NAMES)
