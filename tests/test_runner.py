from __future__ import annotations

import asyncio
import io
import json
import socket
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import small_clients
from mockdde import recorder as recorders
from mockdde import schemas
from mockdde.assets import folder
from mockdde.errors import MockddeError
from mockdde.kit.cases import Staged, load_case, open_case, stage_case
from mockdde.kit.comparing import compare
from mockdde.kit.evidence import Outcome, assemble
from mockdde.kit.findings import agrees
from mockdde.kit.oracle import Oracle
from mockdde.runner import (
    InProcess,
    Lane,
    Setting,
    _house,
    _lanes,
    fill,
    placeholders,
    run_case,
)
from mockdde.server import Server
from running import PATIENCE

HOLES = """
title: Three holes of one team
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1, holes: 1-3}]
"""
CASE = """
title: A case of the tests
why: To try the runner.
dialect: dde
requirements: [session/token-first]
"""
PATH = "/golf/tournaments/7/round/1/team/1"
SPEED = 20.0
SHORT = Setting(wire_speed=SPEED, coming=0.5)  # for those that never come


@pytest.fixture
def staged_case(tmp_path):
    """A case over three holes; more of its file, and of its scenario's."""

    def stage(more: str = "", scenario: str = "") -> Staged:
        file = tmp_path / "scenario.yaml"
        file.write_text(HOLES + scenario, encoding="utf-8")
        plays = "" if "plays:" in more else "plays: 8s\n"
        text = f"{CASE}{plays}scenario: {file}\n{more}"
        return stage_case(load_case(text, "case.yaml", "dde/tests/one"))

    return stage


async def run(staged: Staged, main: Any, setting: Setting = SHORT) -> Outcome:
    """A run of an in-process client; it ends, or the test says that it did not."""
    async with asyncio.timeout(PATIENCE):
        return await run_case(staged, InProcess(main, grace=0.3), setting)


def whats(outcome: Outcome) -> set[str]:
    return {each.what for each in outcome.transcript.records}


def is_evidence(outcome: Outcome) -> dict[str, Any]:
    """The evidence of a run, which must be as its schema has it."""
    evidence = assemble(outcome)
    assert schemas.explain("kit/evidence", evidence) == []
    json.dumps(evidence)
    return evidence


# ── good clients ──────────────────────────────────────────────────────────────────────────────


async def test_a_good_client(staged_case):
    staged = staged_case()
    outcome = await run(staged, small_clients.good)
    assert (outcome.ending.how, outcome.ending.code) == ("exited", 0)
    assert outcome.doubts == ()
    assert outcome.last is not None
    assert [*compare(outcome.last, Oracle(staged).final())] == []
    assert len([*outcome.transcript.of("told")]) == len(staged.sent[PATH])
    times = [each.at for each in outcome.transcript.records]
    assert times == sorted(times)
    assert 0 <= times[0] < 5
    first, last = outcome.transcript.records[0], outcome.transcript.records[-1]
    assert first.of["event"] == "launched"
    assert first.of["token"].startswith("ey")
    assert last.of == {"event": "exited", "code": 0}
    assert 0 < outcome.lag.p99 <= outcome.lag.max


async def test_its_evidence(staged_case):
    staged = staged_case("tags: [one]\n")
    outcome = await run(staged, small_clients.good)
    evidence = is_evidence(outcome)
    assert evidence["case"]["targets"] == [each.as_json() for each in staged.targets]
    assert evidence["case"]["quirks"]["heartbeat"] == "10"
    assert evidence["case"]["tags"] == ["one"]
    assert evidence["story"]["streams"] == {PATH: {"packets": len(staged.sent[PATH])}}
    assert evidence["story"]["features"]
    assert evidence["client"]["command"][0] == "in-process"
    assert evidence["client"]["probe"] == "not-asked"
    (connection,) = evidence["conduct"]["connections"]
    assert connection["path"] == PATH
    assert evidence["state"]["lane"] == "post"
    assert evidence["state"]["differences"] == []


async def test_play_takes_as_long_as_the_case_has_it(staged_case):
    outcome = await run(staged_case("plays: 40s\n"), small_clients.good)
    told = [each.at for each in outcome.transcript.of("told")]
    (opened,) = outcome.transcript.of("opened")
    assert 25 < told[-1] - opened.at < 45  # pauses in play may be cut short


