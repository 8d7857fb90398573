from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from client_fold import CORRECTABLE, Tournament
from mockdde import log, schemas
from mockdde.books import Books
from mockdde.errors import ScenarioError
from mockdde.feeds import stream_feeds
from mockdde.scenario import load_text
from mockdde.world import stage, stage_all
from quickly import quick
from random_scenarios import scenario_text
from running import DEFAULTS, WHOLE, as_shipped, at_defaults

SAMPLES = Path(__file__).parent / "samples"
SHIPPED = WHOLE
SCHEMAS = ("dde/events.strict", "dde/events")
MANY = 4_000  # packets; beyond it only some of each shape are held against the schemas
OF_A_SHAPE = 25
CONTENT = {  # of packets that can be corrected: what is no address and no score
    "ballLie",
    "dropType",
    "penaltyReason",
    "penaltyStrokes",
    "penaltyType",
    "provisionalIndex",
    "strokeNo",
    "strokesAssessed",
}
KINDS = {
    "AddressingBall",
    "ApproximateLie",
    "BallDrop",
    "BallHoled",
    "Correction",
    "DetailedLie",
    "HitBall",
    "HoleScoreUpdate",
    "ModeChange",
    "Penalty",
    "ProvisionalBallSelected",
    "RefereeCalled",
    "RoundStatusUpdate",
    "TglHammerThrown",
}
STATES = {"RoundStarted", "HoleStarted", "HoleFinished", "RoundFinished", "RoundOfficial"}


def packets_of(tournament):
    """Every event's packets: (event, packet), in the order they are sent."""
    books = Books(tournament)
    (feed,) = [each(books) for each in stream_feeds() if each.NAME == "dde/events"]
    said = []
    for event in tournament.log:
        books.apply(event)
        if event.team:
            said += [(event, json.loads(sent.payload)) for sent in feed.apply(event)]
    return said


@cache
def played(name):
    """A shipped scenario with every switch at its default, whatever it sets itself."""
    tournament = at_defaults(name)
    return tournament, packets_of(tournament)


def streams(said):
    found = {}
    for event, packet in said:
        found.setdefault((event.round, event.team), []).append((event, packet))
    return found


def follow(tournament, said):
    """The independent client after all packets; it has agreed with every one of them."""
    client = Tournament()
    for event, packet in said:
        mine = client.feed(event.round, event.team, packet)
        told = packet.get("score") or packet.get("corrections", {}).get("score")
        if told is not None:
            assert {key: mine[key] for key in told} == told, packet
    for key, strokes in tournament.truth.strokes.items():
        assert client.rounds[key].strokes() == strokes
        assert client.rounds[key].status == "RoundOfficial"
    return client


# ── shipped scenarios ──────────────────────────────────────────────────────────────────────────


def some_of_each_shape(packets):
    """All packets, or of very many some of each shape."""
    seen = Counter()
    for packet in packets:
        shape = (packet["eventElementType"], packet.get("state"), tuple(packet))
        seen[shape] += 1
        if len(packets) <= MANY or seen[shape] <= OF_A_SHAPE:
            yield packet


def faults(name, packet):
    return [f"{each.path}: {each.message}" for each in schemas.explain(name, packet)]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_packet_is_valid_in_both_schemas(name):
    _, said = played(name)
    for packet in some_of_each_shape([packet for _, packet in said]):
        for schema in SCHEMAS:
            if not quick(schema).is_valid(packet):
                assert faults(schema, packet) == [], packet


@pytest.mark.parametrize("name", SHIPPED)
def test_with_its_own_quirks_every_packet_is_valid_in_the_tolerant_schema(name):
    tournament = as_shipped(name)
    if not tournament.scenario.quirks:
        return
    for packet in some_of_each_shape([packet for _, packet in packets_of(tournament)]):
        assert quick("dde/events").is_valid(packet), faults("dde/events", packet)


@pytest.mark.parametrize("name", SHIPPED)
def test_an_independent_client_has_every_score(name):
    follow(*played(name))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_stream_is_in_order(name):
    _, said = played(name)
    for pairs in streams(said).values():
        in_order(pairs)


