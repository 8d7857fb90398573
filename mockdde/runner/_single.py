"""Single cases for a test of somebody's own: a client in this process, or a command."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final

from mockdde.kit.cases import open_case
from mockdde.kit.judge import level_of
from mockdde.runner._clients import Client
from mockdde.runner._command import Command
from mockdde.runner._inprocess import InProcess
from mockdde.runner._run import Setting
from mockdde.runner._schedule import Plan, Result, Schedule

__all__ = ["client_of", "plan_of", "run_single", "sentences"]

_WRONG: Final = ("FAIL", "UNTESTABLE", "INCONCLUSIVE", "ERROR")


def client_of(client: Client | str | Callable[[Mapping[str, str]], Any]) -> Client:
    """A client out of what a test has: a command, or ``main(environ)``, sync or async."""
    if isinstance(client, str):
        return Command(client)
    if not callable(client):
        return client
    if inspect.iscoroutinefunction(client):
        return InProcess(client)
    plain = client

    async def main(environ: Mapping[str, str]) -> int:
        # A sync one has a thread of its own; that may hold an awaitable all the same.
        done = await asyncio.to_thread(plain, environ)
        return int((await done if inspect.isawaitable(done) else done) or 0)

    return InProcess(main)


async def run_single(case: str, client: Client, plan: Plan) -> Result:
    """Run a case and judge it. UsageError or ScenarioError where there is no such case."""
    found: list[Result] = []

    async def told(result: Result) -> bool:
        found.append(result)
        return True

    await Schedule(plan, client, told).run([open_case(case)])
    return found[-1]


def sentences(result: Result) -> tuple[str, list[str], list[str]]:
    """What is said of a case: its level, what is wrong, and what is only a warning."""
    if result.evidence is None:
        return result.level, [result.problem] if result.level != "SKIP" else [], []
    wrong = [f"{each} (nothing is proved)" for each in result.evidence["kit"]["doubts"]]
    warned: list[str] = []
    for each in result.judgements:
        if each.level not in (*_WRONG, "WARN"):
            continue
        lines = [f"{each.level} {each.requirement.id}: {each.message}"]
        for finding in each.findings[:3]:
            lines.append(f"    {finding.where or finding.path}")
            lines.append(f"    expected {finding.expected}")
            lines.append(f"    seen     {finding.seen}")
        (warned if each.level == "WARN" else wrong).append("\n".join(lines))
    return level_of(result.evidence, result.judgements), wrong, warned


def plan_of(wire_speed: float, lane: str | None, seed: int | None) -> Plan:
    """How single cases are run: one after the other, as long as they take."""
    lanes = ("wire", "state") if lane is None else (lane,)
    setting = Setting(wire_speed=wire_speed)
    return Plan(setting=setting, jobs=1, seed=seed, realtime=True, lanes=lanes)