async def test_the_same_holds_for_a_round_that_is_not_the_first(tmp_path):
    file = tmp_path / "two.yaml"
    rounds = "[{no: 1, holes: 1-2}, {no: 2, holes: 1-2}]"
    file.write_text(HOLES.replace("[{no: 1, holes: 1-3}]", rounds), encoding="utf-8")
    text = f"{CASE}scenario: {file}\nfollow: [round/2/*]\nplays: 20s\n"
    staged = stage_case(load_case(text, "case.yaml", "dde/tests/two"))
    outcome = await run(staged, small_clients.good)
    assert outcome.last is not None
    assert [*compare(outcome.last, Oracle(staged).final())] == []
    assert outcome.transcript.records[-1].at < 45


async def test_rounds_after_that_are_not_played(tmp_path):
    file = tmp_path / "two.yaml"
    rounds = "[{no: 1, holes: 1-2}, {no: 2, holes: 1-2}]"
    file.write_text(HOLES.replace("[{no: 1, holes: 1-3}]", rounds), encoding="utf-8")
    text = f"{CASE}scenario: {file}\nfollow: [round/1/*]\nplays: 8s\n"
    staged = stage_case(load_case(text, "case.yaml", "dde/tests/two"))
    second = "/golf/tournaments/7/round/2/team/1?rest=true"
    answers: list[int] = []

    async def asks(environ: Mapping[str, str]) -> int:
        code = await small_clients.good(environ)
        headers = {"Authorization": f"Bearer {environ['MOCKDDE_TOKEN']}"}
        url = environ["MOCKDDE_REST_URL"] + second
        async with aiohttp.ClientSession() as session:
            await asyncio.sleep(8 / SPEED)
            async with session.get(url, headers=headers) as answer:
                answers.append(answer.status)
        return code

    outcome = await run(staged, asks)
    assert outcome.ending.code == 0
    assert answers == [404], "it has not begun"


async def test_a_scenario_that_plays_by_itself_waits_for_the_client(staged_case):
    async def slow(environ: Mapping[str, str]) -> int:
        await asyncio.sleep(0.2)
        return await small_clients.good(environ)

    outcome = await run(staged_case("", "play: {starts: server}\n"), slow)
    (opened,) = outcome.transcript.of("opened")
    late = [each for each in outcome.transcript.of("told") if each.at > opened.at]
    assert len(late) > 30
    assert outcome.ending.code == 0


# ── checkpoints ───────────────────────────────────────────────────────────────────────────────

TWO = """
checkpoints:
  - {name: early, on: round/1/team/1, at: {seq: 12}}
  - {name: later, on: round/1/team/1, at: {event: HoleFinished, nth: 2}}
"""


async def test_play_stands_still_at_a_checkpoint(staged_case):
    staged = staged_case(TWO)
    outcome = await run(staged, small_clients.good)
    oracle = Oracle(staged)
    samples = dict(outcome.samples)
    assert [*samples] == ["early", "later", "end"]
    for moment, checkpoint in staged.holds:
        document = samples[checkpoint.name]
        assert document is not None
        assert [*compare(document, oracle.at(moment))] == []
    assert samples["early"]["streams"][PATH]["last_applied"] == 12
    kinds = [each.what for each in outcome.transcript.of("held", "released")]
    assert kinds == ["held", "released"] * 2
    told = [each.at for each in outcome.transcript.of("told")]
    for held, released in zip(
        outcome.transcript.of("held"), outcome.transcript.of("released"), strict=True
    ):
        assert not [each for each in told if held.at < each < released.at]
    assert is_evidence(outcome)["state"]["checkpoints"]


async def test_a_client_that_is_wrong_there_does_not_hold_it_up_for_long(staged_case):
    class Wrong(small_clients.Good):
        def card(self, stream: small_clients.Stream) -> dict[str, Any]:
            card = super().card(stream)
            for hole in card["holes"].values():
                hole["strokes"] += 1
            return card

    begin = time.monotonic()
    outcome = await run(staged_case(TWO), Wrong.main)
    assert time.monotonic() - begin < 15
    assert outcome.samples[0][1] is not None
    assert is_evidence(outcome)["state"]["differences"]


