"""Faults in the live dialect: each strikes there or does not, as its docstring says, and how."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

import pytest

from faulty import BEGIN, Listener, scenario
from livewire import INIT, init, split
from mockdde.broadcast import Broadcast
from mockdde.engine import Engine
from mockdde.errors import ScenarioError
from mockdde.faults import described, family, faults
from mockdde.feeds import state_feeds, stream_feeds
from mockdde.frames import PING, TEXT, text_frame
from mockdde.shows import match
from mockdde.wire import Answer, Asked, Close, RestFault, StreamFault
from quickly import quick
from running import GOOD, ONE_HOLE, TWO_TEES, house, staged

ROUND = "/golf/stream/v1/tournaments/7/round/1/events"
BOARD = "/golf/stream/v1/tournaments/7/stroke-play-leaderboard"
MATCH = "/golf/stream/v1/tournaments/7/match/1000070001/events"
MATCHES = """
title: Two matches
tournament: {id: 7, format: TeamMatch}
squads: [{name: North, players: 2}, {name: South, players: 2}]
rounds: [{holes: 17-18}]
"""
ROUNDS = """
title: Two rounds
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1, holes: 1}, {no: 2, holes: 1}]
"""
STREAMS = {
    "round": (TWO_TEES, "round/1/events", ROUND),
    "match": (MATCHES, "match/*/events", MATCH),
    "board": (TWO_TEES, "stroke-play-leaderboard", BOARD),
}
EVENTS = {"round", "match"}
SPEED = 600.0
JOINS, END = 3.0, 60.0  # seconds of wire time
ONE = "on: round/1/events, at: {seq: 8}"

# Where a fault of streams strikes: everywhere but for these.
DDE_ONLY = {
    *("seq_jump", "seq_reset", "seq_type", "seq_missing"),
    *("auth_reject", "auth_silent", "link_state"),
}
OF_EVENTS = {
    *("round_official", "status_regress", "orphan_update", "orphan_delete", "forget_events"),
}
OF_MATCHES = {"cross_stream"}  # there is no other round here, and no other leaderboard
# After these a client does not have whole text frames of JSON documents by the end, or has none.
BYTES = {
    *("bad_opcode", "bad_utf8", "binary_instead_of_text", "fragment", "limit_data"),
    *("malformed_json", "reserved_bits", "truncate", "bandwidth", "slice", "half_open"),
}
STRIKING = [name for name, kind in faults().items() if issubclass(kind, StreamFault)]


def engine_of(*rules: str, story: str = ONE_HOLE, **quirks: str) -> Engine:
    """An engine of a story with these rules."""
    tournament = staged(scenario(*rules, story=story) if rules else story, **quirks)
    return Engine([tournament], quirks=tournament.quirks, wire=BEGIN, speed=SPEED)


def listen(engine: Engine, path: str = ROUND, at: float = 0.0, said: str = INIT) -> Listener:
    """One more client of a live stream, which says Client.Init."""
    found = match(path, [*stream_feeds(), *state_feeds()])
    assert found is not None
    listener = Listener(engine, engine.open(*found, path, BEGIN + at))
    listener.say(said, at)
    return listener


def messages(data: bytes) -> list[dict[str, Any]]:
    """All CloudEvents in these frames; what else there is are heartbeats and pings."""
    found = []
    for opcode, payload in split(data):
        assert opcode in (TEXT, PING)
        message = json.loads(payload) if opcode == TEXT else {}
        if message.get("type") not in (None, "Server.Heartbeat"):
            assert message["specversion"] == "1.0"
            found.append(message)
    return found


def got(listener: Listener) -> bytes:
    """All bytes that a client got."""
    return b"".join(data for _, data in listener.got)


def sent(story: str = ONE_HOLE, path: str = ROUND) -> list[dict[str, Any]]:
    """What a stream has without any fault."""
    name = path.removeprefix("/golf/stream/v1/tournaments/7/")
    return [json.loads(each) for _, _, each in Broadcast(staged(story)).play(name, "live")]


TRUE = sent()
KINDS = [each["data"]["type"].rpartition(".")[2] for each in TRUE]


def heard(*rules: str, story: str = ONE_HOLE, path: str = ROUND) -> list[dict[str, Any]]:
    """What a client gets of a stream from the beginning, with these rules, all of which fire."""
    engine = engine_of(*rules, story=story)
    listener = listen(engine, path)
    listener.until(END)
    assert engine.never_fired() == []
    return messages(got(listener))


# ── all of them ───────────────────────────────────────────────────────────────────────────────


def two(stream: str, wire: str = "", *, resumes: bool) -> tuple[Engine, list[Listener]]:
    """An engine with two clients of a stream, of which the second joins late and is struck."""
    story, _, path = STREAMS[stream]
    engine = engine_of(*([wire] if wire else []), story=story)
    first = listen(engine, path)
    first.until(JOINS)
    seen = messages(got(first))[3]["id"] if stream in EVENTS else None
    second = listen(engine, path, JOINS, init(seen) if resumes else INIT)
    first.until(JOINS)
    while (due := engine.next_deadline()) is not None and due <= BEGIN + END:
        for each in (first, second):
            each.until(max(due, BEGIN) - BEGIN)
    return engine, [first, second]


@cache
def unharmed(stream: str, *, resumes: bool) -> list[bytes]:
    """What both get where nobody is struck."""
    return [got(each) for each in two(stream, resumes=resumes)[1]]


def strikes(name: str) -> set[str]:
    """On which of the streams a fault strikes."""
    if name in DDE_ONLY:
        return set()
    return {"match"} if name in OF_MATCHES else EVENTS if name in OF_EVENTS else {*STREAMS}


@pytest.mark.parametrize("stream", STREAMS)
@pytest.mark.parametrize("name", STRIKING)
def test_each_strikes_live_streams_or_does_not(name: str, stream: str) -> None:
    """And whoever it does not strike has the bytes that it has without it."""
    story, on, _ = STREAMS[stream]
    at = "{connection: 2}" if faults()[name].TRIGGERS else "{ms: 0, from: auth}"
    rule = f"on: {on}, connection: 2, at: {at}, {name}: {{}}"
    if name in DDE_ONLY:
        with pytest.raises(ScenarioError, match="has something to do in the dialect dde only"):
            engine_of(rule, story=story)
        return
    resumes = name == "forget_events" and stream in EVENTS
    engine, (first, second) = two(stream, rule, resumes=resumes)
    clean = unharmed(stream, resumes=resumes)
    assert got(first) == clean[0]
    fired = next(iter(engine.chaos.rules.values())).fired
    assert bool(fired) == (stream in strikes(name))
    if not fired:
        assert got(second) == clean[1]
    elif name not in BYTES:
        assert messages(got(second)) or second.ending is not None
    if stream == "round":
        again, (_, twice) = two(stream, rule, resumes=resumes)
        assert twice.got == second.got
        noted = [[each.as_json() for each in run.journal] for run in (engine, again)]
        assert noted[0] == noted[1]


def test_the_lists_are_of_faults_that_there_are() -> None:
    known = {*STRIKING}
    assert known >= DDE_ONLY | OF_EVENTS | OF_MATCHES | BYTES
    assert {name for name in STRIKING if "live" not in faults()[name].DIALECTS} == DDE_ONLY


@pytest.mark.parametrize("fault", described(), ids=lambda each: each["name"])
def test_what_is_of_one_dialect_alone_says_so(fault: dict[str, Any]) -> None:
    about = " ".join(fault["about"])
    if fault["dialects"] == ["dde"]:
        assert "live dialect" in about
    elif fault["dialects"] == ["live"]:
        assert "DDE feed" in about
    else:
        assert fault["dialects"] == ["dde", "live"]


@pytest.mark.parametrize("name", [n for n, kind in faults().items() if family(kind) is RestFault])
def test_each_fault_of_requests_strikes_live_documents(name: str) -> None:
    """The body is what tournament and entry list have; nothing but the fault changes it."""
    params = "{key: number}" if name == "http_inconsistent" else "{}"
    params = "{limit: 0}" if name == "rate_limit" else params
    engine = engine_of(f"on: entry-list, dialect: live, at: {{request: 1}}, {name}: {params}")
    answer = Answer(200, b'{"teams":[{"number":1},{"number":2}]}')
    of_dde = Asked("entry-list", 7, 0, "", "::1", BEGIN)
    assert engine.answer(answer, of_dde, "") == answer
    given = engine.answer(answer, Asked("entry-list", 7, 0, "", "::1", BEGIN, dialect="live"), "")
    assert [each.fired for each in engine.chaos.rules.values()] == [1]
    assert given != answer or name in ("http_stale", "degrade")


# ── triggers ──────────────────────────────────────────────────────────────────────────────────


def cut_at(at: str, **quirks: str) -> int:
    """How many messages a client has when a trigger strikes."""
    engine = engine_of(f"on: round/1/events, at: {at}, close: {{}}", **quirks)
    listener = listen(engine)
    listener.until(END)
    assert listener.ending == Close(1011)
    return len(messages(got(listener)))


def test_a_trigger_counts_messages_and_knows_the_types_of_live_events() -> None:
    assert cut_at("{seq: 7}") == 7
    assert cut_at("{event: BallHoled}") == KINDS.index("BallHoled") + 1
    second = [at for at, kind in enumerate(KINDS, 1) if kind == "StrokeExecuted"][1]
    assert cut_at("{event: 'Stroke*ecuted', nth: 2}") == second
    assert cut_at("{connection: 1}") == 0
    assert cut_at("{message: 1}") == 1  # what there was by then


def test_a_state_has_no_type() -> None:
    engine = engine_of("on: stroke-play-leaderboard, at: {event: '?*'}, close: {}", story=TWO_TEES)
    listen(engine, BOARD).until(END)
    assert len(engine.never_fired()) == 1
    (*_, last) = heard("on: stroke-play-leaderboard, at: {seq: 4}, close: {}", path=BOARD)
    assert last == sent(path=BOARD)[3]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("on: round/1/team/1, dialect: live, at: {seq: 1}, close: {}", "of the dialect live"),
        ("on: round/1/events, dialect: dde, at: {seq: 1}, close: {}", "of the dialect dde"),
        ("on: round/1/event, at: {seq: 1}, close: {}", "did you mean round/1/events"),
        ("on: '*', dialect: alive, at: {seq: 1}, close: {}", "did you mean live"),
        ("on: '*', dialect: live, at: {seq: 1}, seq_jump: {}", "the dialect dde only"),
        ("on: '*', dialect: dde, at: {seq: 1}, orphan_delete: {}", "the dialect live only"),
        ("on: round/1/events, at: {seq: 1}, doc_drift: {how: hole_no}", "the dialect dde only"),
        (
            "on: round/1/events, at: {seq: 1}, cross_stream: {stream: round/1/team/1}",
            "no stream is called",
        ),
    ],
)
def test_what_no_dialect_has_is_a_mistake(rule: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        engine_of(rule)


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("on: round/1/events, at: {seq: 999}", f"the last packet there has seq {len(TRUE)}"),
        ("on: round/1/events, at: {event: HitBall}", "no packet there is a HitBall"),
        ("on: round/1/*, dialect: live, at: {event: BallHold}", "did you mean BallHoled"),
        ("on: stroke-play-leaderboard, at: {seq: 999}", "the last packet there has seq"),
    ],
)
def test_lint_says_what_never_strikes(rule: str, said: str) -> None:
    broadcast = Broadcast(staged(scenario(f"{rule}, close: {{}}")))
    with pytest.raises(ScenarioError, match=said):
        broadcast.check_faults()
    good = scenario("on: round/1/events, at: {event: BallHoled}, close: {}")
    Broadcast(staged(good)).check_faults()


def test_a_rule_of_a_dialect_that_nobody_reads_is_not_missed() -> None:
    """Where somebody reads the other; where nobody reads at all, all of them are."""
    rules = (
        "on: round/1/team/1, at: {seq: 3}, close: {}",
        "on: round/1/*, dialect: live, at: {seq: 3}, close: {}",
        "on: round/1/*, at: {seq: 900}, drop: {}",
        "on: round/1/*, at: {seq: 1}, seq_type: {}",
    )
    engine = engine_of(*rules)
    assert len(engine.never_fired()) == 4
    listen(engine).until(END)
    (missed,) = engine.never_fired()
    assert "drop never fired" in missed
    rule = next(iter(engine.chaos.rules.values()))
    assert rule.as_json(BEGIN)["dialect"] == "*"


# ── what each does to events ──────────────────────────────────────────────────────────────────


def test_packets_that_are_missing_or_late() -> None:
    """Nothing tells; a new connection that goes on after a later one has no more of them."""
    assert heard(f"{ONE}, drop: {{count: 2}}") == TRUE[:7] + TRUE[9:]
    engine = engine_of(f"{ONE}, gap: {{count: 2, then: lost}}")
    listen(engine).until(END)
    assert messages(got(listen(engine, at=END))) == TRUE[:7] + TRUE[9:]
    engine = engine_of(f"{ONE}, gap: {{count: 2, then: reconnect}}")
    listen(engine).until(END)
    assert messages(got(listen(engine, at=END, said=init(TRUE[6]["id"])))) == TRUE[7:]
    assert messages(got(listen(engine, at=END, said=init(TRUE[9]["id"])))) == TRUE[10:]
    late = heard(f"{ONE}, gap: {{then: late, ms: 400}}")
    assert late != TRUE
    assert sorted(late, key=TRUE.index) == TRUE


def test_packets_that_come_again() -> None:
    again = heard(f"{ONE}, duplicate: {{copies: 2}}")
    assert again == [*TRUE[:8], TRUE[7], TRUE[7], *TRUE[8:]]
    block = heard(f"{ONE}, replay_block: {{first: 3, last: 5}}")
    assert block == [*TRUE[:8], *TRUE[2:5], *TRUE[8:]]
    assert heard(f"{ONE}, replay_block: {{}}") == [*TRUE[:8], *TRUE[:8], *TRUE[8:]]
    later = heard(f"{ONE}, duplicate: {{mutate_timestamp: true}}")[8]
    true = TRUE[7]
    assert {key for key in true if true[key] != later[key]} == {"time", "data"}
    changed = {key for key in true["data"] if true["data"][key] != later["data"][key]}
    assert changed == {"created_at", "payload"}


def test_packets_in_another_order() -> None:
    swapped = heard(f"{ONE}, reorder: {{mode: swap}}")
    assert swapped == [*TRUE[:7], TRUE[8], TRUE[7], *TRUE[9:]]


@pytest.mark.parametrize("only", [False, True])
def test_clocks_that_are_wrong(only: bool) -> None:
    words = str(only).lower()
    packets = heard(f"{ONE}, timestamp: {{ms: -3600000, received_only: {words}}}")
    assert packets[:7] == TRUE[:7]
    for mine, true in zip(packets[7:], TRUE[7:], strict=True):
        assert _hour(mine["time"]) == _hour(true["time"]) - 1
        assert _hour(mine["data"]["created_at"]) == _hour(true["data"]["created_at"]) - 1
        if "payload" in true["data"]:
            of_mine, of_true = (each["data"]["payload"]["event_time"] for each in (mine, true))
            assert _hour(of_mine) == _hour(of_true) - (not only)
    ((mine, true),) = changed("on: stroke-play-leaderboard, at: {seq: 4}, timestamp: {count: 1}")
    of_mine, of_true = (each["data"]["payload"]["timestamp"] for each in (mine, true))
    assert _hour(of_mine) == _hour(of_true) + 1


def changed(*rules: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The states of a leaderboard that are others with these rules, each with the true one."""
    true = {each["id"]: each for each in sent(path=BOARD)}
    mine = heard(*rules, path=BOARD)[1:]
    return [(each, true[each["id"]]) for each in mine if each != true[each["id"]]]


