"""The reference clients hold what the story has in the end, whatever the wire did."""

from __future__ import annotations

import asyncio
import importlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import aiohttp
import pytest

from mockdde.assets import folder
from mockdde.kit.cases import Staged, load_case, stage_case
from mockdde.kit.evidence import Outcome
from mockdde.kit.findings import compare
from mockdde.kit.oracle import Oracle
from mockdde.runner import Client, InProcess, Setting, run_case
from mockdde.runner._command import Command

CLIENTS = Path(str(folder("conformance"))) / "clients"
IMPOSTORS = Path(__file__).parent / "impostors"
SPEED = 40.0
CASE = """
title: A case of this test
why: To see a good client be good.
dialect: {dialect}
scenario: {scenario}
plays: 15s
patience: 400s
requirements: [session/token-first]
"""
# What stroke play and matches have that is hard, and all that breaks on a wire.
SCENARIOS = (
    "round/every-packet",
    "chaos/everything",
    "match/fourballs-partner-picks-up",
)
TARGETS = '[{"path": "/a", "rest": "/b", "tournament": 1, "round": 1, "teams": [1]}]'
BOTH = [(dialect, scenario) for dialect in ("dde", "live") for scenario in SCENARIOS]


@pytest.fixture(name="paths", autouse=True)
def set_paths(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Where the Python client and the impostors are imported from."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(CLIENTS / "python"))
    monkeypatch.syspath_prepend(str(IMPOSTORS))
    yield
    for name in set(sys.modules) - before:
        if name.startswith(("goodclient", "_honest")):
            del sys.modules[name]


@pytest.fixture(name="node")
def prepare_node(tmp_path: Path) -> Path:
    """The Node client in a folder that has ws, as a user would have it."""
    there = os.environ.get("MOCKDDE_NODE_MODULES")
    if there is None or not shutil.which("node"):
        pytest.skip("MOCKDDE_NODE_MODULES is not set, or there is no node")
    shutil.copytree(
        CLIENTS / "node", tmp_path / "node", ignore=shutil.ignore_patterns("node_modules")
    )
    (tmp_path / "node" / "node_modules").symlink_to(Path(there).resolve() / "node_modules")
    return tmp_path / "node" / "main.js"


def module(name: str) -> ModuleType:
    return importlib.import_module(name)


def staged(scenario: str, dialect: str = "dde") -> Staged:
    text = CASE.format(dialect=dialect, scenario=scenario)
    return stage_case(load_case(text, "test.yaml", "test"))


async def run(of: Staged, client: Client) -> Outcome:
    return await run_case(of, client, Setting(wire_speed=SPEED))


def problems(outcome: Outcome) -> list[Any]:
    """Where it ended up with something else than the story has."""
    wanted = Oracle(outcome.staged).final()
    found = outcome.last
    if found is None:
        return ["it has said nothing"]
    return [
        (each.pointer, each.expected, each.seen)
        for each in compare(found, wanted)
        # The last of the messages may have come by REST, where they have no id of their own.
        if not (each.aspect == "streams.last_applied" and isinstance(each.expected, str))
    ]


def scores(outcome: Outcome) -> tuple[Any, Any]:
    assert outcome.last is not None
    return outcome.last["rounds"], outcome.last["matches"]


@pytest.mark.parametrize(("dialect", "scenario"), BOTH)
async def test_python_holds_what_the_story_has(dialect: str, scenario: str) -> None:
    outcome = await run(staged(scenario, dialect), InProcess(module("goodclient").main))
    assert problems(outcome) == []
    assert (outcome.ending.how, outcome.ending.code) == ("exited", 0)
    assert outcome.last is not None
    for stream in outcome.last["streams"].values():
        assert (stream["final"], stream["transport"]) == (True, "closed")


@pytest.mark.parametrize(("dialect", "scenario"), BOTH[1::2])
async def test_node_says_the_same_as_python(dialect: str, scenario: str, node: Path) -> None:
    """The same scores, and of those that are right."""
    theirs = await run(staged(scenario, dialect), Command(f"node {node}"))
    assert problems(theirs) == []
    assert (theirs.ending.how, theirs.ending.code) == ("exited", 0)
    ours = await run(staged(scenario, dialect), InProcess(module("goodclient").main))
    assert scores(ours) == scores(theirs)


async def test_python_is_a_program_too() -> None:
    program = Command(f"{sys.executable} {CLIENTS / 'python'}")
    outcome = await run(staged("hole-correction/finished-hole"), program)
    assert problems(outcome) == []
    assert (outcome.ending.how, outcome.ending.code) == ("exited", 0)


async def test_who_cancels_it_finds_nothing_left() -> None:
    """No task, and no session: an open one would warn, and warnings are errors here."""
    environ = {
        "MOCKDDE_REST_URL": "http://127.0.0.1:9",
        "MOCKDDE_WS_URL": "ws://127.0.0.1:9",
        "MOCKDDE_TOKEN": "any",
        "MOCKDDE_DIALECT": "dde",
        "MOCKDDE_TARGETS": TARGETS,
        "MOCKDDE_STATE_URL": "http://127.0.0.1:9/",
    }
    client = module("goodclient").Client(environ)
    running = asyncio.create_task(client.run())
    while not (client.streams and client.streams[0].failures):
        await asyncio.sleep(0)
        assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert isinstance(client.session, aiohttp.ClientSession)
    assert client.session.closed


async def test_what_nobody_knows_is_not_supported() -> None:
    environ = {
        "MOCKDDE_REST_URL": "http://127.0.0.1:9",
        "MOCKDDE_WS_URL": "ws://127.0.0.1:9",
        "MOCKDDE_TOKEN": "any",
        "MOCKDDE_DIALECT": "morse",
        "MOCKDDE_TARGETS": "[]",
    }
    assert await module("goodclient").main(environ) == 89


@pytest.mark.parametrize(
    ("name", "scenario"),
    [
        ("drops_correction", "correction/penalty-corrected"),
        ("holeorder_as_holeno", "playoff/sudden-death"),
        ("no_reconnect", "chaos/vendor-deploy"),
    ],
)
async def test_an_impostor_is_another_client(name: str, scenario: str) -> None:
    """The pattern works: one method, one bug."""
    impostor = module(name)
    assert impostor.__doc__
    assert {each.partition("/")[0] for each in impostor.FAILS} <= impostor.FAMILIES
    outcome = await run(staged(scenario), InProcess(impostor.client(), name))
    assert problems(outcome)
