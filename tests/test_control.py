"""The control API: what each operation does, what it refuses, and who may not use it."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from jsonschema import Draft202012Validator

from faulty import PATH, faulty, scenario, sent
from mockdde import describe
from mockdde.control import _gate
from mockdde.engine import Engine
from mockdde.listening import listen
from mockdde.server import Server
from running import (
    ONE_HOLE,
    PATIENCE,
    TEXT,
    TWO_TEES,
    HandClock,
    House,
    house,
    serve,
    staged,
)

ENTRIES = "/golf/tournaments/7/entrylist"
FAULT = "on: entrylist, at: {request: 1}, http_status: {}"
OTHER = TWO_TEES.replace("id: 7", "id: 8")
CONTROL = describe.control("http://127.0.0.1:8080")
OPERATIONS = [(path, method) for path, of in CONTROL["paths"].items() for method in of]


async def ask(
    home: House, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, Any]:
    """The status and the JSON of an answer; a text is sent as YAML."""
    data = None
    if isinstance(body, str):
        data, headers = body, {"Content-Type": "application/yaml", **headers}
    elif body is not None:
        data, headers = json.dumps(body), {"Content-Type": "application/json", **headers}
    url = f"{home.rest}/_mockdde/{path}"
    async with home.session.request(method, url, data=data, headers=headers) as answer:
        assert answer.content_type == "application/json"
        told = json.loads(await answer.read())
        _hold(method, path, answer.status, told)
        return answer.status, told


def _hold(method: str, path: str, status: int, told: object) -> None:
    """Hold an answer against the description."""
    path = "/" + path.partition("?")[0]
    fits = [
        each for each in CONTROL["paths"] if re.fullmatch(re.sub(r"{\w+}", "[^/]+", each), path)
    ]
    operation = CONTROL["paths"][min(fits, key=len)].get(method.lower()) if fits else None
    if operation is None:  # of what is not served there is no description
        return
    response = operation["responses"][str(status)]
    if "$ref" in response:
        response = CONTROL["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = {**CONTROL, **response["content"]["application/json"]["schema"]}
    problems = [error.message for error in Draft202012Validator(schema).iter_errors(told)]
    assert problems == [], (method, path, status)


async def good(home: House, method: str, path: str, body: object = None) -> Any:
    """The JSON of an answer that must be one of success."""
    status, answer = await ask(home, method, path, body)
    assert status in (200, 201), answer
    return answer


async def refused(home: House, method: str, path: str, body: object = None) -> tuple[int, str]:
    """The status and sentence of a refusal."""
    status, answer = await ask(home, method, path, body)
    assert answer["status"] == status >= 400, answer
    return status, answer["error"]


async def standing(home: House, number: int = 7) -> dict[str, Any]:
    """How a tournament stands."""
    told = (await good(home, "GET", "clock"))["tournaments"]
    return next(each for each in told if each["tournament"] == number)


@asynccontextmanager
async def two() -> AsyncIterator[House]:
    """Two tournaments, which begin with their first clients."""
    async with house(staged(TWO_TEES), staged(OTHER), speed=60.0) as home:
        yield home


# ── clocks ────────────────────────────────────────────────────────────────────────────────────


async def test_play_is_paused_and_goes_on() -> None:
    async with two() as home:
        await home.open(PATH)
        home.clock.at += 10.0
        (paused, other) = (await good(home, "POST", "clock", {"pause": True, "tournament": 7}))[
            "tournaments"
        ]
        assert (paused["paused"], other["paused"]) == (True, False)
        home.clock.at += 100.0
        assert (await standing(home))["now"] == paused["now"]
        assert not (await good(home, "POST", "clock", "resume: true"))["tournaments"][0]["paused"]
        home.clock.at += 1.0
        assert (await standing(home))["now"] > paused["now"]


async def test_speed_is_set_for_all_or_for_one() -> None:
    async with two() as home:
        await good(home, "POST", "clock", {"speed": 5})
        await good(home, "POST", "clock", {"speed": 2.5, "tournament": 8})
        assert ((await standing(home))["speed"], (await standing(home, 8))["speed"]) == (5, 2.5)


async def test_a_step_sends_the_next_packet_and_stands_there() -> None:
    async with faulty(FAULT) as home:
        client = await home.open(PATH)
        await client.enter()
        already = await client.so_far()
        answer = await good(home, "POST", "clock", {"step": "round/1/team/1"})
        assert answer["sent"]["seq"] == len(already) + 1
        assert answer["sent"]["stream"] == "round/1/team/1"
        assert answer["tournaments"][0]["paused"]
        assert await client.so_far() == sent()[len(already) : len(already) + 1]


async def test_a_seek_sends_all_before() -> None:
    async with faulty(FAULT) as home:
        client = await home.open(PATH)
        await client.enter()
        await good(home, "POST", "clock", {"seek": "round/1/team/1:seq=9"})
        packets = sent()[:9]
        assert [(await client.read())[1] for _ in packets] == packets


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({}, 400, "body:1:1: say exactly one of pause, resume, speed, step, seek, not none"),
        ({"pause": True, "speed": 2}, 400, "not pause and speed"),
        ({"pause": False}, 400, "body:1:11: pause is false; it must be true"),
        ({"speed": "60"}, 400, 'body:1:11: speed is "60"; it must be a number'),
        ({"speed": True}, 400, "speed is true; it must be a number"),
        ({"speed": 0}, 400, "speed is 0"),
        ({"paus": True}, 400, "body:1:2: 'paus' means nothing here; did you mean pause?"),
        ({"pause": True, "tournament": 9}, 404, "there is no tournament 9 here"),
        ({"pause": True, "tournament": "7"}, 400, "it must be a tournament's id"),
        ({"step": "round/9"}, 404, "no stream is called 'round/9'"),
        ({"seek": "soon"}, 400, "soon"),
        ([], 400, "body:1:1: this is no mapping"),
        ("pause: [", 400, "this is not YAML"),
        ("pause: true\npause: true", 400, "body:2:1: the key 'pause' is there twice"),
    ],
)
async def test_a_clock_refuses_what_means_nothing(body: object, status: int, sentence: str) -> None:
    async with house(staged(ONE_HOLE)) as home:
        told = await refused(home, "POST", "clock", body)
        assert told[0] == status
        assert sentence in told[1]
        assert not (await standing(home))["paused"]


# ── faults ────────────────────────────────────────────────────────────────────────────────────


async def test_a_fault_is_added_and_strikes_now() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        client = await home.open(PATH)
        await client.enter()
        rule = await good(home, "POST", "faults", "{on: round/1/team/1, close: {code: 4000}}")
        assert rule["id"] == 1
        assert rule["at"]["what"] == "now"
        assert rule["asked"] == "body:1:22"
        while (frame := await client.read())[0] == TEXT:
            pass
        assert frame[1][:2] == (4000).to_bytes(2)
        (told,) = await good(home, "GET", "faults")
        assert (told["fired"], told["gone"]) == (1, True)


async def test_a_fault_of_one_tournament_does_not_strike_another() -> None:
    async with two() as home:
        body = {"on": "entrylist", "at": {"request": 1}, "http_status": {}, "tournament": 8}
        assert (await good(home, "POST", "faults", body))["tournament"] == 8
        assert (await home.get(ENTRIES))[0] == 200
        assert (await home.get(ENTRIES.replace("/7/", "/8/")))[0] == 503


async def test_faults_are_listed_removed_and_cleared() -> None:
    async with faulty(FAULT, FAULT.replace("entrylist", "schedule")) as home:
        added = await good(home, "POST", "faults", "{on: squads, times: 0, http_status: {}}")
        assert [each["id"] for each in await good(home, "GET", "faults")] == [1, 2, added["id"]]
        assert await good(home, "DELETE", "faults/1") == {"removed": 1}
        assert (await home.get(ENTRIES))[0] == 200
        status, sentence = await refused(home, "DELETE", "faults/1")
        assert (status, sentence) == (404, "there is no fault 1 here; it can be 2, 3")
        assert await good(home, "DELETE", "faults") == {"removed": 2}
        assert await good(home, "GET", "faults") == []
        assert (await home.get("/golf/tournaments/7/squads"))[0] == 200


async def test_a_signal_is_heard_by_those_that_wait_for_it() -> None:
    async with faulty("on: entrylist, at: {signal: go}, http_status: {}") as home:
        assert await good(home, "POST", "signals/stay") == {"rules": 0}
        assert (await home.get(ENTRIES))[0] == 200
        assert await good(home, "POST", "signals/go") == {"rules": 1}
        assert (await home.get(ENTRIES))[0] == 503


async def test_a_fault_may_wait_for_a_moment_of_play() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        client = await home.open(PATH)
        await client.enter()
        at = {"ms": 120000, "from": "scenario"}
        body = {"on": "round/1/team/1", "at": at, "times": 0, "close": {}}
        await good(home, "POST", "faults", body)
        await home.wait(1.9)
        assert home.journal("fault") == []
        await home.wait(0.2)
        assert len(home.journal("fault")) == 1
        await good(home, "POST", "scenarios/7/restart")  # which it outlasts
        client = await home.open(PATH)
        await client.enter()
        await home.wait(1.9)
        assert len(home.journal("fault")) == 1
        await home.wait(0.2)
        assert len(home.journal("fault")) == 2


@pytest.mark.parametrize("on", ["playerstats/*", "official-shots/*", "play*", "round/?/team/1"])
async def test_a_fault_is_held_against_all_that_there_will_be(on: str) -> None:
    async with house(staged(ONE_HOLE)) as home:
        kind = "http_status" if on.startswith("official") else "close"
        assert (await good(home, "POST", "faults", {"on": on, kind: {}}))["fault"] == kind


async def test_draws_of_added_faults_are_the_same_every_time() -> None:
    async def statuses() -> list[int]:
        async with house(staged(ONE_HOLE)) as home:
            body = "{on: entrylist, times: 0, at: {request: 1}, probability: 0.5, http_status: {}}"
            await good(home, "POST", "faults", body)
            return [(await home.get(ENTRIES))[0] for _ in range(20)]

    first = await statuses()
    assert set(first) == {200, 503}
    assert await statuses() == first


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ("{on: squad, http_status: {}}", 400, "body:1:6: no stream or document is called 'squad'"),
        ("{on: squads, http_stats: {}}", 400, "body:1:14: there is no fault 'http_stats'"),
        ("{on: squads, http_status: {staus: 1}}", 400, "staus is no parameter of it"),
        ("{on: squads, at: {seq: 1}, http_status: {}}", 400, "at can be {request: 1}"),
        ("{on: squads, times: -1, http_status: {}}", 400, "body:1:14: times is -1"),
        ("{on: squads}", 400, "names exactly one fault, not none"),
        ("{http_status: {}}", 400, "body:1:1: the key on is missing"),
        ("on: squads\nhttp_status: {}\ntournament: 9", 404, "there is no tournament 9 here"),
        ("on: squads\nhttp_status: {}\ntournament: x", 400, "body:3:13: tournament is 'x'"),
        ("just words", 400, "body:1:1: this is no fault"),
        ("- 1", 400, "body:1:1: this is no fault"),
    ],
)
async def test_a_fault_that_cannot_be_is_one_sentence(
    body: str, status: int, sentence: str
) -> None:
    async with house(staged(ONE_HOLE)) as home:
        told = await refused(home, "POST", "faults", body)
        assert told[0] == status
        assert sentence in told[1]
        assert await good(home, "GET", "faults") == []


# ── connections ───────────────────────────────────────────────────────────────────────────────


async def test_connections_are_listed_with_what_they_were_sent() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        client = await home.open(PATH)
        (told,) = await good(home, "GET", "connections")
        assert (told["id"], told["path"], told["state"]) == (1, PATH, "connected")
        assert told["since"] == home.clock.now()
        await client.enter()
        packets = await client.so_far()
        (told,) = await good(home, "GET", "connections")
        assert (told["state"], told["sent"], told["lag"]) == ("streaming", len(packets), 0)
        assert not told["own_way"]
        await good(home, "POST", "faults", "{on: '*', at: {seq: 99}, close: {}}")
        assert (await good(home, "GET", "connections"))[0]["own_way"]


async def test_a_connection_is_closed_with_a_code_and_a_reason() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        client = await home.open(PATH)
        await client.enter()
        await client.so_far()
        answer = await good(home, "DELETE", "connections/1?code=4001&reason=enough")
        assert answer == {"id": 1, "code": 4001, "reason": "enough"}
        assert await client.closed() == (4001, "enough")
        (told,) = await good(home, "GET", "journal/wait?event=closed")
        assert told["detail"] == "the server closed with 4001"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("2", 404, "there is no connection 2 here"),
        ("1?code=1005", 400, "code 1005 is in no close frame"),
        ("1?code=99", 400, "code is '99'; it can be 1000 to 4999"),
        ("1?code=x", 400, "code is 'x'"),
        ("1?reason=" + "x" * 124, 400, "the reason is longer than 123 bytes"),
        ("1?cod=1000", 400, "there is no query parameter 'cod'; did you mean code?"),
        ("1?code=1000&code=1001", 400, "'code' is there twice"),
    ],
)
async def test_a_close_that_cannot_be_is_refused(path: str, status: int, sentence: str) -> None:
    async with house(staged(ONE_HOLE)) as home:
        await home.open(PATH)
        told = await refused(home, "DELETE", f"connections/{path}")
        assert told[0] == status
        assert sentence in told[1]


# ── the journal ───────────────────────────────────────────────────────────────────────────────


async def test_the_journal_is_asked_for_a_part_of_it() -> None:
    async with two() as home:
        soon = PATH.replace("team/1", "team/2")
        for path in (soon, soon.replace("/7/", "/8/")):
            client = await home.open(path)
            await client.enter("a-token-of-mine")
        said = await good(home, "GET", "journal?event=said")
        assert [each["detail"] for each in said] == ['{"authToken": "a-to…"}'] * 2
        assert len(await good(home, "GET", "journal?path=7/round/1/team/2")) == 3
        assert len(await good(home, "GET", f"journal?path={soon}&event=opened")) == 1
        assert {each["connection"] for each in await good(home, "GET", "journal?connection=2")} == {
            2
        }
        everything = await good(home, "GET", "journal")
        number = everything[-2]["number"]
        assert await good(home, "GET", f"journal?since={number}") == everything[-1:]
        assert await good(home, "GET", "journal?last=2") == everything[-2:]
        assert await good(home, "GET", "journal?last=0") == []
        assert (await good(home, "DELETE", "journal"))["removed"] == len(everything)
        assert await good(home, "GET", "journal") == []


async def test_the_journal_counts_requests_that_are_all_the_same() -> None:
    async with house(staged(ONE_HOLE)) as home:
        for _ in range(3):
            await home.get(ENTRIES)
        (told,) = await good(home, "GET", "journal/wait?event=request&path=entrylist&count=3")
        assert (told["times"], told["number"]) == (3, 3)
        (told,) = await good(home, "GET", "journal/wait?event=request&since=1&count=2")
        since = "journal/wait?event=request&since=1&count=3&timeout=0s"
        assert (await refused(home, "GET", since))[0] == 408


async def test_waiting_for_the_journal_ends_as_soon_as_there_is_enough() -> None:
    async with house(staged(ONE_HOLE)) as home:
        waits = asyncio.create_task(good(home, "GET", "journal/wait?event=opened&count=2"))
        await home.open(PATH)
        await home.get(ENTRIES)
        assert not waits.done()
        await home.open(PATH)
        async with asyncio.timeout(PATIENCE):
            assert [each["connection"] for each in await waits] == [1, 2]
        assert home.engine.journal.listeners == []


async def test_waiting_for_the_journal_is_over_when_its_time_is() -> None:
    async with house(staged(ONE_HOLE)) as home:
        await home.open(PATH)
        path = "journal/wait?event=opened&count=2&timeout=30s"
        waits = asyncio.create_task(ask(home, "GET", path))
        async with asyncio.timeout(PATIENCE):
            while not home.engine.journal.listeners:  # until it waits
                await home.get(ENTRIES)
        await home.wait(29.9)
        assert not waits.done()
        await home.wait(0.1)
        async with asyncio.timeout(PATIENCE):
            status, answer = await waits
        assert status == 408
        assert answer["error"] == "1 of 2 came within 30s"
        assert [each["event"] for each in answer["entries"]] == ["opened"]


async def test_who_goes_away_waits_no_longer() -> None:
    async with house(staged(ONE_HOLE)) as home:
        _, writer = await asyncio.open_connection("127.0.0.1", home.port)
        writer.write(b"GET /_mockdde/journal/wait?event=never HTTP/1.1\r\nHost: localhost\r\n\r\n")
        async with asyncio.timeout(PATIENCE):
            while not home.engine.journal.listeners:
                await home.get(ENTRIES)
            writer.close()
            while home.engine.journal.listeners:
                await home.get(ENTRIES)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("count=0", "count is '0'; it can be 1 to"),
        ("timeout=soon", "timeout is 'soon'; write 5s"),
        ("timeout=2h", "1h at most"),
        ("connection=x", "connection is 'x'"),
        ("evnt=x", "there is no query parameter 'evnt'; did you mean event?"),
    ],
)
async def test_a_query_of_the_journal_that_means_nothing_is_refused(
    query: str, sentence: str
) -> None:
    async with house(staged(ONE_HOLE)) as home:
        status, told = await refused(home, "GET", f"journal/wait?{query}")
        assert status == 400
        assert sentence in told


# ── scenarios ─────────────────────────────────────────────────────────────────────────────────


async def test_a_scenario_is_added_and_served() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        added = await good(home, "POST", "scenarios", {"name": "penalty/free-drop"})
        number, known = added["tournament"], await good(home, "GET", "scenarios")
        assert added["scenario"] == "penalty/free-drop"
        assert [each["tournament"] for each in known["loaded"]] == [7, number]
        assert "penalty/free-drop" in [each["name"] for each in known["shipped"]]
        assert (await home.get(f"/golf/tournaments/{number}/entrylist"))[0] == 200
        status, sentence = await refused(home, "POST", "scenarios", {"name": "penalty/free-drop"})
        assert status == 409
        assert f"there is a tournament {number} here already" in sentence


async def test_a_scenario_of_ones_own_has_its_faults() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        text = scenario(FAULT).replace("id: 7", "id: 12")
        added = await good(home, "POST", "scenarios", {"yaml": text})
        assert added["tournament"] == 12
        assert (await home.get(ENTRIES.replace("/7/", "/12/")))[0] == 503
        assert (await home.get(ENTRIES))[0] == 200


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"name": "penalty/free-drp"}, 404, "did you mean penalty/free-drop?"),
        ({"name": "/etc/passwd"}, 404, "no scenario '/etc/passwd' comes with mockdde"),
        ({"name": "../tests/test.yaml"}, 404, "comes with mockdde"),
        ({"yaml": "title: x\nfild: []"}, 400, "yaml:2:1: fild"),
        ({"yaml": scenario("on: nowhere, at: {seq: 1}, close: {}")}, 409, "tournament 7"),
        ({"yaml": "tournament: {id: 9}\ntitle: x\nwire: [{on: x, at: {seq: 1}, close: {}}]"}, 400,
         "yaml:3:13: no stream is called 'x'"),
        ({"yaml": 1}, 400, "say exactly one of name and yaml"),
        ({}, 400, "say exactly one of name and yaml"),
    ],
)  # fmt: skip
async def test_a_scenario_that_cannot_be_is_refused(
    body: object, status: int, sentence: str
) -> None:
    async with house(staged(ONE_HOLE)) as home:
        told = await refused(home, "POST", "scenarios", body)
        assert told[0] == status
        assert sentence in told[1]
        assert len((await good(home, "GET", "clock"))["tournaments"]) == 1


async def test_a_tournament_begins_again_and_its_connections_are_closed() -> None:
    async with house(staged(ONE_HOLE), speed=60.0) as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(5.0)
        told = await client.so_far()
        answer = await good(home, "POST", "scenarios/7/restart")
        assert answer["tournaments"][0]["now"] < "2025-02-20T07:00:05"
        assert (await client.closed())[0] == 1012
        again = await home.open(PATH)
        await again.enter()
        await home.wait(5.0)
        assert await again.so_far() == told
        assert (await refused(home, "POST", "scenarios/9/restart"))[0] == 404


@pytest.mark.parametrize(
    ("path", "listed"),
    [("/_mockdde/clocks", "/_mockdde/control.json"), ("/golf/clocks", "/_mockdde/health")],
)
async def test_who_asks_for_nothing_hears_where_all_is_listed(path: str, listed: str) -> None:
    async with faulty(FAULT) as home:
        status, answer = await home.get(path)
        assert status == 404
        sentence = json.loads(answer)["error"]
        assert sentence == f"nothing is served at {path}; what is, is listed at {listed}"


async def test_a_reset_is_as_at_the_start() -> None:
    async with faulty(FAULT) as home:
        start = await standing(home)
        client = await home.open(PATH)
        await client.enter()
        assert [(await home.get(ENTRIES))[0] for _ in range(2)] == [503, 200]
        await good(home, "POST", "faults", "{on: squads, times: 0, http_status: {}}")
        await good(home, "POST", "clock", {"speed": 3})
        await home.wait(5.0)
        await good(home, "POST", "clock", {"pause": True})
        await good(home, "POST", "reset")
        assert await standing(home) == start
        assert [each["fault"] for each in await good(home, "GET", "faults")] == ["http_status"]
        assert (await home.get("/golf/tournaments/7/squads"))[0] == 200
        assert [(await home.get(ENTRIES))[0] for _ in range(2)] == [503, 200]
        assert {path for path, _ in home.journal("accepted")} == set()


# ── who may, and with what ────────────────────────────────────────────────────────────────────

# What a browser sends of its own when a page elsewhere asks, and no page can leave out.
FOREIGN = [
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
    {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site"},
    {"Host": "rebound.example"},
    {"Host": "127.0.0.1.rebound.example:8080", "Sec-Fetch-Site": "same-origin"},
]


@pytest.mark.parametrize("headers", FOREIGN)
async def test_no_page_elsewhere_can_use_any_of_it(headers: dict[str, str]) -> None:
    async with house(staged(ONE_HOLE)) as home:
        for path, method in OPERATIONS:
            at = re.sub(r"{\w+}", "7", path).removeprefix("/")
            body = {"pause": True} if method == "post" else None
            status, answer = await ask(home, method.upper(), at, body, **headers)
            assert status == 403, (path, method)
            assert "control" in answer["error"]
        assert not (await standing(home))["paused"]


@pytest.mark.parametrize(
    "kind",
    [
        "text/plain",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "TEXT/PLAIN",
    ],
)
async def test_what_a_form_could_send_is_refused(kind: str) -> None:
    """Also where a browser is too old to say where it comes from."""
    async with house(staged(ONE_HOLE)) as home:
        for path in ("clock", "faults", "reset", "scenarios/7/restart", "signals/x"):
            url = f"{home.rest}/_mockdde/{path}"
            headers = {"Content-Type": kind}
            async with home.session.post(url, data=b'{"pause": true}', headers=headers) as answer:
                assert answer.status == 415
                assert "application/json" in (await answer.json())["error"]
        assert not (await standing(home))["paused"]


async def test_a_body_of_no_type_is_refused() -> None:
    """As a page sends a Blob without one."""
    async with house(staged(ONE_HOLE)) as home:
        request = (
            b"POST /_mockdde/clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 15\r\n"
            b'Connection: close\r\n\r\n{"pause": true}'
        )
        assert b" 415 " in (await raw(home, request)).split(b"\r\n")[0]
        assert not (await standing(home))["paused"]


async def test_a_page_of_its_own_and_a_person_may() -> None:
    async with house(staged(ONE_HOLE)) as home:
        for site in ("same-origin", "none"):
            headers = {"Sec-Fetch-Site": site}
            assert (await ask(home, "GET", "health", **headers))[0] == 200


async def test_it_answers_on_ipv6_too() -> None:
    tournament, clock = staged(ONE_HOLE), HandClock()
    engine = Engine([tournament], quirks=tournament.quirks, wire=clock.now())
    server = Server(engine, clock)  # type: ignore[arg-type]
    (listening,) = listen("::1", 0)
    port = listening.getsockname()[1]
    await server.start([listening])
    try:
        async with aiohttp.ClientSession() as session:
            url = f"http://[::1]:{port}/_mockdde/clock"
            async with session.post(url, json={"pause": True}) as answer:
                assert answer.status == 200
            async with session.get(url, headers={"Host": "evil.example"}) as answer:
                assert answer.status == 403
    finally:
        await server.stop()


async def raw(home: House, request: bytes, *, more: bytes = b"") -> bytes:
    """All that is answered to these bytes; ``more`` is sent until nobody listens any more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
    writer.write(request)
    reading = asyncio.create_task(reader.readuntil(b"}"))
    async with asyncio.timeout(PATIENCE):
        while more and not reading.done():
            writer.write(more)
            await writer.drain()
            await asyncio.sleep(0)
        found = await reading
    writer.close()
    return found