def _hour(time: str) -> int:
    return int(time[11:13])


def test_forms_that_have_drifted() -> None:
    def drifted(how: str, at: str = "{seq: 8}") -> tuple[dict[str, Any], dict[str, Any]]:
        rule = f"on: round/1/events, at: {at}, doc_drift: {{how: {how}, count: 1}}"
        mine = heard(rule)
        differ = [(one, other) for one, other in zip(mine, TRUE, strict=True) if one != other]
        assert len(differ) == 1
        assert list(differ[0][0]["data"]) == list(differ[0][1]["data"])
        return differ[0]

    mine, true = drifted("unknown_type")
    assert mine["data"] == true["data"] | {"type": "Event.Sport.Golf.WeatherUpdate"}
    mine, true = drifted("unknown_key")
    assert list(mine["data"]["payload"]) == [*true["data"]["payload"], "wind"]
    mine, true = drifted("null_optional", "{event: StrokePreparation}")
    assert mine["data"]["payload"] == true["data"]["payload"] | {"club_type": None}
    mine, true = drifted("null_optional", "{event: DetailedLie}")
    assert mine["data"]["payload"]["ball_lie"]["coordinates"]["z"] is None
    mine, true = drifted("string_for_integer")
    team = true["data"]["payload"]["team_id"]
    assert mine["data"]["payload"] == true["data"]["payload"] | {"team_id": str(team)}
    mine, true = drifted("key_case")
    assert list(mine) == [
        "tournamentId" if key == "tournamentid" else key
        for key in true  # in its place
    ]
    (one, _), (other, _) = changed(
        "on: stroke-play-leaderboard, at: {seq: 3}, doc_drift: {count: 1}",
        "on: stroke-play-leaderboard, at: {seq: 4}, doc_drift: {how: string_for_integer, count: 1}",
    )
    assert list(one["data"]["payload"])[-1] == "wind"
    assert other["data"]["payload"]["tournament_id"] == "7"