async def test_what_a_client_tells_too_late_is_not_lost(staged_case):
    class Lazy(small_clients.Good):
        async def tell(self) -> None:
            await asyncio.sleep(0.02)
            await super().tell()

    staged = staged_case(TWO)
    outcome = await run(staged, Lazy.main)
    oracle = Oracle(staged)
    for (moment, _), (_, document) in zip(staged.holds, outcome.samples, strict=False):
        assert document is not None
        assert [*compare(document, oracle.at(moment))] == []


async def test_a_client_without_a_state_lane_goes_through_them(staged_case):
    outcome = await run(staged_case(TWO), small_clients.silent)
    assert dict(outcome.samples) == {"early": None, "later": None, "end": None}
    assert outcome.ending.code == 0
    assert is_evidence(outcome)["state"] is None


# ── faults ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fault",
    [
        "close: {code: 1011}",
        "reset: {}",
        "fin: {}",
        "gap: {count: 2, then: reconnect}",
        "duplicate: {}",
    ],
)
async def test_a_good_client_survives(staged_case, fault):
    staged = staged_case(f"wire: [{{on: round/1/team/1, at: {{seq: 14}}, {fault}}}]\n")
    outcome = await run(staged, small_clients.good)
    (fired,) = outcome.fired
    assert fired.fault == fault.partition(":")[0]
    assert (fired.fired, fired.on) == (1, "round/1/team/1")
    assert outcome.doubts == ()
    assert [*compare(outcome.last or {}, Oracle(staged).final())] == []
    assert "fault" in whats(outcome)
    assert is_evidence(outcome)["case"]["faults"][0]["fired"] == 1


async def test_a_fault_that_never_strikes_is_a_doubt(staged_case):
    staged = staged_case(
        "wire: [{on: round/1/team/1, at: {connection: 2}, handshake_status: {status: 503}}]\n"
    )
    outcome = await run(staged, small_clients.good)
    (doubt,) = outcome.doubts
    assert "handshake_status never fired" in doubt
    assert is_evidence(outcome)["kit"]["doubts"] == [doubt]


async def test_what_it_held_in_a_clean_run_is_compared(staged_case):
    outcome = await run(staged_case(), small_clients.good)
    assert outcome.last is not None
    other = json.loads(json.dumps(outcome.last))
    other["rounds"]["7/1/1"]["holes"]["1"]["strokes"] += 1
    assert (
        assemble(outcome, clean=outcome.last)["state"]["clean"]
        != (assemble(outcome, clean=other)["state"]["clean"])
    )


# ── clients that are no good ──────────────────────────────────────────────────────────────────


async def test_one_that_never_comes(staged_case):
    outcome = await run(staged_case(TWO), small_clients.never_comes)
    assert outcome.ending.how == "stopped"
    assert outcome.ending.code is None
    assert not whats(outcome) & {"request", "opened", "state", "held"}
    assert dict(outcome.samples) == {"early": None, "later": None, "end": None}
    events = [each.of["event"] for each in outcome.transcript.of("client")]
    assert events == ["launched", "asked-to-stop", "exited"]
    is_evidence(outcome)


async def test_one_that_hangs_and_heeds_nothing(staged_case):
    over = threading.Event()

    async def hangs(environ: Mapping[str, str]) -> int:
        over.wait(PATIENCE)  # it blocks its loop
        return 0

    outcome = await run(staged_case(), hangs)
    over.set()
    assert (outcome.ending.how, outcome.ending.code) == ("killed", None)
    assert outcome.ending.left_behind == 1
    assert [*outcome.transcript.of("client")][-1].of["event"] == "killed"
    is_evidence(outcome)


async def test_one_that_never_ends_its_document(staged_case):
    over = threading.Event()

    async def hangs(environ: Mapping[str, str]) -> int:
        host, _, rest = environ["MOCKDDE_STATE_URL"].removeprefix("http://").partition(":")
        port, _, path = rest.partition("/")
        head = f"POST /{path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 999\r\n\r\n{{"
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode())
            over.wait(PATIENCE)
        return 0

    begin = time.monotonic()
    outcome = await run(staged_case(), hangs)
    over.set()
    assert time.monotonic() - begin < 6
    assert outcome.ending.how == "killed"
    assert outcome.last is None


async def test_a_run_that_is_given_up_stops_the_client(staged_case):
    begun, ended = threading.Event(), threading.Event()

    async def stays(environ: Mapping[str, str]) -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        return 0

    setting = Setting(wire_speed=SPEED, coming=PATIENCE)
    going = asyncio.create_task(run(staged_case(), stays, setting))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert await asyncio.to_thread(ended.wait, PATIENCE)