def in_order(pairs):
    """RoundStarted first, RoundOfficial last, numbers without a gap, times that do not go back."""
    packets = [packet for _, packet in pairs]
    assert packets[0]["state"] == "RoundStarted"
    finished, official = (
        next(each for each in packets if each.get("state") == state)
        for state in ("RoundFinished", "RoundOfficial")
    )
    assert official is packets[-1]
    assert official["timestamp"] == finished["timestamp"]
    assert "timestampReceived" not in official
    numbers = [each["seqNum"] for each in packets if "seqNum" in each]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(
        ("seqNum" in each) == (each["eventElementType"] != "ConnectionStateChanged")
        for each in packets
    )
    # What is held while all devices are away comes after the packet that says they are back.
    states = [each for each in packets if each["eventElementType"] == "ConnectionStateChanged"]
    for some in (states, [each for each in packets[:-1] if each not in states]):
        times = [each["timestamp"] for each in some]
        assert times == sorted(times)
    dues = [event.due for event, _ in pairs]
    assert dues == sorted(dues)
    assert all(event.at <= event.received == event.due for event, _ in pairs[:-1])


@pytest.mark.parametrize("name", SHIPPED)
def test_strokes_assessed_is_what_the_tables_say(name):
    for event, packet in played(name)[1]:
        kind = packet["eventElementType"]
        if kind == "Penalty":
            assert packet["strokesAssessed"] == event.what.strokes
            assert packet.get("penaltyStrokes", event.what.strokes) == event.what.strokes
        else:
            expected = {"ApproximateLie": 1, "DetailedLie": 1, "BallHoled": 1, "BallDrop": 0}
            assert packet.get("strokesAssessed") == expected.get(kind)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_correction_has_the_whole_content(name):
    whole_contents(played(name)[1])


def whole_contents(said):
    targets = {event.id: packet for event, packet in said}
    for event, packet in said:
        if isinstance(event.what, log.Correction):
            whole_content(packet, targets[event.what.of])


def whole_content(packet, target):
    whose, content = packet["eventCorrectedIdentifier"], packet["corrections"]
    assert whose == {key: target[key] for key in whose}
    assert set(whose) == {
        "eventElementType",
        "holeNo",
        "holeOrder",
        "playerId",
        "strokeNo",
        "teamNo",
    }
    assert whose["eventElementType"] in CORRECTABLE
    assert target.keys() & CONTENT <= content.keys() <= CONTENT
    assert {"provisionalIndex", "strokeNo", "strokesAssessed"} <= content.keys()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_sent_again_has_one_time(name):
    for pairs in streams(played(name)[1]).values():
        one_time(pairs)


def one_time(pairs):
    again, away = None, False
    for _, packet in pairs:
        if packet.get("mode") == "BeginHoleCorrection":
            again, away = packet, False
        away |= packet.get("state") == "Disconnected"  # from there on it is received later
        if again is not None and packet["eventElementType"] != "ConnectionStateChanged":
            for key in ("timestamp", "timestampReceived")[: 1 if away else 2]:
                assert packet.get(key, again[key]) == again[key]
        if packet.get("mode") == "EndHoleCorrection":
            again = None
    assert again is None


def test_every_documented_kind_occurs_in_the_sample_hole_and_somewhere():
    def kinds(name):
        return {packet["eventElementType"] for _, packet in played(name)[1]}

    assert kinds("world/sample-hole") - {"ConnectionStateChanged"} == KINDS
    states = {packet.get("state") for _, packet in played("world/sample-hole")[1]}
    assert states >= STATES