@pytest.mark.parametrize(
    ("how", "tolerated"),
    [
        ("unknown_type", True),
        ("unknown_key", True),
        ("null_optional", True),
        ("string_for_integer", False),
        ("key_case", False),
    ],
)
def test_what_has_drifted_is_held_against_the_schemas(how: str, tolerated: bool) -> None:
    rule = f"on: round/1/events, at: {{event: StrokePreparation}}, doc_drift: {{how: {how}}}"
    drifted = next(each for each in heard(rule) if each not in TRUE)
    assert not quick("live/event-message.strict").is_valid(drifted)
    assert quick("live/event-message").is_valid(drifted) == tolerated


@pytest.mark.parametrize(
    "fault",
    [
        "status_regress: {}",
        "round_official: {how: early}",
        "round_official: {how: then_more}",
        "orphan_delete: {}",
        "orphan_update: {}",
    ],
)
def test_what_nobody_reported_is_as_good_as_what_somebody_did(fault: str) -> None:
    packets = heard(f"on: round/1/events, at: {{connection: 1}}, {fault}")
    invented = [each for each in packets if each not in TRUE]
    assert invented
    assert all(quick("live/event-message.strict").is_valid(each) for each in invented)


def test_an_end_that_is_taken_back() -> None:
    at = KINDS.index("HoleEnded")
    for ends_again in (True, False):
        words = str(ends_again).lower()
        rule = f"on: round/1/events, at: {{connection: 1}}, status_regress: {{ends_again: {words}}}"
        packets = heard(rule)
        behind = packets[at + 1 : at + 2 + ends_again]
        assert packets == [*TRUE[: at + 1], *behind, *TRUE[at + 1 :]]
        assert behind[1:] == [TRUE[at]] * ends_again
        deleted = behind[0]
        assert deleted["id"] not in {each["id"] for each in TRUE}
        data = {key: value for key, value in TRUE[at]["data"].items() if key != "payload"}
        assert deleted["data"] == data | {"action": "DELETE"}


