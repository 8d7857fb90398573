"""The Python client passes every case of both dialects in both lanes, in this process."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from importlib.util import find_spec

import pytest

from mockdde.assets import folder
from mockdde.kit.cases import open_case, shipped
from mockdde.runner import InProcess, Plan, Result, Schedule, Setting

IDS = [name.removeprefix("cases/") for name in shipped()]
SLOW = "but this machine was too slow to tell"


@pytest.fixture(scope="module")
def results() -> list[Result]:
    """All cases, with the reference client in this process."""
    if find_spec("goodclient") is None:
        sys.path.insert(0, str(folder("conformance") / "clients" / "python"))
    from goodclient import main  # noqa: PLC0415

    found: list[Result] = []

    async def told(into: list[Result], result: Result) -> bool:
        into.append(result)
        return True

    plan = Plan(setting=Setting(wire_speed=20.0), jobs=6)
    cases = [open_case(each) for each in IDS]
    asyncio.run(Schedule(plan, InProcess(main), partial(told, found)).run(cases))
    return found


def test_the_python_client_passes_every_case(results):
    assert sorted(each.case.id for each in results) == sorted(IDS)
    wrong = [
        (result.case.id, each.requirement.id, each.level, each.message)
        for result in results
        for each in result.judgements
        if each.level != "PASS" and SLOW not in each.message
    ]
    assert wrong == []
    assert [(each.case.id, each.problem) for each in results if each.problem] == []
