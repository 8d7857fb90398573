"""The Python client passes every case of both dialects in both lanes, in this process."""

from __future__ import annotations

import asyncio
import sys
from importlib.util import find_spec

from mockdde.assets import folder
from mockdde.kit.cases import open_case, shipped
from mockdde.runner import InProcess, Plan, Result, Schedule, Setting

IDS = [name.removeprefix("cases/") for name in shipped()]
FEW = 8  # cases that a machine which is not idle may fail a client in


def play(ids: list[str], jobs: int) -> list[Result]:
    """Cases with the reference client in this process."""
    if find_spec("goodclient") is None:
        sys.path.insert(0, str(folder("conformance") / "clients" / "python"))
    from goodclient import main  # noqa: PLC0415

    found: list[Result] = []

    async def told(result: Result) -> bool:
        found.append(result)
        return True

    plan = Plan(setting=Setting(wire_speed=20.0), jobs=jobs)
    cases = [open_case(each) for each in ids]
    asyncio.run(Schedule(plan, InProcess(main), told).run(cases))
    return found


def wrong_in(results: list[Result]) -> dict[str, list[tuple[str, str, str]]]:
    """What is not PASS, by case."""
    found = {
        result.case.id: [
            (each.requirement.id, each.level, each.message)
            for each in result.judgements
            if each.level != "PASS"
        ]
        for result in results
    }
    found |= {each.case.id: [("", each.level, each.problem)] for each in results if each.problem}
    return {case: of for case, of in found.items() if of}


def test_the_python_client_passes_every_case():
    """If this machine, which runs other tests beside, has failed it in a few: not alone."""
    results = play(IDS, jobs=6)
    assert sorted(each.case.id for each in results) == sorted(IDS)
    wrong = wrong_in(results)
    assert len(wrong) <= FEW, wrong
    assert wrong_in(play([*wrong], jobs=1)) == {}, wrong