def test_the_end_of_a_round_that_is_not_where_it_should_be() -> None:
    at = KINDS.index("SportEventEnded")

    def official(how: str, when: str = "{connection: 1}") -> list[dict[str, Any]]:
        rule = f"on: round/1/events, at: {when}, round_official: {{how: {how}}}"
        return heard(rule)

    assert official("missing") == [*TRUE[:at], *TRUE[at + 1 :]]
    assert official("twice") == [*TRUE[: at + 1], TRUE[at], *TRUE[at + 1 :]]
    more = official("then_more")
    assert more == [*TRUE[: at + 1], more[at + 1], *TRUE[at + 1 :]]
    assert more[at + 1]["data"] == TRUE[at]["data"] | {"action": "UPDATE"}
    early = official("early", "{seq: 8}")
    assert early == [*TRUE[:8], early[8], *TRUE[8:]]
    ended = early[8]["data"]
    assert ended["type"] == "Event.Sport.Golf.SportEventEnded"
    assert ended["action"] == "ADD"
    assert ended["id"] == early[8]["id"]
    assert ended["payload"].keys() == TRUE[at]["data"]["payload"].keys()
    assert ended["payload"]["event_time"] == TRUE[7]["data"]["payload"]["event_time"]


def test_a_packet_of_another_stream() -> None:
    """The other sleeps until then."""
    rule = "on: round/2/events, at: {seq: 3}, cross_stream: {count: 2}"
    engine = engine_of(rule, story=ROUNDS, **{"before-start": "wait"})
    listener = listen(engine, ROUND.replace("/1/", "/2/"))
    while not engine.shows.standing(BEGIN)[0]["over"]:
        listener.until((engine.next_deadline() or BEGIN) - BEGIN)
    packets = messages(got(listener))
    first, second = (sent(ROUNDS, ROUND.replace("/1/", f"/{no}/")) for no in (1, 2))
    assert packets == [*second[:3], *first[-2:], *second[3:]]
    strange = {each["data"]["sport_event"]["id"] for each in first[-2:]}
    assert strange == {"sr:stage:1000070001"}