# ── scenarios drawn at random ──────────────────────────────────────────────────────────────────


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**9), many=st.sampled_from([0.0, 0.03, 0.1, 0.25]))
def test_an_independent_client_has_every_score_whatever_goes_wrong(seed, many):
    tournament = stage(load_text(scenario_text(seed, many), "drawn.yaml"))
    said = packets_of(tournament)
    follow(tournament, said)
    whole_contents(said)
    for pairs in streams(said).values():
        in_order(pairs)
        one_time(pairs)
    for packet in [packet for _, packet in said][:: max(len(said) // 25, 1)]:
        for schema in SCHEMAS:
            assert quick(schema).is_valid(packet), faults(schema, packet)


# ── the vendor's samples ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sample", "kind", "state"),
    [
        ("round-started", "RoundStatusUpdate", "RoundStarted"),
        ("round-finished", "RoundStatusUpdate", "RoundFinished"),
        ("round-official", "RoundStatusUpdate", "RoundOfficial"),
        ("hole-started", "RoundStatusUpdate", "HoleStarted"),
        ("connection-state-changed", "ConnectionStateChanged", None),
    ],
)
def test_keys_and_their_order_are_those_of_the_sample(sample, kind, state):
    real = json.loads((SAMPLES / f"events--{sample}--1.json").read_text(encoding="utf-8"))
    mine = [
        packet
        for _, packet in played("world/sample-hole")[1]
        if packet["eventElementType"] == kind and state in (None, packet["state"])
    ]
    assert mine
    for packet in mine:
        assert list(packet) == list(real)
        for key, value in real.items():
            assert type(packet[key]) is type(value)
        for one, other in zip(packet.get("players", []), real.get("players", []), strict=True):
            assert list(one) == list(other)


@pytest.mark.parametrize(("name", "age"), [("addressing-ball", "2022"), ("hit-ball", "2022")])
def test_the_older_shapes_are_those_of_their_samples(name, age):
    real = json.loads((SAMPLES / f"events--{name}--1.json").read_text(encoding="utf-8"))
    (tournament,) = stage_all(["world/sample-hole"], {**DEFAULTS, "shapes": age})
    mine = [
        packet
        for _, packet in packets_of(tournament)
        if packet["eventElementType"] == real["eventElementType"]
    ]
    assert mine
    assert all(list(packet) == list(real) for packet in mine)


@pytest.mark.parametrize("name", ["mode-change--1", "mode-change--2", "hole-score-update--2"])
def test_keys_of_a_sample_that_was_cut_off_come_in_its_order(name):
    real = json.loads((SAMPLES / f"events--{name}.json").read_text(encoding="utf-8"))
    kind = "ModeChange" if "mode" in real else "HoleScoreUpdate"
    mine = [
        packet for _, packet in played("world/sample-hole")[1] if packet["eventElementType"] == kind
    ]
    assert mine
    for packet in mine:
        assert [key for key in packet if key in real] == list(real)


def test_the_same_scenario_gives_the_same_bytes_in_every_process():
    code = (
        "import hashlib, test_packets as t;"
        "print(hashlib.sha256(repr(t.played('world/sample-hole')[1]).encode()).hexdigest())"
    )
    home = Path(__file__).parent
    path = os.pathsep.join([str(home), str(home.parent)])
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


# ── what the scorer cannot say ─────────────────────────────────────────────────────────────────

HOLE = """
title: t
tournament: {course: {holes: [{no: 1, par: 4, metres: 350}, {no: 2, par: 4, metres: 350}]}}
rounds: [{holes: 1-2}]
course:
  - {hole: 1, shots: [hit OFW to 120, penalty 1, hit OGR to 5, putt in]}
  - {hole: 2, shots: [hit OFW to 120, hit in]}
report:
  - """

USUAL = "AddressingBall, HitBall, ApproximateLie and DetailedLie"  # of a stroke


@pytest.mark.parametrize(
    ("directive", "sentence"),
    [
        (
            "{after: {hole: 1, stroke: 1}, resend: {shots: [hit in]}}",
            "the hole is still in progress; it cannot be over yet",
        ),
        (
            "{after: {hole: 1, stroke: 1}, resend: {shots: [hit OUK, hit OFW provisional 1]}}",
            "which ball counts? choose one; the next stroke is sent after this",
        ),
        (
            "{after: {hole: 1, stroke: 1}, resend: {shots: [hit OOB]}}",
            "the ball is out of bounds; add a penalty and a drop, the next stroke comes after",
        ),
        (
            "{after: {hole: 1}, resend: {shots: [hit OFW, withdraw]}}",
            "the player went on to the next hole; nobody is out here",
        ),
        (
            "{after: {hole: 1, stroke: 1, event: HitBall}, resend: {}}",
            "a hole in progress is sent again between two strokes; leave out the event",
        ),
        (
            "{after: {hole: 1, stroke: 2}, rescore: {strokes: 3}}",
            "hole 1 is not finished by then; a hole is re-scored after it was scored",
        ),
        (
            "{after: {hole: 1, stroke: 2}, correct: {Penalty: {strokes: 3}}}",
            f"stroke 2 of hole 1 has no Penalty; it has {USUAL}",
        ),
        (
            "{after: {hole: 1, stroke: 5}, connection: Connected}",
            "stroke 5 of hole 1 was never played by then; it has strokes 1 to 3",
        ),
        (
            "{after: {hole: 1}, of: {hole: 2, stroke: 1}, correct: {Penalty: {strokes: 1}}}",
            "hole 2 has not been played by then",
        ),
        (  # what was sent again has no penalty any more
            (
                "{after: {hole: 1}, resend: {shots: [hit OFW, hit in]}}\n"
                "  - {after: {hole: 2}, of: {hole: 1, stroke: 1}, correct: {Penalty: {strokes: 3}}}"
            ),
            f"stroke 1 of hole 1 has no Penalty; it has {USUAL}",
        ),
    ],
)
def test_what_cannot_be_reported_is_refused_in_a_sentence(directive, sentence):
    with pytest.raises(ScenarioError) as caught:
        stage(load_text(HOLE + directive, "mine.yaml"))
    assert caught.value.message == sentence


@pytest.mark.parametrize(
    ("directive", "strokes"),
    [
        ("{after: {hole: 1, stroke: 3}, resend: {}}", 4),
        ("{after: {hole: 1, stroke: 3}, resend: {shots: [hit OFW, hit in]}}", 2),
        ("{after: {hole: 1, stroke: 1}, resend: {shots: [hit OFW, hit OGR to 9]}}", 4),
        ("{after: {hole: 1, stroke: 1}, resend: {shots: [referee]}}", 2),
        (
            "{after: {hole: 1, stroke: 1, event: Penalty}, correct: {Penalty: {strokes: 3}}}",
            6,
        ),
        ("{after: {hole: 1}, rescore: {strokes: 9}, later: 1m}", 9),
        (
            (
                "{after: {hole: 1}, of: {hole: 1, stroke: 1}, correct: {Penalty: {strokes: 3}}}\n"
                "  - {after: {hole: 1}, rescore: {strokes: 9}}\n"
                "  - {after: {hole: 2}, resend: {hole: 1}}"
            ),
            6,  # the hole as it was corrected; the re-scoring is gone
        ),
    ],
)
def test_the_scorers_final_word(directive, strokes):
    try:
        tournament = stage(load_text(HOLE + directive, "mine.yaml"))
    except ScenarioError as error:
        pytest.fail(str(error))
    assert tournament.truth.strokes[1, 1][1] == strokes
    follow(tournament, packets_of(tournament))


def test_a_two_stroke_penalty_in_two_packets_adds_up_but_for_one_that_is_corrected():
    two = {**DEFAULTS, "two-stroke-penalty": "two-packets"}
    plain = HOLE.replace("penalty 1", "penalty 2") + "{after: {hole: 1}, connection: Disconnected}"
    corrected = plain + (
        "\n  - {after: {hole: 1}, of: {hole: 1, stroke: 1}, correct: {Penalty: {strokes: 1}}}"
    )
    for text, packets in ((plain, 2), (corrected, 1)):
        tournament = stage(load_text(text, "mine.yaml"), two)
        said = packets_of(tournament)
        follow(tournament, said)
        kinds = Counter(packet["eventElementType"] for _, packet in said)
        assert kinds["Penalty"] == packets
