"""Many cases: what runs beside what, what is run once for all, and what one that fails does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import aiohttp
import orjson
import pytest

from mockdde.errors import MockddeError, UsageError
from mockdde.kit.cases import Case, Staged, load_case
from mockdde.kit.evidence import Lag, Outcome
from mockdde.runner import InProcess, Setting, _schedule, run_case
from mockdde.runner._schedule import Plan, Result, Schedule

TEXT = """
title: A round
why: To try the schedule.
dialect: dde
scenario: world/sample-hole
requirements: [session/token-first]
plays: 1s
patience: 2s
{more}
"""
CUT = "wire: [{on: round/5/team/12, at: {seq: 3}, close: {code: 1011}}]"
SPEED = Setting(wire_speed=20)


def case(name: str, more: str = "") -> Case:
    """A case of a few seconds of wire time."""
    return load_case(TEXT.replace("{more}", more), f"{name}.yaml", f"dde/{name}")


async def good(environ: Mapping[str, str]) -> int:
    """Reads each stream to its end, and opens it again where it was cut."""
    for target in orjson.loads(environ["MOCKDDE_TARGETS"]):
        async with aiohttp.ClientSession() as session:
            while not await _read(session, environ, target["path"]):
                pass
    return 0


async def _read(session: aiohttp.ClientSession, environ: Mapping[str, str], path: str) -> bool:
    async with session.ws_connect(environ["MOCKDDE_WS_URL"] + path) as stream:
        await stream.send_json({"authToken": environ["MOCKDDE_TOKEN"]})
        async for message in stream:
            if b"RoundOfficial" in message.data.encode():
                state = {"schema": "mockdde.state/1", "streams": {path: {"final": True}}}
                async with session.post(environ["MOCKDDE_STATE_URL"], json=state) as answer:
                    await answer.read()
                return True
    return False


class Runs:
    """Stands in the way of ``run_case``, and counts."""

    def __init__(self, before: Callable[[Staged], None] = lambda _: None) -> None:
        self.before = before
        self.began: list[tuple[str, int]] = []  # the id of the case, and how many faults it had
        self.now: set[str] = set()
        self.beside: dict[str, set[str]] = {}
        self.after: Callable[[Outcome], Outcome] = lambda outcome: outcome

    async def __call__(self, staged: Staged, client: Any, setting: Setting) -> Outcome:
        name = staged.case.id
        self.began.append((name, len(staged.tournament.scenario.wire)))
        self.now.add(name)
        for each in self.now:
            self.beside.setdefault(each, set()).update(self.now - {each})
        try:
            self.before(staged)
            return self.after(await run_case(staged, client, setting))
        finally:
            self.now.discard(name)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    """All runs of a test."""
    found = Runs()
    monkeypatch.setattr(_schedule, "run_case", found)
    return found


async def results(
    *cases: Case, client: Any = good, goes_on: bool = True, **more: Any
) -> dict[str, Result]:
    """The results of cases, by id, in the order in which they came."""
    found: dict[str, Result] = {}

    async def told(result: Result) -> bool:
        assert result.case.id not in found
        found[result.case.id] = result
        return goes_on

    plan = Plan(**{"setting": SPEED, "jobs": 3, **more})
    async with asyncio.timeout(60):
        await Schedule(plan, InProcess(client), told).run(cases)
    return found


async def test_every_case_is_judged(runs: Runs) -> None:
    """With its evidence, by all requirements that apply."""
    found = await results(case("a"), case("b"))
    assert {*found} == {"dde/a", "dde/b"}
    for each in found.values():
        assert each.level == each.problem == ""
        levels = {of.requirement.id: of.level for of in each.judgements}
        assert levels["session/token-first"] == "PASS"
        assert each.evidence
        assert each.seconds > 0
    assert runs.beside["dde/a"] == {"dde/b"}


async def test_no_more_than_jobs_run_at_once(runs: Runs) -> None:
    """And as many as that do."""
    most = 0

    def before(_: Staged) -> None:
        nonlocal most
        most = max(most, len(runs.now))

    runs.before = before
    await results(*(case(each) for each in "abcdef"), jobs=2)
    assert most == 2


async def test_a_timing_case_runs_alone_after_all_others(runs: Runs) -> None:
    """Nothing is beside it."""
    found = await results(case("alone", "alone: true"), case("a"), case("b"))
    assert [*found][-1] == "dde/alone"
    assert runs.beside["dde/alone"] == set()


async def test_a_case_that_waits_needs_a_fast_wire_or_real_time(runs: Runs) -> None:
    """Else it is skipped, with the reason."""
    waits = case("waits", "waits: true")
    slow = Setting(wire_speed=1)
    (skipped,) = (await results(waits, setting=slow)).values()
    assert (skipped.level, runs.began) == ("SKIP", [])
    assert "--wire-speed" in skipped.problem
    (fast,) = (await results(waits)).values()
    assert fast.evidence
    (real,) = (await results(replace(waits, plays=0.2), setting=slow, realtime=True)).values()
    assert real.evidence


async def test_a_clean_run_is_made_once_for_all_who_need_it(runs: Runs) -> None:
    """Of the same story; who has no fault needs none."""
    found = await results(
        case("a", CUT), case("b", CUT), case("plain"), case("other", f"{CUT}\nseed: 5")
    )
    assert len(found) == 4
    assert all(each.evidence for each in found.values())
    clean = [name for name, faults in runs.began if not faults and name != "dde/plain"]
    assert len(clean) == 2
    assert "dde/other" in clean
    evidence = found["dde/a"].evidence
    assert evidence
    assert evidence["state"]["clean"] is not None


async def test_a_client_that_refuses_a_case_is_asked_for_one_that_there_is_not(runs: Runs) -> None:
    """Once, however many it refuses; it says no to that, too, so it may be believed."""

    async def refuses(environ: Mapping[str, str]) -> int:
        return 89 if environ["MOCKDDE_CASE"] != "dde/a" else await good(environ)

    found = await results(*(case(each, CUT) for each in "abc"), client=refuses)
    probes = {name for name, _ in runs.began} - {*found}
    assert len(probes) == 1
    of = {name: each.evidence["client"]["probe"] for name, each in found.items() if each.evidence}
    assert of == {"dde/a": "not-asked", "dde/b": "unsupported", "dde/c": "unsupported"}
    assert [each.level for each in found["dde/b"].judgements] == ["SKIP"]


async def test_a_client_that_refuses_only_what_it_knows_is_not_believed() -> None:
    """It runs a case that there is not, and so does not look at what it supports."""

    async def refuses(environ: Mapping[str, str]) -> int:
        return 89 if environ["MOCKDDE_CASE"] == "dde/a" else await good(environ)

    (found,) = (await results(case("a"), client=refuses)).values()
    assert found.evidence
    assert found.evidence["client"]["probe"] == "ran"
    assert [each.level for each in found.judgements] == ["UNTESTABLE"]


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (MockddeError("the kit broke"), "the kit broke"),
        (ZeroDivisionError("by zero"), "this is a bug in mockdde: ZeroDivisionError('by zero')"),
    ],
)
async def test_what_goes_wrong_in_one_case_is_its_own(
    runs: Runs, error: Exception, problem: str
) -> None:
    """The others are judged all the same."""

    def before(staged: Staged) -> None:
        if staged.case.id == "dde/b":
            raise error

    runs.before = before
    found = await results(case("a"), case("b"), case("c"))
    assert (found["dde/b"].level, found["dde/b"].problem) == ("ERROR", problem)
    assert ("Traceback" in found["dde/b"].details) == (not isinstance(error, MockddeError))
    assert found["dde/a"].evidence
    assert found["dde/c"].evidence


async def test_a_case_that_cannot_be_staged_is_an_error_of_its_own() -> None:
    """Its scenario is not there."""
    found = await results(replace(case("a"), scenario="no/such"), case("b"))
    assert found["dde/a"].level == "ERROR"
    assert "no/such" in found["dde/a"].problem
    assert found["dde/b"].evidence


async def test_a_client_that_cannot_be_started_ends_the_run(runs: Runs) -> None:
    """No case could be run."""

    def before(_: Staged) -> None:
        raise UsageError("there is no such program")

    runs.before = before
    with pytest.raises(UsageError, match="no such program"):
        await results(case("a"), case("b"), case("c", "alone: true"))


async def test_no_more_is_begun_once_it_is_said_so(runs: Runs) -> None:
    """``told`` has returned False: --fail-fast."""
    found = await results(case("a"), case("b"), case("c", "alone: true"), jobs=1, goes_on=False)
    assert [*found] == ["dde/a"]
    assert [name for name, _ in runs.began] == ["dde/a"]


async def test_a_case_has_no_more_time_than_it_is_given() -> None:
    """--timeout: inconclusive, for nobody is to blame."""

    async def hangs(environ: Mapping[str, str]) -> int:
        await asyncio.Event().wait()
        return 0

    found = await results(replace(case("a"), patience=600.0), client=hangs, timeout=1.0)
    assert found["dde/a"].level == "INCONCLUSIVE"
    assert found["dde/a"].problem == "it was not over after 1 seconds (--timeout)"


async def test_what_a_slow_machine_has_left_open_is_run_again_alone(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once; what it then is stands."""

    def late(outcome: Outcome) -> Outcome:
        first = len([name for name, _ in runs.began if name == "dde/a"]) == 1
        lag = Lag(1.0, 9.0, 1.0) if first else Lag(0.0, 0.0, 1.0)
        return replace(outcome, lag=lag) if outcome.staged.case.id == "dde/a" else outcome

    runs.after = late
    # Nothing that it speaks of has happened: left open, as a broken requirement of time would be.
    never = replace(case("a"), requirements=("delivery/reconnects-after-1001",))
    found = await results(never, case("b"))
    assert [name for name, _ in runs.began].count("dde/a") == 2
    assert [*found] == ["dde/b", "dde/a"]
    assert found["dde/a"].outcome
    assert found["dde/a"].outcome.lag.max == 0.0


async def test_a_run_that_is_cancelled_stops_its_clients(runs: Runs) -> None:
    """And tells of nothing that was not over."""
    began, ended = asyncio.Event(), asyncio.Event()

    async def hangs(environ: Mapping[str, str]) -> int:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return 0

    task = asyncio.create_task(results(case("a", CUT), client=hangs))
    async with asyncio.timeout(20):
        await began.wait()
        task.cancel()
        await asyncio.wait([task])
        await ended.wait()
    assert task.cancelled()
    assert runs.now == set()