async def test_a_body_that_is_too_long_is_refused_before_it_is_read() -> None:
    async with house(staged(ONE_HOLE)) as home:
        request = (
            b"POST /_mockdde/clock HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n"
        )
        answer = await raw(home, request)
        assert b" 413 " in answer.split(b"\r\n")[0]
        assert b"the body is longer than 256 KiB" in answer


async def test_a_body_without_an_end_is_refused() -> None:
    async with house(staged(ONE_HOLE)) as home:
        request = (
            b"POST /_mockdde/clock HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        answer = await raw(home, request, more=b"1000\r\n" + b" " * 4096 + b"\r\n")
        assert b" 413 " in answer.split(b"\r\n")[0]
        assert (await home.get(ENTRIES))[0] == 200


async def test_a_body_that_does_not_come_is_not_waited_for_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_gate, "_PATIENCE", 0.1)
    async with house(staged(ONE_HOLE)) as home:
        request = (
            b"POST /_mockdde/clock HTTP/1.1\r\nHost: localhost\r\n"
            b'Content-Type: application/json\r\nContent-Length: 99\r\n\r\n{"pause": '
        )
        assert b" 408 " in (await raw(home, request)).split(b"\r\n")[0]
        assert not (await standing(home))["paused"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "the body is empty"),
        (b"{", "body:1:2: this is not JSON: expecting property name"),
        (b'{"pause": true} 1', "body:1:17: this is not JSON: extra data"),
        (b'{"pause": true, "pause": true}', "the key 'pause' is there twice"),
        (b'{"speed": NaN}', "this is not JSON: it has no NaN"),
        (b'{"speed": 1e999}', "speed"),
        (b'{"speed": ' + b"9" * 5000 + b"}", "body:1:1"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 1000 + b"1" + b"}" * 1000, "body:1:1"),
        (b'{"pause": "\xff"}', "body:1:12: this is not UTF-8"),
        (b'{"step": "\\ud800"}', "body:1:1: this is not JSON: half a character, \\ud800"),
        (b'{"\\ud800": 1}', "half a character"),
        (b"\xef\xbb\xbf{", "this is not JSON"),
    ],
)
async def test_a_body_that_is_broken_is_one_sentence(body: bytes, sentence: str) -> None:
    async with house(staged(ONE_HOLE)) as home:
        url, headers = f"{home.rest}/_mockdde/clock", {"Content-Type": "application/json"}
        async with home.session.post(url, data=body, headers=headers) as answer:
            told = json.loads(await answer.read())
            assert 400 <= answer.status < 500, told
            assert sentence in told["error"]
        assert home.journal("failed") == []
        assert not (await standing(home))["paused"]