async def test_one_that_stays_when_all_is_said(staged_case):
    async def stays(environ: Mapping[str, str]) -> int:
        await small_clients.good(environ)
        await asyncio.Event().wait()
        return 0

    begin = time.monotonic()
    outcome = await run(staged_case(), stays)
    assert time.monotonic() - begin < 8 / SPEED + 60 / SPEED, "nobody waits out the patience"
    assert outcome.ending.how == "stopped"
    assert outcome.last is not None


async def test_one_that_is_behind_is_waited_for(staged_case):
    class Slow(small_clients.Good):
        async def tell(self) -> None:
            await super().tell()
            if self.streams[0].round.seq > 30:
                await asyncio.sleep(0.25)

    staged = staged_case("patience: 1s\n")
    outcome = await run(staged, Slow.main)
    behind = len(staged.sent[PATH]) - 30
    assert behind * 0.25 > 4, "or nobody would have to wait"
    assert outcome.last is not None
    assert agrees(outcome.last, Oracle(staged).final())


async def test_one_that_raises(staged_case, tmp_path):
    async def raises(environ: Mapping[str, str]) -> int:
        raise ValueError("it is broken")

    setting = Setting(wire_speed=SPEED, folder=tmp_path / "of" / "it")
    outcome = await run(staged_case(), raises, setting)
    assert (outcome.ending.how, outcome.ending.code) == ("exited", 1)
    assert "it is broken" in (tmp_path / "of" / "it" / "client.stderr").read_text("utf-8")
    is_evidence(outcome)


@pytest.mark.parametrize(("status", "code"), [(89, 89), (None, 0), ("no", 1)])
async def test_one_that_exits(staged_case, status, code):
    async def exits(environ: Mapping[str, str]) -> int:
        sys.exit(status)

    outcome = await run(staged_case(), exits)
    assert (outcome.ending.how, outcome.ending.code) == ("exited", code)


async def test_one_that_is_refused_for_ever(staged_case):
    wire = "wire: [{on: round/1/team/1, at: {connection: 1}, times: 0, handshake_status: {}}]\n"
    begin = time.monotonic()
    outcome = await run(staged_case(f"{wire}patience: 20s\nplays: 10s\n"), small_clients.good)
    assert time.monotonic() - begin < 12
    assert outcome.ending.how == "stopped"
    assert not whats(outcome) & {"opened"}
    is_evidence(outcome)


async def test_one_that_floods_with_requests(staged_case, monkeypatch):
    monkeypatch.setattr(recorders, "MOST", 400)

    async def floods(environ: Mapping[str, str]) -> int:
        async with aiohttp.ClientSession() as session:
            while True:
                with suppress(aiohttp.ClientError):
                    await session.get(f"{environ['MOCKDDE_REST_URL']}/golf/nothing")

    outcome = await run(staged_case("plays: 5m\npatience: 5m\n"), floods)
    (doubt,) = outcome.doubts
    assert "400 records" in doubt
    assert len(outcome.transcript.records) == 400
    assert outcome.ending.how == "stopped"


async def test_one_that_floods_with_connections(staged_case, monkeypatch):
    monkeypatch.setattr(_house, "MOST_OPEN", 50)

    async def floods(environ: Mapping[str, str]) -> int:
        host, _, port = environ["MOCKDDE_REST_URL"].removeprefix("http://").partition(":")
        opened = []
        try:
            while True:
                opened.append(await asyncio.open_connection(host, int(port)))
                if len(opened) == 1:  # that it is there
                    opened[0][1].write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                await asyncio.sleep(0.001)
        finally:
            for _, writer in opened:
                writer.close()

    outcome = await run(staged_case("plays: 5m\npatience: 5m\n"), floods)
    (doubt,) = outcome.doubts
    assert "52 connections" in doubt


async def test_one_that_floods_with_documents(staged_case, monkeypatch):
    monkeypatch.setattr(recorders, "MOST_BYTES", 1 << 20)

    async def floods(environ: Mapping[str, str]) -> int:
        number = 0
        async with aiohttp.ClientSession() as session:
            await session.get(environ["MOCKDDE_REST_URL"])
            while True:
                number += 1
                streams = {f"/{number}/{each}": {"last_applied": number} for each in range(50)}
                document = {"schema": "mockdde.state/1", "streams": streams}
                await session.post(environ["MOCKDDE_STATE_URL"], json=document)

    outcome = await run(staged_case("plays: 5m\npatience: 5m\n"), floods)
    (doubt,) = outcome.doubts
    assert "1 MiB" in doubt


