"""Faults of messages: what a client is sent is what their docstrings say, byte by byte."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import orjson
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from faulty import BEGIN, HELLO, PATH, Listener, faulty, scenario, sent, struck
from mockdde.broadcast import Broadcast
from mockdde.engine import Engine
from mockdde.errors import ScenarioError
from mockdde.feeds import state_feeds, stream_feeds
from mockdde.multiplexer import MULTIPLEXER
from mockdde.shows import match
from mockdde.wire import Fin
from mockdde.world import Tournament
from quickly import explain, quick
from running import ONE_HOLE, TWO_TEES, frames, packets_of, staged

ON = "on: round/1/team/1"
BOARD = "/golf/tournaments/7/leaderboard"
MATCH = "/golf/tournaments/7/matchdetails/1"
END = 120.0  # seconds of wire time until all of a hole was sent
TWO_HOLES = ONE_HOLE.replace("holes: 1}", "holes: 1-2}")
ONE_MATCH = """
title: One match
tournament: {id: 7, format: TeamMatch}
squads: [{name: North, players: 1}, {name: South, players: 1}]
rounds: [{holes: 16-18}]
"""
EARLY = TWO_TEES + "quirks: {before-start: wait}\n"  # who comes before the start may wait
LINK = ONE_HOLE + "report: [{after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}]\n"

# Each fault with parameters; the tests below that are of all faults take them from here.
ALL = {
    "drop": "drop: {}",
    "gap": "gap: {}",
    "duplicate": "duplicate: {}",
    "replay_block": "replay_block: {}",
    "reorder": "reorder: {ms: 60000}",
    "seq_reset": "seq_reset: {}",
    "seq_jump": "seq_jump: {}",
    "seq_missing": "seq_missing: {}",
    "seq_type": "seq_type: {}",
    "link_state": "link_state: {}",
    "timestamp": "timestamp: {}",
    "malformed_json": "malformed_json: {}",
    "doc_drift": "doc_drift: {}",
    "round_official": "round_official: {how: early}",
}


def is_packet(text: bytes) -> bool:
    """Neither a reply nor a heartbeat."""
    return b"Heartbeat" not in text and b"Authorisation accepted" not in text


def got(listener: Listener) -> list[bytes]:
    """The packets of a listener, in the order in which they came."""
    return [each for _, each in timed(listener)]


def timed(listener: Listener) -> list[tuple[float, bytes]]:
    """The same, with their times."""
    return [(at, text) for at, data in listener.got for text in frames(data) if is_packet(text)]


def heard(*faults: str, story: str = ONE_HOLE, **settings: str) -> list[bytes]:
    """All packets that a client of team 1 is sent, of a story with these faults."""
    listener = struck(*faults, story=story, **settings)
    listener.until(END)
    return got(listener)


def engine_of(*faults: str, story: str = ONE_HOLE) -> Engine:
    """An engine of a story with these faults."""
    tournament: Tournament = staged(scenario(*faults, story=story) if faults else story)
    return Engine([tournament], quirks=tournament.quirks, wire=BEGIN, speed=60.0)


def listen(engine: Engine, path: str = PATH, at: float = 0.0) -> Listener:
    """One more client, on any path, with a token."""
    if path.startswith(MULTIPLEXER):
        query = {"catchup": "true"} if path.endswith("catchup") else {}
        subscriber = engine.multiplex(query, MULTIPLEXER, BEGIN + at)
    else:
        found = match(path, [*stream_feeds(), *state_feeds()])
        assert found is not None
        subscriber = engine.open(*found, path, BEGIN + at)
    listener = Listener(engine, subscriber)
    listener.say(HELLO, at)
    return listener


def leave(listener: Listener, at: float) -> None:
    """It goes away."""
    listener.engine.leave(listener.subscriber, BEGIN + at, "")


def fired(engine: Engine) -> list[int]:
    """How often each fault has struck."""
    return [each.fired for each in engine.chaos.rules.values()]


def keys(payload: bytes) -> dict[str, Any]:
    """A packet."""
    read: dict[str, Any] = json.loads(payload)
    return read


def numbers(payloads: list[bytes]) -> list[int | None]:
    """Their seqNums."""
    return [keys(each).get("seqNum") for each in payloads]


def renumbered(payload: bytes, by: int) -> bytes:
    """A packet with a higher number; all other bytes as they are."""
    return re.sub(rb'"seqNum":(\d+)', lambda found: b'"seqNum":%d' % (int(found[1]) + by), payload)


TRUE = sent()


# ── all of them ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_nothing_is_changed_before_the_trigger(fault: str) -> None:
    packets = heard(f"{ON}, at: {{seq: 10}}, {fault}")
    assert packets[:9] == TRUE[:9]
    assert packets != TRUE


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_what_never_happens_changes_nothing(fault: str) -> None:
    assert heard(f"{ON}, at: {{seq: 10}}, probability: 0, {fault}") == TRUE
    assert heard(f"{ON}, at: {{seq: 10}}, connection: 2, {fault}") == TRUE


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_the_same_run_has_the_same_bytes(fault: str) -> None:
    rule = f"{ON}, at: {{seq: 10}}, {fault}"
    assert heard(rule) == heard(rule)


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_a_trigger_that_is_no_packet_strikes_with_the_next(fault: str) -> None:
    engine = engine_of(f"{ON}, at: {{ms: 6000, from: connect}}, {fault}")
    listener = listen(engine)
    listener.until(6.0)
    before = len(got(listener))
    listener.until(END)
    assert got(listener)[: before - 2] == TRUE[: before - 2]
    assert got(listener) != TRUE
    assert fired(engine) == [1]


@pytest.mark.parametrize("fault", [*ALL.values(), "round_official: {}", "status_regress: {}"])
def test_a_new_connection_without_the_fault_has_the_true_stream(fault: str) -> None:
    if fault == ALL["gap"]:
        fault = "gap: {then: reconnect}"
    engine = engine_of(f"{ON}, at: {{ms: 1, from: connect}}, {fault}")
    first = listen(engine)
    first.until(END)
    assert got(first) != TRUE
    again = listen(engine, at=END)
    again.until(END + 1)
    assert got(again) == TRUE
    assert fired(engine) == [1]


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_it_can_strike_the_envelopes_of_the_multiplexer(fault: str) -> None:
    story = TWO_TEES
    calm = listen(engine_of(story=story), MULTIPLEXER)
    calm.until(200.0)
    engine = engine_of(
        f"on: multiplexer, at: {{event: HitBall, nth: 5}}, {fault}",
        story=story,
    )
    listener = listen(engine, MULTIPLEXER)
    listener.until(200.0)
    struck_, true = got(listener), got(calm)
    at = next(at for at, each in enumerate(struck_) if each != true[at])
    hits = [number for number, each in enumerate(true) if b'"HitBall"' in each]
    assert hits[4] <= at <= hits[4] + 1
    assert fired(engine) == [1]


@pytest.mark.parametrize(
    "fault",
    [
        "link_state: {}",
        "round_official: {}",
        "round_official: {how: early}",
        "status_regress: {}",
        "doc_drift: {how: unknown_type}",
        "doc_drift: {how: hole_no}",
        "cross_stream: {}",
        "timestamp: {received_only: true}",
    ],
)
@pytest.mark.parametrize("at", ["{ms: 1, from: connect}", "{connection: 1}", "{seq: 2}"])
def test_what_documents_do_not_have_strikes_nothing_there(fault: str, at: str) -> None:
    engine = engine_of(f"on: leaderboard, at: {at}, {fault}")
    calm, listener = listen(engine_of(), BOARD), listen(engine, BOARD)
    calm.until(END)
    listener.until(END)
    assert got(listener) == got(calm)
    assert fired(engine) == [0]
    assert engine.never_fired()


@pytest.mark.parametrize(
    "fault",
    [each for name, each in ALL.items() if name not in ("link_state", "round_official")],
)
def test_documents_can_be_struck(fault: str) -> None:
    engine = engine_of(f"on: leaderboard, at: {{seq: 3}}, {fault}")
    calm, listener = listen(engine_of(), BOARD), listen(engine, BOARD)
    calm.until(END)
    listener.until(END)
    assert got(listener)[:1] == got(calm)[:1]
    assert got(listener) != got(calm)
    assert fired(engine) == [1]


@pytest.mark.parametrize("fault", ALL.values(), ids=ALL)
def test_matches_can_be_struck(fault: str) -> None:
    path = MATCH
    true = [each for _, each in packets_of(staged(ONE_MATCH))[path]]
    engine = engine_of(f"on: matchdetails/1, at: {{seq: 4}}, {fault}", story=ONE_MATCH)
    listener = listen(engine, path)
    listener.until(END)
    assert got(listener)[:3] == true[:3]
    assert got(listener) != true
    assert fired(engine) == [1]


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("drop: {count: -1}", "count is -1; it can be 0 to"),
        ("gap: {then: gone}", "then is 'gone'; it can be lost, late, reconnect"),
        ("gap: {count: 0}", "count is 0"),
        ("duplicate: {copies: 0}", "copies is 0"),
        ("replay_block: {first: 5, last: 4}", "last is 4; it cannot be before first, 5"),
        ("reorder: {mode: any}", "mode is 'any'; it can be swap, shuffle, late"),
        ("reorder: {window: 1}", "window is 1"),
        ("seq_jump: {by: 0}", "by is 0"),
        ("seq_type: {kind: word}", "kind is 'word'; it can be string, float, null"),
        ("stale_snapshot: {packets: 0}", "packets is 0"),
        ("link_state: {states: [Gone]}", "states is 'Gone'; it can be Disconnected, "),
        ("link_state: {states: []}", "states is empty"),
        ("timestamp: {how: back, ms: 0}", "ms is 0; how far a clock goes back is 1 or more"),
        ("cross_stream: {stream: round/1/team/3}", "no stream is called 'round/1/team/3'"),
        ("malformed_json: {how: any}", "how is 'any'; it can be missing_comma, "),
        ("doc_drift: {how: any}", "how is 'any'; it can be unknown_type, "),
        ("round_official: {how: late}", "how is 'late'; it can be missing, "),
        ("status_regress: {again: true}", "again is no parameter of it"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(fault: str, says: str) -> None:
    with pytest.raises(ScenarioError, match=r"^test\.yaml:\d+:\d+: ") as caught:
        engine_of(f"{ON}, at: {{seq: 2}}, {fault}")
    assert says in str(caught.value)


# ── drop, gap ─────────────────────────────────────────────────────────────────────────────────


def test_drop_leaves_packets_out() -> None:
    assert heard(f"{ON}, at: {{seq: 4}}, drop: {{count: 3}}") == TRUE[:3] + TRUE[6:]
    assert heard(f"{ON}, at: {{seq: 4}}, drop: {{count: 0}}") == TRUE[:3]
    hits = [each for each in TRUE if b'"HitBall"' in each]
    assert heard(f"{ON}, at: {{event: HitBall}}, times: 0, drop: {{}}") == [
        each for each in TRUE if each not in hits
    ]
    assert heard(f"{ON}, at: {{event: HitBall, nth: 2}}, drop: {{}}") == [
        each for each in TRUE if each != hits[1]
    ]


def test_drop_ends_with_its_duration() -> None:
    calm = listen(engine_of())
    calm.until(END)
    at, first = timed(calm)[3]
    until = at + 5.0
    assert heard(f"{ON}, at: {{seq: 4}}, duration: 5s, drop: {{count: 0}}") == [
        each for when, each in timed(calm) if when < at or when > until or each in TRUE[:3]
    ]
    assert first == TRUE[3]


async def test_a_dropped_packet_is_a_hole_in_the_numbers_of_a_socket() -> None:
    async with faulty(f"{ON}, at: {{seq: 2}}, drop: {{}}") as home:
        client = await home.open(PATH)
        await client.enter()
        await home.wait(60.0)
        assert [(await client.read())[1] for _ in range(2)] == [TRUE[0], TRUE[2]]
        assert len(home.journal("fault")) == 1


async def test_what_is_late_or_held_comes_over_a_socket_too() -> None:
    faults = (
        f"{ON}, at: {{seq: 1}}, gap: {{then: late, ms: 3000}}",
        f"{ON}, at: {{seq: 2}}, malformed_json: {{how: empty}}",
        f"{ON}, at: {{seq: 3}}, duplicate: {{}}",
        f"{ON}, at: {{seq: {len(TRUE)}}}, reorder: {{ms: 4000}}",
    )
    async with faulty(*faults) as home:
        client = await home.open(PATH)
        await client.enter()
        assert await client.so_far() == []
        await home.wait(2.9)
        assert list(await client.so_far()) == [b"", TRUE[2], TRUE[2], *TRUE[3:6]]
        await home.wait(0.1)
        assert await client.so_far() == [TRUE[0]]
        await home.wait(30.0)
        rest = [each for each in await client.so_far() if is_packet(each)]
        assert rest == TRUE[6:-1]
        await home.wait(4.0)
        assert [each for each in await client.so_far() if is_packet(each)] == TRUE[-1:]
        assert len(home.journal("fault")) == 4


def test_who_stays_away_from_the_fault_is_not_disturbed() -> None:
    """A client that was there before, and that the rule does not mean."""
    for fault in ALL.values():
        engine = engine_of(f"{ON}, at: {{seq: 4}}, connection: 2, {fault}")
        first, second = listen(engine), listen(engine)
        while (due := engine.next_deadline()) is not None and due < BEGIN + END:
            first.until(due - BEGIN)
            second.until(due - BEGIN)
        assert got(first) == TRUE
        assert got(second) != TRUE


def test_only_who_names_the_multiplexer_strikes_it() -> None:
    engines = [engine_of(), engine_of('on: "*", at: {connection: 1}, drop: {count: 0}')]
    calm, listener = (listen(engine, MULTIPLEXER) for engine in engines)
    calm.until(END)
    listener.until(END)
    assert got(listener) == got(calm)
    assert fired(engines[1]) == [0]


def test_a_scenario_is_held_against_the_multiplexer() -> None:
    for at, says in {
        "{event: HitBall}": "",
        "{event: HitBal}": "no packet there is a HitBal; did you mean HitBall?",
        "{seq: 20}": "",
        "{seq: 2000}": "the last packet there has seq",
    }.items():
        broadcast = Broadcast(staged(scenario(f"on: multiplexer, at: {at}, drop: {{}}")))
        if not says:
            broadcast.check_faults()
            continue
        with pytest.raises(ScenarioError) as caught:
            broadcast.check_faults()
        assert says in str(caught.value)


@pytest.mark.parametrize("shapes", ["2018", "2022"])
@pytest.mark.parametrize(
    "fault",
    ["round_official: {how: early}", "round_official: {how: then_more}", "status_regress: {}"],
)
def test_older_packets_are_made_in_their_own_shape(shapes: str, fault: str) -> None:
    story = f"{ONE_HOLE}quirks: {{shapes: '{shapes}'}}\n"
    engine = engine_of(f"{ON}, at: {{connection: 1}}, {fault}", story=story)
    listener = listen(engine)
    listener.until(END)
    assert fired(engine) == [1]
    packets = [keys(each) for each in got(listener)]
    assert numbers(got(listener)) == [*range(1, len(packets) + 1)]
    for each in packets:
        assert not explain("dde/events", each)


@pytest.mark.parametrize("connection", ["", "connection: 1, "])
def test_what_a_gap_loses_is_in_no_replay(connection: str) -> None:
    engine = engine_of(f"{ON}, at: {{seq: 4}}, {connection}gap: {{count: 3}}")
    first = listen(engine)
    first.until(END)
    assert got(first) == TRUE[:3] + TRUE[6:]
    for _ in range(2):
        again = listen(engine, at=END)
        again.until(END)
        assert got(again) == TRUE[:3] + TRUE[6:]
    assert fired(engine) == [1]


def test_what_a_gap_loses_is_there_again_when_the_rule_is_over() -> None:
    engine = engine_of(f"{ON}, at: {{seq: 4}}, ttl: 50s, gap: {{}}")
    first = listen(engine)
    first.until(END)
    assert len(got(first)) == len(TRUE) - 1
    again = listen(engine, at=END)
    again.until(END)
    assert got(again) == TRUE


def test_a_gap_that_is_late_comes_behind_what_was_sent_meanwhile() -> None:
    calm = listen(engine_of())
    listener = struck(f"{ON}, at: {{seq: 4}}, gap: {{count: 2, then: late}}")
    calm.until(END)
    listener.until(END)
    when = {each: at for at, each in timed(calm)}
    late = {each: at + 5.0 * (each in TRUE[3:5]) for each, at in when.items()}
    assert {each: at for at, each in timed(listener)} == pytest.approx(late)
    assert got(listener) == sorted(TRUE, key=lambda each: late[each])
    assert got(listener) != TRUE


def test_a_gap_until_reconnect_is_filled_by_the_replay() -> None:
    engine = engine_of(f"{ON}, at: {{seq: 4}}, gap: {{count: 3, then: reconnect}}")
    first = listen(engine)
    first.until(END)
    assert got(first) == TRUE[:3] + TRUE[6:]
    again = listen(engine, at=END)
    again.until(END)
    assert got(again) == TRUE


def test_a_document_that_is_lost_is_not_sent_to_who_joins() -> None:
    calm = listen(engine_of(), BOARD)
    calm.until(END)
    last = numbers(got(calm))[-1]
    engine = engine_of(f"on: leaderboard, at: {{seq: {last}}}, gap: {{}}")
    first, again = listen(engine, BOARD), None
    first.until(END)
    assert got(first) == got(calm)[:-1]
    again = listen(engine, BOARD, END)
    again.until(END)
    assert got(again) == []


# ── duplicate, replay_block, reorder ──────────────────────────────────────────────────────────


def test_duplicate_sends_the_same_bytes_again() -> None:
    at = f"{ON}, at: {{seq: 4}}"
    copies = [TRUE[3]] * 2
    assert heard(f"{at}, duplicate: {{copies: 2}}") == TRUE[:4] + copies + TRUE[4:]
    twice = [each for packet in TRUE[3:6] for each in (packet, packet)]
    assert heard(f"{at}, duplicate: {{count: 3}}") == TRUE[:3] + twice + TRUE[6:]


def test_copies_come_after_their_time_among_the_others() -> None:
    calm = listen(engine_of())
    listener = struck(f"{ON}, at: {{seq: 4}}, duplicate: {{copies: 2, ms: 3000}}")
    calm.until(END)
    listener.until(END)
    when = {each: at for at, each in timed(calm)}
    begin = when[TRUE[3]]
    copies = [(begin + 3.0, TRUE[3]), (begin + 6.0, TRUE[3])]
    assert timed(listener) == sorted([*timed(calm), *copies], key=lambda each: each[0])


def test_copies_can_say_other_times() -> None:
    fault = "duplicate: {copies: 2, mutate_timestamp: true}"
    packets = heard(f"{ON}, at: {{seq: 4}}, {fault}")
    first = b'"timestamp":"2025-02-20T07:00:55.000Z","timestampReceived":"2025-02-20T07:00:55.477Z"'
    assert first in TRUE[3]
    later = [
        first.replace(b".000Z", b".00%dZ" % each).replace(b".477Z", b".47%dZ" % (7 + each))
        for each in (1, 2)
    ]
    copies = [TRUE[3].replace(first, each) for each in later]
    assert packets == TRUE[:4] + copies + TRUE[4:]


def test_a_block_comes_again_behind_the_trigger() -> None:
    at = f"{ON}, at: {{seq: 10}}"
    assert heard(f"{at}, replay_block: {{}}") == TRUE[:10] + TRUE[:10] + TRUE[10:]
    few = heard(f"{at}, replay_block: {{first: 3, last: 5}}")
    assert few == TRUE[:10] + TRUE[2:5] + TRUE[10:]
    assert heard(f"{at}, replay_block: {{first: 9, last: 20}}") == TRUE[:10] + TRUE[8:]


def test_a_block_that_is_not_there_yet_does_not_come() -> None:
    engine = engine_of(f"{ON}, at: {{seq: 10}}, replay_block: {{first: 11, last: 12}}")
    listener = listen(engine)
    listener.until(END)
    assert got(listener) == TRUE
    assert fired(engine) == [0]


def test_unnumbered_packets_are_of_the_block() -> None:
    (ONE_HOLE + "report: [{after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}]\n")
    true = sent(LINK)
    state = next(at for at, each in enumerate(true) if b"ConnectionStateChanged" in each)
    fault = f"replay_block: {{first: {state}, last: {state + 1}}}"
    packets = heard(f"{ON}, at: {{seq: 15}}, {fault}", story=LINK)
    assert packets == true[:16] + true[state - 1 : state + 2] + true[16:]


@pytest.mark.parametrize(
    ("params", "order"),
    [
        ("", [4, 3, 5, 6, 7, 8, 9, 10]),
        ("window: 5", [4, 3, 6, 5, 7, 8, 9, 10]),
        ("count: 2", [4, 3, 6, 5, 7, 8, 9, 10]),
        ("mode: late", [4, 3, 5, 6, 7, 8, 9, 10]),
        ("mode: late, by: 4", [4, 5, 6, 7, 3, 8, 9, 10]),
    ],
)
def test_reorder_changes_the_order_only(params: str, order: list[int]) -> None:
    packets = heard(f"{ON}, at: {{seq: 3}}, reorder: {{ms: 60000, {params}}}")
    assert packets == TRUE[:2] + [TRUE[each - 1] for each in order] + TRUE[10:]


@pytest.mark.parametrize("fault", ["malformed_json: {how: truncated}", "drop: {}"])
def test_a_fault_of_one_packet_leaves_those_that_come_at_once_behind_it(fault: str) -> None:
    reorder = f"{ON}, at: {{seq: 4}}, reorder: {{ms: 60000}}"
    swapped = heard(reorder)
    both = heard(reorder, f"{ON}, at: {{seq: 5}}, {fault}")
    assert sum(each not in both for each in swapped) == 1


@pytest.mark.parametrize("fault", ["malformed_json: {how: empty}", "truncate: {}", "duplicate: {}"])
def test_a_fault_strikes_its_packet_however_long_that_was_held(fault: str) -> None:
    burst = f"{ON}, at: {{seq: 3}}, burst: {{count: 6, ms: 60000}}"
    listener = struck(burst, f"{ON}, at: {{seq: 6}}, {fault}")
    listener.until(END)
    alone = struck(f"{ON}, at: {{seq: 6}}, {fault}")
    alone.until(END)
    assert _stream(listener) == _stream(alone)


def _stream(listener: Listener) -> bytes:
    """All bytes but those of heartbeats."""
    return b"".join(data for _, data in listener.got if b"Heartbeat" not in data)


def test_shuffled_packets_are_never_in_order() -> None:
    for seq in range(1, 20):
        packets = heard(
            f"{ON}, at: {{seq: {seq}}}, reorder: {{mode: shuffle, ms: 60000, window: 3}}"
        )
        assert packets[: seq - 1] == TRUE[: seq - 1]
        assert packets[seq + 2 :] == TRUE[seq + 2 :]
        window = packets[seq - 1 : seq + 2]
        assert window != TRUE[seq - 1 : seq + 2]
        assert sorted(window) == sorted(TRUE[seq - 1 : seq + 2])


@pytest.mark.parametrize("mode", ["swap", "shuffle", "late"])
def test_what_is_held_comes_after_a_while(mode: str) -> None:
    """The last packet has none behind it that could go before it."""
    calm = listen(engine_of())
    calm.until(END)
    at, last = timed(calm)[-1]
    assert keys(last)["seqNum"] == len(TRUE)
    fault = f"reorder: {{mode: {mode}, window: 4, ms: 1500}}"
    listener = struck(f"{ON}, at: {{seq: {len(TRUE)}}}, {fault}")
    listener.until(END)
    assert timed(listener) == [*timed(calm)[:-1], (pytest.approx(at + 1.5), last)]


def test_what_is_held_comes_when_the_duration_is_over() -> None:
    calm = listen(engine_of())
    calm.until(END)
    at, last = timed(calm)[-1]
    listener = struck(f"{ON}, at: {{seq: {len(TRUE)}}}, duration: 1s, reorder: {{ms: 9000}}")
    listener.until(END)
    assert timed(listener)[-1] == (pytest.approx(at + 1.0), last)


def test_a_close_waits_for_what_is_held() -> None:
    calm = listen(engine_of())
    calm.until(END)
    at, _ = timed(calm)[-1]
    fault = f"{ON}, at: {{seq: {len(TRUE)}}}, reorder: {{}}"
    listener = struck(fault, **{"after-official": "close"})
    listener.until(at + 1.9)
    assert got(listener) == TRUE[:-1]
    assert listener.ending is None
    listener.until(at + 2.1)
    assert got(listener) == TRUE
    assert listener.ending is not None


def test_heartbeats_do_not_wait() -> None:
    listener = struck(f"{ON}, at: {{seq: {len(TRUE)}}}, reorder: {{ms: 40000}}")
    listener.until(END)
    texts = [text for _, data in listener.got for text in frames(data)]
    held = texts.index(TRUE[-1])
    assert sum(b"Heartbeat" in each for each in texts[texts.index(TRUE[-2]) : held]) >= 3


# ── numbers ───────────────────────────────────────────────────────────────────────────────────


def test_numbers_begin_again() -> None:
    packets = heard(f"{ON}, at: {{seq: 10}}, seq_reset: {{}}")
    assert packets == TRUE[:9] + [renumbered(each, -9) for each in TRUE[9:]]
    assert numbers(packets)[9:] == [*range(1, len(TRUE) - 8)]


def test_numbers_jump_and_come_back() -> None:
    packets = heard(f"{ON}, at: {{seq: 10}}, seq_jump: {{by: 7}}")
    assert packets == TRUE[:9] + [renumbered(each, 7) for each in TRUE[9:]]
    ends = heard(f"{ON}, at: {{seq: 10}}, duration: 100ms, seq_jump: {{by: 7}}")
    assert ends == [*TRUE[:9], renumbered(TRUE[9], 7), *TRUE[10:]]


def test_on_the_multiplexer_other_streams_keep_their_numbers() -> None:
    calm = listen(engine_of(story=TWO_TEES), MULTIPLEXER)
    calm.until(200.0)
    rule = "on: multiplexer, at: {event: HitBall, nth: 3}, seq_jump: {by: 1000}"
    listener = listen(engine_of(rule, story=TWO_TEES), MULTIPLEXER)
    listener.until(200.0)
    hits = [each for each in got(calm) if b'"HitBall"' in each]
    of = keys(hits[2])["eventId"], "rounddetails"
    begins, wanted = False, []
    for each in got(calm):
        begins = begins or each == hits[2]
        packet = keys(each)
        mine = begins and (packet["eventId"], packet["feedType"]) == of
        wanted.append(renumbered(each, 1000) if mine else each)
    assert got(listener) == wanted
    assert len({keys(each)["eventId"] for each in wanted if b"rounddetails" in each}) > 2


def test_a_number_can_be_missing_or_of_another_type() -> None:
    at = f"{ON}, at: {{seq: 10}}"
    for fault, by in {
        "seq_missing: {}": b"",
        "seq_type: {}": b'"seqNum":"10",',
        "seq_type: {kind: float}": b'"seqNum":10.0,',
        "seq_type: {kind: 'null'}": b'"seqNum":null,',
    }.items():
        packets = heard(f"{at}, {fault}")
        assert packets == [*TRUE[:9], TRUE[9].replace(b'"seqNum":10,', by), *TRUE[10:]]
        whole = fault.replace("}", ", count: 0}").replace("{, ", "{")
        found = numbers(heard(f"{at}, {whole}"))
        assert found[:9] == [*range(1, 10)]
        assert not [each for each in found[9:] if type(each) is int]


def test_what_has_no_number_waits_for_one_that_has() -> None:
    (ONE_HOLE + "report: [{after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}]\n")
    for fault in ("seq_reset: {}", "seq_jump: {}", "seq_missing: {}", "seq_type: {}"):
        engine = engine_of(f"{ON}, at: {{event: ConnectionStateChanged}}, {fault}", story=LINK)
        listener = listen(engine)
        listener.until(END)
        assert got(listener) == sent(LINK)
        assert fired(engine) == [0]


# ── what is there already ─────────────────────────────────────────────────────────────────────


def reconnected(*faults: str, path: str = PATH, at: float = 8.0) -> tuple[Listener, Listener]:
    """Who comes back in the middle, and who never left, over the same story."""
    engine = engine_of(*faults)
    first, calm = listen(engine, path), listen(engine_of(), path)
    first.until(at)
    leave(first, at)
    calm.until(at)
    again = listen(engine, path, at)
    again.until(at)
    return again, calm


@pytest.mark.parametrize("trigger", ["{connection: 2}", "{ms: 0, from: auth}"])
def test_the_end_of_a_replay_comes_with_the_next_live_packet(trigger: str) -> None:
    rule = f"{ON}, at: {trigger}, connection: 2, stale_snapshot: {{packets: 3}}"
    again, calm = reconnected(rule)
    there = len(got(calm))
    assert 5 < there < len(TRUE)
    assert got(again) == TRUE[: there - 3]
    again.until(END)
    assert got(again) == TRUE
    assert fired(again.engine) == [1]
    first_live = min(at for at, each in timed(again) if each == TRUE[there])
    assert [at for at, each in timed(again) if each in TRUE[there - 3 : there]] == [first_live] * 3


def test_a_replay_can_be_empty() -> None:
    again, calm = reconnected(f"{ON}, at: {{connection: 2}}, stale_snapshot: {{packets: 99}}")
    assert got(calm)
    assert got(again) == []
    again.until(END)
    assert got(again) == TRUE


def test_what_a_replay_lacks_comes_at_the_end_of_the_duration() -> None:
    rule = f"{ON}, at: {{connection: 1}}, duration: 2s, stale_snapshot: {{}}"
    engine = engine_of(rule)
    engine.open(*match(PATH, stream_feeds()), PATH, BEGIN)  # type: ignore[misc]
    engine.run_until(BEGIN + END)
    listener = listen(engine, at=END)
    listener.until(END + 1.9)
    assert got(listener) == TRUE[:-3]
    listener.until(END + 2.1)
    assert got(listener) == TRUE


def test_where_nothing_is_sent_again_nothing_is_stale() -> None:
    late = ONE_HOLE + "quirks: {late-join: live-only}\n"
    for story, at in ((ONE_HOLE, 0.0), (late, 8.0)):
        rule = f"{ON}, at: {{ms: 0, from: connect}}, connection: 1, stale_snapshot: {{}}"
        engine = engine_of(rule, story=story)
        if at:
            engine.multiplex({}, MULTIPLEXER, BEGIN)
            engine.run_until(BEGIN + at)
        listener = listen(engine, at=at)
        listener.until(END)
        assert got(listener) == TRUE[len(TRUE) - len(got(listener)) :]
        if at:
            assert fired(engine) == [0]


def test_a_document_can_be_an_older_one() -> None:
    again, calm = reconnected(
        "on: leaderboard, at: {connection: 2}, stale_snapshot: {packets: 1}", path=BOARD, at=15.85
    )
    assert len(got(calm)) >= 2
    assert got(again) == [got(calm)[-2]]
    again.until(END)
    calm.until(END)
    seqs = numbers(got(calm))
    assert numbers(got(again)) == [seqs[0], *seqs[2:]]
    assert set(got(again)) < set(got(calm))
    assert fired(again.engine) == [1]


def test_the_first_document_cannot_be_an_older_one() -> None:
    path = "/golf/tournaments/7/holestats"
    engine = engine_of("on: holestats, at: {connection: 1}, stale_snapshot: {}")
    listener, calm = listen(engine, path), listen(engine_of(), path)
    listener.until(END)
    calm.until(END)
    assert numbers(got(listener)) == [1, 2]
    assert got(listener) == got(calm)
    assert fired(engine) == [0]


def test_the_multiplexer_catches_up_with_less() -> None:
    story = EARLY
    path = f"{MULTIPLEXER}?catchup"
    rule = "on: multiplexer, at: {connection: 1}, stale_snapshot: {packets: 4}"
    streams = []
    for faults in ((), (rule,)):
        engine = engine_of(*faults, story=story)
        first = engine.open(*match(PATH, stream_feeds()), PATH, BEGIN)  # type: ignore[misc]
        engine.run_until(BEGIN + 8.0)
        assert first.way is None
        listener = listen(engine, path, 8.0)
        listener.until(8.0)
        now = got(listener)
        listener.until(60.0)
        streams.append((now, got(listener)))
    (calm, calm_later), (stale, later) = streams
    assert stale == calm[:-4]
    assert later == calm_later


# ── packets that nobody reported, and of others ───────────────────────────────────────────────


def test_link_states_are_as_the_feed_sends_them() -> None:
    (ONE_HOLE + "report: [{after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}]\n")
    real = next(each for each in sent(LINK) if b"ConnectionStateChanged" in each)
    fault = "link_state: {states: [PartiallyDisconnected, Disconnected, Connected], ms: 2500}"
    listener = struck(f"{ON}, at: {{seq: 4}}, {fault}")
    listener.until(END)
    states = [each for each in timed(listener) if b"ConnectionStateChanged" in each[1]]
    assert [each for each in got(listener) if each not in [state for _, state in states]] == TRUE
    at = next(at for at, each in timed(listener) if each == TRUE[3])
    assert [when - at for when, _ in states] == pytest.approx([0.0, 2.5, 5.0])
    assert got(listener)[4] == states[0][1]
    assert [list(keys(each)) for _, each in states] == [list(keys(real))] * 3
    assert [keys(each)["timestamp"] for _, each in states] == [
        "2025-02-20T07:00:55.000Z",
        "2025-02-20T07:00:57.500Z",
        "2025-02-20T07:01:00.000Z",
    ]
    for _, each in states:
        assert not explain("dde/events.strict", keys(each))


def test_link_states_can_come_where_no_packet_does() -> None:
    listener = struck(f"{ON}, at: {{ms: 3000, from: connect}}, link_state: {{ms: 0}}")
    listener.until(END)
    states = [at for at, each in timed(listener) if b"ConnectionStateChanged" in each]
    assert states == [3.0, 3.0]
    assert not [at for at, each in timed(listener) if at == 3.0 and each in TRUE]


def test_link_states_on_the_multiplexer_have_their_envelope() -> None:
    rule = "on: multiplexer, at: {event: HitBall}, link_state: {states: [Disconnected]}"
    listener = listen(engine_of(rule), MULTIPLEXER)
    listener.until(END)
    state = next(each for each in got(listener) if b"ConnectionStateChanged" in each)
    assert state == (
        b'{"sport":"Golf","eventId":"7-1-1","feedType":"rounddetails",'
        b'"dataType":"connectionState","message":{"timestamp":"2025-02-20T07:00:55.000Z",'
        b'"eventElementType":"ConnectionStateChanged","state":"Disconnected"}}'
    )


def test_a_packet_of_another_team_comes_on_this_socket() -> None:
    on = "on: round/1/team/1"
    paths = [f"/golf/tournaments/7/round/1/team/{each}" for each in (1, 2)]
    calm, beside = (listen(engine_of(story=EARLY), path) for path in paths)
    calm.until(END)
    beside.until(END)
    for fault in ("cross_stream: {}", "cross_stream: {stream: round/1/team/2}"):
        listener = listen(engine_of(f"{on}, at: {{seq: 8}}, {fault}", story=EARLY), paths[0])
        listener.until(END)
        packets, true = got(listener), got(calm)
        assert packets[:8] == true[:8]
        assert packets[9:] == true[8:]
        when = timed(listener)[7][0]
        assert packets[8] == [each for at, each in timed(beside) if at <= when][-1]
        assert keys(packets[8])["teamNo"] == 2


def test_without_another_stream_nothing_crosses() -> None:
    engine = engine_of(f"{ON}, at: {{event: '*'}}, cross_stream: {{}}")
    listener = listen(engine)
    listener.until(END)
    assert got(listener) == TRUE
    assert fired(engine) == [0]


# ── times ─────────────────────────────────────────────────────────────────────────────────────


def test_a_clock_that_is_an_hour_off() -> None:
    packets = heard(f"{ON}, at: {{seq: 4}}, timestamp: {{}}")
    assert packets == TRUE[:3] + [
        each.replace(b'"2025-02-20T07:', b'"2025-02-20T08:') for each in TRUE[3:]
    ]
    back = heard(f"{ON}, at: {{seq: 4}}, timestamp: {{ms: -25200000, count: 1}}")
    assert back == [*TRUE[:3], TRUE[3].replace(b"20T07:", b"20T00:"), *TRUE[4:]]
    received = heard(f"{ON}, at: {{seq: 4}}, timestamp: {{received_only: true}}")
    of, old, new = b'Received":', b'"2025-02-20T07:', b'"2025-02-20T08:'
    assert received == TRUE[:3] + [each.replace(of + old, of + new) for each in TRUE[3:]]


def test_a_clock_that_goes_wrong() -> None:
    packets = heard(f"{ON}, at: {{seq: 4}}, timestamp: {{how: skew, skew: 1}}")
    assert packets[:4] == TRUE[:4]
    # 9 seconds later is 18 seconds later, to the millisecond.
    assert keys(TRUE[4])["timestamp"] == "2025-02-20T07:01:04.000Z"
    assert keys(packets[4])["timestamp"] == "2025-02-20T07:01:13.000Z"
    assert keys(packets[4])["timestampReceived"] == "2025-02-20T07:01:13.714Z"


def test_a_clock_that_goes_back() -> None:
    packets = heard(f"{ON}, at: {{seq: 4}}, timestamp: {{how: back}}")
    early = [each.replace(b'"2025-02-20T07:', b'"2025-02-20T06:') for each in TRUE]
    assert packets == TRUE[:3] + [(early, TRUE)[at % 2][at + 3] for at in range(len(TRUE) - 3)]


@pytest.mark.parametrize(
    ("time", "later"),
    [
        ("2025-02-20T12:09:59.324Z", "2025-02-20T12:10:00.324Z"),
        ("2025-12-31T23:59:59.517484Z", "2026-01-01T00:00:00.517484Z"),
        ("2025-02-20T12:09:59Z", "2025-02-20T12:10:00Z"),
        ("2025-02-20T12:09:59.3+02:00", "2025-02-20T12:10:00.3+02:00"),
        ("12:09Z", None),
        (None, None),
    ],
)
def test_a_time_keeps_its_form(time: str | None, later: str | None) -> None:
    from mockdde.faults._message_times import shifted  # noqa: PLC0415

    assert shifted(time, 1000) == later


# ── form ──────────────────────────────────────────────────────────────────────────────────────

BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "missing_comma": lambda each: each.replace(b'"875",', b'"875"', 1),
    "truncated": lambda each: each[: len(each) // 2],
    "trailing": lambda each: each[:-1] + b",}",
    "two_documents": lambda each: each + each,
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("how", BROKEN)
def test_json_is_broken(how: str) -> None:
    packets = heard(f"{ON}, at: {{seq: 4}}, malformed_json: {{how: {how}}}")
    assert packets == [*TRUE[:3], BROKEN[how](TRUE[3]), *TRUE[4:]]
    with pytest.raises(json.JSONDecodeError):
        json.loads(packets[3])
    whole = heard(f"{ON}, at: {{seq: 4}}, malformed_json: {{how: {how}, count: 0}}")
    for each in whole[3:]:
        with pytest.raises(json.JSONDecodeError):
            json.loads(each)


def test_what_is_cut_is_still_text() -> None:
    story = ONE_HOLE.replace(
        "[{teams: 1}]", "[{team: 1, player: {id: 1, name: Éééééé Éééééééé, country: FRA}}]"
    )
    for seq in (1, 3, 4, 5):
        for packet in heard(
            f"{ON}, at: {{seq: {seq}}}, malformed_json: {{how: truncated}}", story=story
        ):
            packet.decode()


def test_what_is_broken_is_not_read_by_other_faults() -> None:
    broken = f"{ON}, at: {{seq: 4}}, malformed_json: {{how: truncated, count: 0}}"
    faults = [f"{ON}, at: {{seq: 4}}, {each}" for each in ALL.values()]
    for each in (*faults, f"{ON}, at: {{seq: 4}}, status_regress: {{}}"):
        assert heard(broken, each)[:3] == TRUE[:3]


# How the schemas judge the drifts: whether the tolerant one takes them.
DRIFTS = {
    "unknown_key": True,
    "null_optional": True,
    "integer_for_string": True,
    "key_case": True,
    "hole_no": True,
    "unknown_type": False,
    "string_for_integer": False,
    "type_key": False,
}
# Packets of many kinds, of both feeds.
KINDS = TWO_HOLES + (
    "report:\n"
    "  - {after: {hole: 1, stroke: 1}, connection: PartiallyDisconnected}\n"
    "  - {after: {hole: 2, stroke: 1}, rescore: {hole: 1, strokes: 7}}\n"
)


@pytest.mark.parametrize("how", DRIFTS)
@pytest.mark.parametrize(
    ("story", "path", "on", "schema"),
    [
        (KINDS, PATH, "round/1/team/1", "dde/events"),
        (ONE_MATCH, MATCH, "matchdetails/1", "dde/matchdetails"),
    ],
)
def test_schemas_judge_the_drifts(how: str, story: str, path: str, on: str, schema: str) -> None:
    rule = f"on: {on}, at: {{event: '*'}}, doc_drift: {{how: {how}}}"
    listener = listen(engine_of(rule, story=story), path)
    listener.until(END)
    true = [each for _, each in packets_of(staged(story))[path]]
    drifted = [new for old, new in zip(true, got(listener), strict=True) if old != new]
    assert len(drifted) > 5
    for each in drifted:
        assert not quick(f"{schema}.strict").is_valid(keys(each)), each
        assert quick(schema).is_valid(keys(each)) is DRIFTS[how], each


def test_drifts_change_nothing_else() -> None:
    packets = {
        how: heard(f"{ON}, at: {{seq: 4}}, doc_drift: {{how: {how}, count: 1}}") for how in DRIFTS
    }
    for how, (old, new) in {
        "unknown_key": (b'55.477Z"}', b'55.477Z","wind":{"direction":"NW","metresPerSecond":4.5}}'),
        "integer_for_string": (b'"courseId":"875"', b'"courseId":875'),
        "key_case": (b'"groupId":', b'"groupID":'),
        "hole_no": (b'"holeNo":', b'"hole":'),
        "unknown_type": (b'"HitBall"', b'"WeatherUpdate"'),
        "string_for_integer": (b'"playerId":3633', b'"playerId":"3633"'),
        "type_key": (b'"eventElementType":', b'"eventelementType":'),
    }.items():
        assert packets[how] == [*TRUE[:3], TRUE[3].replace(old, new), *TRUE[4:]]
    assert packets["null_optional"] == TRUE  # a HitBall has nothing that could be null
    null = heard(f"{ON}, at: {{seq: 3}}, doc_drift: {{how: null_optional}}")
    assert null[2] == TRUE[2].replace(b'"CFW"', b"null")
    assert null[4] == TRUE[4].replace(b'"z":59.285', b'"z":null')


def test_holes_are_renamed_where_a_score_is_corrected_too() -> None:
    packets = heard(f"{ON}, at: {{connection: 1}}, doc_drift: {{how: hole_no}}", story=KINDS)
    update = next(each for each in packets if b"HoleScoreUpdate" in each)
    assert keys(update)["eventCorrectedIdentifier"]["hole"] == 1


def test_rewritten_packets_are_otherwise_the_same_bytes() -> None:
    """Key order, floats such as 39.0, and letters that are not ASCII."""
    assert b'"distanceToPin":39.0' in b"".join(TRUE)
    story = ONE_HOLE.replace(
        "[{teams: 1}]", "[{team: 1, player: {id: 1, name: José Müller, country: ESP}}]"
    )
    for each in (ONE_HOLE, story):
        packets = heard(f"{ON}, at: {{seq: 1}}, seq_jump: {{by: 100}}", story=each)
        assert packets == [renumbered(packet, 100) for packet in sent(each)]


# ── the end ───────────────────────────────────────────────────────────────────────────────────


def test_the_end_is_missing_or_comes_twice() -> None:
    assert b"RoundOfficial" in TRUE[-1]
    for at in ("{connection: 1}", "{event: RoundStatusUpdate}", f"{{seq: {len(TRUE)}}}"):
        assert heard(f"{ON}, at: {at}, round_official: {{}}") == TRUE[:-1]
        twice = heard(f"{ON}, at: {at}, round_official: {{how: twice}}")
        assert twice == [*TRUE, TRUE[-1]]


def test_the_end_comes_too_soon() -> None:
    packets = heard(f"{ON}, at: {{seq: 4}}, round_official: {{how: early}}")
    assert packets[:4] == TRUE[:4]
    assert packets[5:] == [renumbered(each, 1) for each in TRUE[4:]]
    early, official = keys(packets[4]), keys(TRUE[-1])
    assert list(early) == list(official)
    assert early == official | {"seqNum": 5, "timestamp": "2025-02-20T07:00:55.000Z"}
    assert not explain("dde/events.strict", early)


def test_after_the_end_there_is_more() -> None:
    packets = heard(f"{ON}, at: {{connection: 1}}, round_official: {{how: then_more}}")
    assert packets[: len(TRUE)] == TRUE
    finished, official = packets[len(TRUE) :]
    assert official == renumbered(TRUE[-1], 2)
    assert keys(finished)["state"] == "RoundFinished"
    assert keys(finished)["seqNum"] == len(TRUE) + 1
    assert list(keys(finished)) == list(keys(TRUE[-2]))
    assert not explain("dde/events.strict", keys(finished))


def test_more_comes_before_the_close_too() -> None:
    listener = struck(
        f"{ON}, at: {{connection: 1}}, round_official: {{how: then_more}}",
        **{"after-official": "close"},
    )
    listener.until(END)
    assert len(got(listener)) == len(TRUE) + 2
    assert listener.ending is not None
    assert not isinstance(listener.ending, Fin)


def test_a_finished_hole_starts_again() -> None:
    place = next(at for at, each in enumerate(TRUE) if b'"HoleFinished"' in each)
    packets = heard(f"{ON}, at: {{connection: 1}}, status_regress: {{}}")
    assert packets[: place + 1] == TRUE[: place + 1]
    started, finished = packets[place + 1 : place + 3]
    assert finished == renumbered(TRUE[place], 2)
    assert packets[place + 3 :] == [renumbered(each, 2) for each in TRUE[place + 1 :]]
    real = keys(TRUE[1])
    assert list(keys(started)) == list(real)
    assert keys(started)["state"] == "HoleStarted"
    assert not explain("dde/events.strict", keys(started))
    once = heard(f"{ON}, at: {{connection: 1}}, status_regress: {{ends_again: false}}")
    assert once[place + 2 :] == [renumbered(each, 1) for each in TRUE[place + 1 :]]


# ── whatever the story ────────────────────────────────────────────────────────────────────────

seqs = st.integers(1, 20)


@settings(max_examples=40)
@given(
    st.integers(0, 1000),
    seqs,
    st.sampled_from(["drop", "gap", "late", "duplicate", "swap", "shuffle", "later", "replay"]),
    st.integers(1, 6),
    st.integers(0, 4000),
)
def test_no_packet_is_lost_or_made_but_as_is_said(
    seed: int, seq: int, kind: str, count: int, ms: int
) -> None:
    story = f"{ONE_HOLE}seed: {seed}\n"
    true = sent(story)
    assume(seq <= len(true))
    at = seq - 1
    struck_ = true[at : at + count]
    first = min(count, seq)
    fault, more, fewer = {
        "drop": (f"drop: {{count: {count}}}", [], struck_),
        "gap": (f"gap: {{count: {count}, then: reconnect}}", [], struck_),
        "late": (f"gap: {{count: {count}, then: late, ms: {ms + 1}}}", [], []),
        "duplicate": (f"duplicate: {{count: {count}, ms: {ms}}}", struck_, []),
        "swap": (f"reorder: {{window: {count + 1}, ms: {ms + 1}}}", [], []),
        "shuffle": (f"reorder: {{window: {count + 1}, mode: shuffle, count: 0}}", [], []),
        "later": (f"reorder: {{mode: late, by: {count}, ms: {ms + 1}}}", [], []),
        "replay": (f"replay_block: {{first: {first}}}", true[first - 1 : seq], []),
    }[kind]
    engine = engine_of(f"{ON}, at: {{seq: {seq}}}, {fault}", story=story)
    listener = listen(engine)
    listener.until(200.0)
    assert Counter(got(listener)) == Counter(true) + Counter(more) - Counter(fewer)
    assert got(listener)[:at] == true[:at]
    again = listen(engine, at=200.0)
    again.until(201.0)
    assert got(again) == true


def test_orjson_writes_numbers_as_they_were() -> None:
    for each in TRUE:
        assert orjson.dumps(orjson.loads(each)) == each