def test_messages_that_cannot_be_read() -> None:
    engine = engine_of(f"{ONE}, malformed_json: {{how: truncated}}")
    listener = listen(engine)
    listener.until(END)
    payloads = [payload for _, payload in split(got(listener)) if b"Heartbeat" not in payload]
    with pytest.raises(json.JSONDecodeError):
        json.loads(payloads[7])
    assert [json.loads(each) for each in payloads[:7] + payloads[8:]] == TRUE[:7] + TRUE[8:]
    assert heard(f"{ONE}, oversize: {{bytes: 5000}}") == TRUE


def test_what_is_old_when_a_client_joins() -> None:
    rule = "connection: 2, at: {ms: 0, from: auth}, stale_snapshot: {packets: 2}"
    engine = engine_of(f"on: round/1/events, {rule}")
    listen(engine).until(END)
    assert messages(got(listen(engine, at=END))) == TRUE[:-2]
    engine = engine_of(f"on: stroke-play-leaderboard, {rule}")
    listen(engine, BOARD).until(END)
    assert messages(got(listen(engine, BOARD, END))) == sent(path=BOARD)[-3:-2]


@pytest.mark.parametrize("path", [ROUND, BOARD])
def test_a_token_is_good_for_so_long_after_the_trigger(path: str) -> None:
    """For it was accepted with the handshake, whether or not Client.Init has come."""
    name = path.removeprefix("/golf/stream/v1/tournaments/7/")
    for at, ends in (("{connection: 1}", 20.0), ("{ms: 5000, from: connect}", 25.0)):
        engine = engine_of(f"on: {name}, at: {at}, token_expire: {{after_ms: 20000}}")
        listener = listen(engine, path)
        listener.until(ends - 0.01)
        assert listener.ending is None
        listener.until(ends)
        assert listener.ending == Close(1008, "token expired")