async def test_a_server_that_cannot_go_on_is_the_kits_own_fault(staged_case, monkeypatch):
    def broken(self: Server, **_: bool) -> bool:
        if self.engine.subscribers:
            raise ZeroDivisionError
        return True

    monkeypatch.setattr(Server, "_work", broken)
    with pytest.raises(MockddeError, match="ZeroDivisionError"):
        await run(staged_case(), small_clients.good)


# ── state ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"{", "no JSON"),
        (b"[]", "no JSON object"),
        (b"{}", "schema"),
        (b'{"schema": "mockdde.state/1", "round": {}}', "round"),
        (b'{"schema": "mockdde.state/1", "rounds": {"7": {}}}', "7"),
        (b'{"schema": "mockdde.state/1", "rounds": {"7/1/1": {"to_par": "E"}}}', "to_par"),
        (b'{"schema": "mockdde.state/1", "streams": {"/a": {"trusted": 1}}}', "trusted"),
        (b"x" * (_lanes.LONGEST + 1), "more than"),
    ],
)
async def test_a_document_that_is_none(staged_case, document, says):
    answers: list[tuple[int, str]] = []

    async def tells(environ: Mapping[str, str]) -> int:
        async with (
            aiohttp.ClientSession() as session,
            session.post(environ["MOCKDDE_STATE_URL"], data=io.BytesIO(document)) as answer,
        ):
            answers.append((answer.status, (await answer.json())["error"]))
        return 0

    outcome = await run(staged_case(), tells)
    ((status, error),) = answers
    assert status == 400
    assert says in error
    (record,) = outcome.transcript.of("state")
    assert record.of == {"lane": "post", "problem": error}
    assert outcome.last is None
    assert is_evidence(outcome)["state"]["invalid"] == [error]


async def test_a_bad_part_is_found_behind_good_ones(staged_case):
    statuses: list[int] = []
    good = {"schema": "mockdde.state/1", "rounds": {"7/1/1": {"to_par": 1}}}
    bad = {"schema": "mockdde.state/1", "rounds": {"7/1/1": {"to_par": 1}, "7/1/2": {"x": 1}}}

    async def tells(environ: Mapping[str, str]) -> int:
        async with aiohttp.ClientSession() as session:
            for each in (good, bad, good, bad):
                async with session.post(environ["MOCKDDE_STATE_URL"], json=each) as answer:
                    statuses.append(answer.status)
        return 0

    outcome = await run(staged_case(), tells)
    assert statuses == [204, 400, 204, 400]
    assert outcome.last == good


async def test_a_state_command(staged_case, tmp_path):
    file = tmp_path / "7.json"

    class Writes(small_clients.Good):
        async def tell(self) -> None:
            file.write_text(json.dumps(self.document()), encoding="utf-8")

    lane = Lane("cmd", f"cat {tmp_path}/{{seed}}.json")
    staged = staged_case(TWO, "seed: 7\n")
    outcome = await run(staged, Writes.main, Setting(wire_speed=SPEED, lane=lane))
    assert outcome.last is not None
    assert [*compare(outcome.last, Oracle(staged).final())] == []
    assert {each.of["lane"] for each in outcome.transcript.of("state")} == {"cmd"}
    oracle = Oracle(staged)
    for (moment, _), (_, document) in zip(staged.holds, outcome.samples, strict=False):
        assert document is not None
        assert [*compare(document, oracle.at(moment))] == []


@pytest.mark.parametrize("command", ["exit 3", "echo nonsense", "sleep 60", "no-such-command"])
async def test_a_state_command_that_is_no_good(staged_case, command, monkeypatch):
    monkeypatch.setattr(_lanes, "PATIENCE", 0.2)
    setting = Setting(wire_speed=SPEED, lane=Lane("cmd", command))
    outcome = await run(staged_case(), small_clients.silent, setting)
    assert outcome.last is None
    problems = [each.of["problem"] for each in outcome.transcript.of("state")]
    assert ("nonsense" in command) == bool(problems)
    assert outcome.ending.code == 0