async def test_json_with_tabs_is_json() -> None:
    async with house(staged(ONE_HOLE)) as home:
        url, headers = f"{home.rest}/_mockdde/faults", {"Content-Type": "application/json"}
        body = b'{\n\t"on": "squads",\n\t"probability": 5e-1,\n\t"http_status": {}\n}'
        async with home.session.post(url, data=body, headers=headers) as answer:
            assert answer.status == 201, await answer.read()


async def test_a_method_that_is_not_served_is_told_which_are() -> None:
    async with house(staged(ONE_HOLE)) as home:
        status, sentence = await refused(home, "PUT", "faults")
        assert status == 405
        assert sentence.endswith("only DELETE and GET and POST are")


# ── what it says of itself ────────────────────────────────────────────────────────────────────


def test_the_description_stands_alone_and_is_openapi() -> None:
    path = Path(__file__).with_name("samples") / "specs" / "openapi-3.1.json"
    spec = json.loads(path.read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(spec).iter_errors(CONTROL)] == []
    text = json.dumps(CONTROL)
    for ref in set(re.findall(r'"\$ref": "([^"]+)"', text)):
        assert ref.startswith("#/"), ref
        part: Any = CONTROL
        for word in ref[2:].split("/"):
            part = part[word]


async def test_the_description_is_served_and_names_all_that_is() -> None:
    async with house(staged(ONE_HOLE)) as home:
        served = await good(home, "GET", "control.json")
        assert served == describe.control(home.rest)
        assert home.server._runner is not None
        (paths,) = home.server._runner.app.router.resources()
        routes = {
            (re.sub(r":\w+}", "}", path), method.lower())
            for method, path in paths.all()
            if method != "HEAD"
        }
        feed = {"openapi.json", "asyncapi.json"}
        mine = {
            (path.removeprefix("/_mockdde"), method)
            for path, method in routes
            if path.startswith("/_mockdde/")
            and "/look/" not in path
            and path.rpartition("/")[2] not in feed
        }
        assert mine == set(OPERATIONS)