@pytest.mark.parametrize("form", ["message", "ping", "event"])
def test_heartbeats_of_every_form_stop_or_change_their_pace(form: str) -> None:
    def beats(*rules: str) -> list[float]:
        engine = engine_of(*rules, **{"live-heartbeat": form})
        listener = listen(engine, BOARD)
        listener.until(END)
        return [at for at, data in listener.got for each in split(data) if _is_beat(form, *each)]

    assert beats() == [15.0, 30.0, 45.0, 60.0]
    rule = "on: stroke-play-leaderboard, at: {connection: 1}"
    assert beats(f"{rule}, heartbeat: {{mode: stop}}") == []
    assert beats(f"{rule}, heartbeat: {{mode: late, interval_ms: 25000}}") == [25.0, 50.0]
    assert len(beats(f"{rule}, heartbeat: {{mode: keep, case: eventelementtype}}")) == 4


def _is_beat(form: str, opcode: int, payload: bytes) -> bool:
    return opcode == PING if form == "ping" else b'"type":"Server.Heartbeat"' in payload


# ── what this dialect alone can suffer ────────────────────────────────────────────────────────


def test_updates_of_what_was_never_added() -> None:
    packets = heard(f"{ONE}, orphan_update: {{count: 2}}")
    actions = [(mine["data"]["action"], true["data"]["action"]) for mine, true in _pairs(packets)]
    assert actions == [("ADD", "ADD")] * 7 + [("UPDATE", "ADD")] * 2 + actions[9:]
    assert all(mine == true for mine, true in actions[9:])
    told = [mine | {"data": mine["data"] | {"action": "ADD"}} for mine in packets[7:9]]
    assert told == TRUE[7:9]