async def test_a_state_url(staged_case):
    class Serves(small_clients.Good):
        async def run(self) -> int:
            async def answer(_: aiohttp.web.Request) -> aiohttp.web.Response:
                return aiohttp.web.json_response(self.document())

            app = aiohttp.web.Application()
            app.router.add_get("/", answer)
            runner = aiohttp.web.AppRunner(app)
            await runner.setup()
            await aiohttp.web.TCPSite(runner, "127.0.0.1", port).start()
            code = await super().run()
            await asyncio.sleep(0.3)  # until it was asked for the last time
            await runner.cleanup()
            return code

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    staged = staged_case(TWO)
    lane = Lane("url", f"http://127.0.0.1:{port}/?case={{case}}")
    outcome = await run(staged, Serves.main, Setting(wire_speed=SPEED, lane=lane))
    assert outcome.last is not None
    assert [*compare(outcome.last, Oracle(staged).final())] == []
    assert {each.of["lane"] for each in outcome.transcript.of("state")} == {"url"}


async def test_who_is_asked_posts_nothing(staged_case):
    seen: list[str] = []

    async def looks(environ: Mapping[str, str]) -> int:
        seen.append(environ["MOCKDDE_STATE_URL"])
        return 0

    await run(staged_case(), looks, Setting(wire_speed=SPEED, lane=Lane("cmd", "true")))
    assert seen == [""]


# ── the contract ──────────────────────────────────────────────────────────────────────────────


async def test_the_launch_contract(staged_case):
    seen: list[Mapping[str, str]] = []

    async def looks(environ: Mapping[str, str]) -> int:
        seen.append(environ)
        return 0

    staged = staged_case()
    await run(staged, looks)
    (environ,) = seen
    assert environ["MOCKDDE_CASE"] == "dde/tests/one"
    assert environ["MOCKDDE_DIALECT"] == "dde"
    assert json.loads(environ["MOCKDDE_TARGETS"]) == [each.as_json() for each in staged.targets]
    assert environ["MOCKDDE_WIRE_SPEED"] == "20.0"
    assert environ["MOCKDDE_SEED"] == "1"
    assert environ["MOCKDDE_REST_URL"].removeprefix("http") == (
        environ["MOCKDDE_WS_URL"].removeprefix("ws")
    )
    assert environ["MOCKDDE_STATE_URL"].startswith("http://127.0.0.1:")
    assert (
        fill("x {ws_url} {nothing} {}", environ)
        == f"x {environ['MOCKDDE_WS_URL']} {{nothing}} {{}}"
    )
    assert placeholders(environ)["wire_speed"] == "20.0"


async def test_runs_go_side_by_side(staged_case):
    one, other = staged_case(), staged_case("plays: 10s\n")
    first, second = await asyncio.gather(
        run(one, small_clients.good), run(other, small_clients.good)
    )
    for outcome in (first, second):
        assert outcome.ending.code == 0
        assert len([*outcome.transcript.of("opened")]) == 1


def test_nothing_is_left_behind(tmp_path):
    """Threads of clients that ended are gone; this is of all tests before."""
    left = [each.name for each in threading.enumerate() if each.name == "client under test"]
    for _ in range(100):
        if not left:
            break
        time.sleep(0.02)
        left = [each.name for each in threading.enumerate() if each.name == "client under test"]
    assert not left
    assert Path(tmp_path).exists()


# ── the reference client ──────────────────────────────────────────────────────────────────────

REFERENCE = Path(str(folder("conformance") / "clients" / "python"))


@pytest.mark.parametrize(
    "name", ["dde/session/three-streams", "dde/delivery/reset", "live/delivery/close-1011"]
)
async def test_the_reference_client(name, monkeypatch):
    monkeypatch.syspath_prepend(str(REFERENCE))
    main = import_module("goodclient").main
    staged = stage_case(open_case(name))
    outcome = await run(staged, main)
    assert (outcome.ending.how, outcome.ending.code) == ("exited", 0)
    assert outcome.doubts == ()
    assert outcome.last is not None
    assert agrees(outcome.last, Oracle(staged).final())
    told = [(each.of["path"], each.of["kind"]) for each in outcome.transcript.of("told")]
    for path, packets in staged.sent.items():
        assert [kind for at, kind in told if at == path] == [each.kind for each in packets]
    is_evidence(outcome)
