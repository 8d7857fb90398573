"""The fixture as a user's test suite has it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from mockdde.assets import folder
from running import environment

pytest_plugins = ["pytester"]

FOLLOW = """
import json

import aiohttp
from websockets.sync.client import connect

HOLE = "hole-correction/finished-hole"


def follow(dde, until="RoundOfficial"):
    packets = []
    with connect(dde.ws_url + dde.paths[0]) as socket:
        socket.send(json.dumps({"authToken": dde.token}))
        assert json.loads(socket.recv()) == {"message": "Authorisation accepted"}
        for message in socket:
            packets.append(json.loads(message))
            if packets[-1].get("state") == until or packets[-1].get("seqNum") == until:
                return packets
"""
INI = """
[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = function
"""
INSTALLED = any(each.value == "mockdde.pytest_plugin" for each in entry_points(group="pytest11"))


@pytest.fixture
def suite(pytester):
    """Runs tests of a user; the outcome of each by name."""

    def run(text: str, **outcomes: int) -> pytest.RunResult:
        pytester.makeini(INI)
        pytester.makepyfile(FOLLOW + text)
        # In a checkout nothing has told pytest of the plugin.
        words = [] if INSTALLED else ["-p", "mockdde.pytest_plugin"]
        others = [f"no:{each}" for each in ("cacheprovider", "xdist", "schemathesis", "hypothesis")]
        words += [word for each in others for word in ("-p", each)]
        result = pytester.runpytest_inprocess(*words)
        result.assert_outcomes(**outcomes)
        return result

    return run


def test_a_sync_test_and_an_async_test_follow_a_round_to_its_end(suite):
    suite(
        """
def test_sync(mockdde):
    with mockdde.play(HOLE) as dde:
        packets = follow(dde)
    assert [each["seqNum"] for each in packets] == [*range(1, len(packets) + 1)]
    assert len(packets) > 50


async def test_async(mockdde):
    with mockdde.play(HOLE) as dde:
        header = {"Authorization": f"Bearer {dde.token}"}
        async with aiohttp.ClientSession(headers=header) as session:
            async with session.get(dde.rest_url + "/golf/tournaments/501") as answer:
                assert (await answer.json())["id"] == 501
            async with session.ws_connect(dde.ws_url + dde.paths[-1]) as socket:
                await socket.send_json({"type": "Client.Init"})
                assert (await socket.receive_json())["data"]["action"] == "ADD"
""",
        passed=2,
    )


def test_play_goes_where_it_is_told_and_what_was_not_sent_cannot_be_had(suite):
    suite(
        """
def test_step_by_step(mockdde):
    with mockdde.play(HOLE, paused=True) as dde:
        with connect(dde.ws_url + dde.paths[0]) as socket:
            socket.send(json.dumps({"authToken": dde.token}))
            dde.wait("accepted")
            dde.advance("round/1/team/1:seq=7")
            socket.recv()
            seen = [json.loads(socket.recv())["seqNum"] for _ in range(7)]
            assert seen == [1, 2, 3, 4, 5, 6, 7]
            try:
                more = socket.recv(timeout=0.05)
            except TimeoutError:
                more = None
            assert more is None
        dde.advance()
        assert follow(dde)[-1]["state"] == "RoundOfficial"
""",
        passed=1,
    )


def test_a_fault_strikes_and_the_journal_tells_what_the_client_did(suite):
    suite(
        """
def test_strike(mockdde):
    with mockdde.play(HOLE, paused=True) as dde:
        dde.fault({"on": "round/1/team/1", "at": {"seq": 4}, "close": {"code": 1011}})
        dde.advance()
        try:
            follow(dde)
        except Exception as error:
            assert error.rcvd.code == 1011
        assert dde.wait("fault", "round/1/team/1")[0]["detail"].startswith("close")
        assert follow(dde)[-1]["state"] == "RoundOfficial"
        assert len(dde.wait("opened", count=2)) == 2
        assert [each["event"] for each in dde.journal].count("accepted") == 2


def test_signal(mockdde):
    with mockdde.play(HOLE, paused=True) as dde:
        number = dde.fault('{on: "*", at: {signal: cut}, reset: {}}')
        dde.remove(number)
        dde.fault('{on: "*", at: {signal: cut}, close: {code: 4000}}')
        with connect(dde.ws_url + dde.paths[0]) as socket:
            socket.send(json.dumps({"authToken": dde.token}))
            dde.wait("accepted")
            dde.signal("cut")
            try:
                while True:
                    socket.recv()
            except Exception as error:
                assert error.rcvd.code == 4000
""",
        passed=2,
    )


def test_what_is_expected_in_the_end_is_what_the_packets_say(suite):
    suite(
        """
def test_expected(mockdde):
    with mockdde.play(HOLE) as dde:
        packets = follow(dde)
        state = dde.expected()
        assert state["streams"][dde.paths[0]]["last_applied"] == packets[-1]["seqNum"]
        ends = [each for each in packets if each.get("state") == "HoleFinished"]
        last = {each["holeOrder"]: each["score"]["currentHoleStrokes"] for each in ends}
        holes = state["rounds"]["501/1/1"]["holes"]
        assert {int(order): each["strokes"] for order, each in holes.items()} == last
        assert [*dde.expected("live")["streams"]] == dde.paths[1:]
""",
        passed=1,
    )


def test_mistakes_are_sentences(suite):
    result = suite(
        """
import pytest


def test_no_scenario(mockdde):
    with mockdde.play("hole-correction/finished-hol") as dde:
        pass


def test_no_fault(mockdde):
    with mockdde.play(HOLE) as dde:
        dde.fault({"on": "*", "clos": {}})


def test_nothing_comes(mockdde):
    with mockdde.play(HOLE) as dde:
        dde.wait("opened", timeout=0.01)
""",
        failed=3,
    )
    said = result.stdout.str()
    assert "did you mean hole-correction/finished-hole?" in said
    assert "there is no fault 'clos'; did you mean close?" in said
    assert "opened of * came not 1 times in 0.01 s, but: none" in said


def test_yaml_seeds_quirks_and_several_scenarios(suite):
    suite(
        """
ONE = '''
title: One hole
tournament: {id: 7}
rounds: [{no: 1, holes: 1}]
'''


def test_several(mockdde):
    with mockdde.play(ONE, HOLE, seed=3, quirks={"heartbeat": 20}) as dde:
        assert [each.id for each in dde.tournaments] == [7, 501]
        assert dde.paths[0] == "/golf/tournaments/7/round/1/team/1"
        assert [each.quirks["heartbeat"] for each in dde.tournaments] == ["20", "20"]
        assert follow(dde)[-1]["state"] == "RoundOfficial"


def test_two_at_once(mockdde):
    with mockdde.play(HOLE) as one, mockdde.play(HOLE) as other:
        assert one.rest_url != other.rest_url
        assert follow(one) == follow(other)
""",
        passed=2,
    )


CASE = """
import sys

import pytest

sys.path.insert(0, {clients!r})
from goodclient import main
"""


@pytest.fixture
def judged(suite):
    """Runs a test of cases."""
    clients = str(folder("conformance") / "clients" / "python")

    def run(text: str, **outcomes: int) -> pytest.RunResult:
        return suite(CASE.format(clients=clients) + text, **outcomes)

    return run


def test_a_case_is_a_test_of_a_client_in_this_process(judged):
    result = judged(
        """
@pytest.mark.mockdde_case("dde/delivery/close-1000", "live/delivery/close-1000", wire_speed=20)
def test_good(mockdde_case):
    mockdde_case.run(main)


@pytest.mark.mockdde_case("dde/delivery/close-1000", wire_speed=20, lane="wire")
def test_goes_away(mockdde_case):
    def wrong(environ):
        return 0
    mockdde_case.run(wrong)


@pytest.mark.mockdde_case("dde/delivery/close-1000")
def test_does_not_do_it(mockdde_case):
    mockdde_case.run(lambda environ: 89)
""",
        passed=2,
        failed=1,
        skipped=1,
    )
    said = result.stdout.str()
    assert "dde/delivery/close-1000: FAIL" in said
    assert "FAIL session/opens-every-target: " in said


def test_a_mark_that_fits_no_case_is_a_mistake(judged):
    result = judged(
        """
@pytest.mark.mockdde_case("dde/delivery/close-100")
def test_none(mockdde_case):
    pass
""",
        errors=1,
    )
    assert "there is no case 'dde/delivery/close-100'; did you mean" in result.stdout.str()


def test_nothing_heavy_is_imported_until_it_is_used():
    code = """
import sys
import mockdde.pytest_plugin
heavy = {"aiohttp", "jsonschema", "yaml", "orjson", "click", "rich", "asyncio", "jwt"}
new = {name for name in sys.modules if name.startswith("mockdde.")}
print(sorted(heavy & (set(sys.modules) - before)), sorted(new))
"""
    before = "import sys, pytest\nbefore = set(sys.modules)\n"
    words = [sys.executable, "-c", before + code]
    done = subprocess.run(words, env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] ['mockdde.pytest_plugin']"