def _pairs(packets: Iterable[dict[str, Any]]) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    return zip(packets, TRUE, strict=True)


@pytest.mark.parametrize("times", [1, 2])
def test_deletes_of_what_was_never_added(times: int) -> None:
    packets = heard(f"{ONE}, orphan_delete: {{twice: {str(times == 2).lower()}}}")
    assert packets == [*TRUE[:8], *[packets[8]] * times, *TRUE[8:]]
    deleted, true = packets[8], TRUE[7]
    assert deleted["data"].keys() == true["data"].keys() - {"payload"}
    assert deleted["data"]["action"] == "DELETE"
    assert deleted["data"]["type"] == true["data"]["type"]
    known = {each["data"]["id"] for each in TRUE} | {each["id"] for each in TRUE}
    assert known.isdisjoint((deleted["id"], deleted["data"]["id"]))


@pytest.mark.parametrize("choice", ["replay", "live-only", "close-1008"])
def test_events_that_the_server_has_forgotten(choice: str) -> None:
    rule = "on: round/1/events, at: {connection: 2}, forget_events: {}"
    engine = engine_of(rule, **{"live-unknown-id": choice})
    listen(engine).until(END)
    seen = init(TRUE[7]["id"])
    struck = listen(engine, at=END, said=seen)
    assert messages(got(struck)) == (TRUE if choice == "replay" else [])
    closes = isinstance(struck.ending, Close)
    assert closes == (choice == "close-1008")
    assert messages(got(listen(engine, at=END, said=seen))) == TRUE[8:]


def test_bytes_are_the_same_as_in_the_other_dialect() -> None:
    """A fault of frames knows nothing of dialects: of each payload it makes what it always does."""
    engine = engine_of(f"{ONE}, binary_instead_of_text: {{}}")
    listener = listen(engine)
    listener.until(END)
    true = b"".join(text_frame(payload) for _, payload in split(got(listener)))
    changed = [
        at for at, (mine, its) in enumerate(zip(got(listener), true, strict=True)) if mine != its
    ]
    assert len(changed) == 1


# ── while it serves ───────────────────────────────────────────────────────────────────────────


async def test_a_fault_can_be_added_to_live_streams_while_it_serves() -> None:
    """By the name of the stream, whichever id a client asks for it by; mistakes are sentences."""
    async with house(staged(ONE_HOLE)) as home:

        async def post(**entry: Any) -> tuple[int, dict[str, Any]]:
            async with home.session.post(f"{home.rest}/_mockdde/faults", json=entry) as answer:
                return answer.status, await answer.json()

        status, rule = await post(on="round/1/*", dialect="live", at={"seq": 1}, close={})
        assert (status, rule["dialect"]) == (201, "live")
        status, _ = await post(on="round/1/events", at={"request": 1}, http_status={"status": 418})
        assert status == 201
        status, rule = await post(on="round/1/team/1", dialect="live", close={})
        assert status == 400
        assert "no stream of the dialect live is called 'round/1/team/1'" in rule["error"]
        status, rule = await post(on="round/1/events", seq_reset={})
        assert status == 400
        assert "in the dialect dde only" in rule["error"]
        by_id = ROUND.replace("/round/1/", "/round/1000070001/")
        client = await home.open(by_id, GOOD)
        client.send(TEXT, INIT.encode())
        (first,) = [json.loads(payload) for _, payload in [await client.read()]]
        assert first["id"] == TRUE[0]["id"]
        assert await client.closed() == (1011, "")
        assert (await home.get(by_id.replace("/stream/", "/rest/"), GOOD))[0] == 418
        assert (await home.get(ROUND.replace("/stream/", "/rest/"), GOOD))[0] == 200