async def test_health_lists_all_that_is_served() -> None:
    """In both dialects; a prefix is no other thing."""
    async with house(staged(ONE_HOLE)) as home:
        assert home.server._runner is not None
        (paths,) = home.server._runner.app.router.resources()
        served = {re.sub(r":\w+}", "}", path) for _, path in paths.all()}
        told = {*(await good(home, "GET", "health"))["endpoints"]}
        bare = {each.rstrip("/") for each in told}
        prefixed = {prefix + each for each in bare for prefix in ("/media", "/golf")}
        listed = {each.rstrip("/") for each in served if not each.startswith("/_mockdde/")}
        assert told <= served
        assert listed - prefixed - {""} == bare
        for each in ("/golf/rest/v1/tournaments/{tournament}/round/{round}/events", "/oauth/token"):
            assert each in told


CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


def test_every_operation_answers_as_the_description_says(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    own = tmp_path / "own.yaml"
    own.write_text(ONE_HOLE, encoding="utf-8")
    with serve(str(own)) as server:
        ran = subprocess.run(
            [
                str(program),
                *("run", f"{server.control}/control.json", "--url", server.control),
                *("--checks", ",".join(CHECKS)),
                *("--max-examples", "6", "--seed", "1", "--no-color", "--request-timeout", "20"),
                *("--exclude-path", "/journal/wait"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=6 * PATIENCE,
            check=False,
        )
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-1000:]
    told = re.search(r"Operations:\s+(\d+) selected / (\d+) total", ran.stdout)
    assert told is not None, ran.stdout
    assert int(told[1]) >= len(OPERATIONS) - 2  # not the wait, nor the document itself
