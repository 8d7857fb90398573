from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest

from kit_runs import HOLD, play, staged_case, twisted
from mockdde import schemas
from mockdde.kit.comparing import agrees, apart, compare, covered
from mockdde.kit.findings import findings
from mockdde.kit.oracle import Oracle
from mockdde.kit.transcript import Transcript

DISCONNECTED = """
checkpoints:
  - {name: away, on: round/1/team/1, at: {event: Disconnected}}
  - {name: back, on: round/1/team/1, at: {event: Connected}}
"""
CORRECTED = """
checkpoints:
  - {name: within, on: round/1/team/1, at: {event: BeginHoleCorrection}}
"""
PLAIN = """
checkpoints:
  - {name: early, on: round/1/team/1, at: {seq: 12}}
"""
EXPECTED = {
    "streams": {"/s": {"last_applied": 7, "trusted": True, "final": False}},
    "rounds": {
        "1/1/1": {
            "to_par": 1,
            "holes": {
                "1": {"no": 10, "strokes": 5, "holed": True},
                "2": {"no": 11},
                "3": {"no": 12, "strokes": 0, "holed": False},
            },
        }
    },
    "matches": {
        "1/2": {
            "up": 1,
            "leader": 4,
            "holes": {"1": {"no": 1, "winner": 4, "strokes": {"4": 3, "5": None}}, "2": {"no": 2}},
        }
    },
}


# ── documents side by side ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"streams": {}, "rounds": {"9/9/9": {"holes": {"1": {"strokes": 4}}}}},
        {"streams": {"/s": {}}, "rounds": {"1/1/1": {}}, "matches": {"1/2": {}}},
        {"streams": {"/s": {"last_applied": "7"}}},
        {"rounds": {"1/1/1": {"holes": {"1": {"strokes": 5}, "2": {"strokes": 9}}}}},
        {"rounds": {"1/1/1": {"holes": {"1": {}, "4": {"strokes": 0, "holed": False}}}}},
        {"matches": {"1/2": {"holes": {"1": {"winner": 4, "strokes": {"4": 3}}}}}},
        EXPECTED,
    ],
)
def test_what_is_not_said_is_not_compared(document):
    if "streams" in document and not document["streams"]:
        assert [each.pointer for each in compare(document, EXPECTED)][:1] == ["/streams/~1s"]
    else:
        assert agrees(document, EXPECTED)


@pytest.mark.parametrize(
    ("document", "pointer", "aspect"),
    [
        ({"streams": {"/s": {"trusted": False}}}, "/streams/~1s/trusted", "streams.trusted"),
        ({"streams": {"/s": {"final": True}}}, "/streams/~1s/final", "streams.final"),
        ({"rounds": {}}, "/rounds/1~11~11", "rounds"),
        ({"rounds": {"1/1/1": {"to_par": 0}}}, "/rounds/1~11~11/to_par", "rounds.to_par"),
        ({"rounds": {"1/1/1": {"holes": {}}}}, "/rounds/1~11~11/holes/1", "holes"),
        (
            {"rounds": {"1/1/1": {"holes": {"1": {"strokes": 4}}}}},
            "/rounds/1~11~11/holes/1/strokes",
            "holes.strokes",
        ),
        (
            {"rounds": {"1/1/1": {"holes": {"1": {}, "4": {"strokes": 1}}}}},
            "/rounds/1~11~11/holes/4",
            "holes",
        ),
        ({"matches": {}}, "/matches/1~12", "matches"),
        ({"matches": {"1/2": {"leader": None}}}, "/matches/1~12/leader", "matches.leader"),
        (
            {"matches": {"1/2": {"holes": {"1": {"winner": None}}}}},
            "/matches/1~12/holes/1/winner",
            "matches.holes.winner",
        ),
        (
            {"matches": {"1/2": {"holes": {"1": {"strokes": {"4": 3, "5": 4}}}}}},
            "/matches/1~12/holes/1/strokes/5",
            "matches.holes.strokes",
        ),
        (
            {"matches": {"1/2": {"holes": {"1": {}, "3": {"winner": 4}}}}},
            "/matches/1~12/holes/3",
            "matches.holes",
        ),
    ],
)  # fmt: skip
def test_what_is_said_otherwise_is_a_difference(document, pointer, aspect):
    assert [(each.pointer, each.aspect) for each in compare(document, EXPECTED)] == [
        (pointer, aspect)
    ]
    assert not agrees(document, EXPECTED)


def test_the_last_cloud_event_may_be_another_one():
    expected = {"streams": {"/s": {"last_applied": "an-id"}}}
    assert agrees({"streams": {"/s": {"last_applied": "another"}}}, expected)
    assert [*compare({"streams": {"/s": {"last_applied": "another"}}}, expected)]


def test_two_runs_are_compared_without_their_sockets():
    one = {"streams": {"/s": {"transport": "open", "trusted": True, "final": True}}}
    other = {"streams": {"/s": {"transport": "closed", "trusted": False, "final": True}}}
    assert not [*apart(one, other)]
    other["streams"]["/s"]["final"] = False
    assert [each.aspect for each in apart(one, other)] == ["streams.final"]


def test_what_a_document_covers():
    assert {*covered(EXPECTED)} == {
        "streams.last_applied",
        "streams.trusted",
        "streams.final",
        "rounds.to_par",
        "rounds.holes",
        "holes.no",
        "holes.strokes",
        "holes.holed",
        "matches.up",
        "matches.leader",
        "matches.holes",
        "matches.holes.no",
        "matches.holes.winner",
        "matches.holes.strokes",
    }


# ── a whole run ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scenario", "dialect", "more"),
    [
        ("penalty/penalty-with-drop", "dde", PLAIN),
        ("connection/disconnected", "dde", DISCONNECTED),
        ("hole-correction/finished-hole", "dde", CORRECTED),
        ("match/correction-reopens-match", "dde", ""),
        ("penalty/penalty-with-drop", "live", ""),
        ("match/fourballs-better-ball", "live", ""),
        ("status/withdrawn", "live", ""),
    ],
)
def test_of_a_good_client_nothing_is_found(scenario, dialect, more):
    run = play(staged_case(scenario, dialect, more))
    found = run.findings()
    assert schemas.explain("kit/findings", found) == []
    assert (found["invalid"], found["differences"], found["claims"]) == ([], [], [])
    assert found["clean"] is None
    assert len(found["checkpoints"]) == more.count("name:")
    for each in found["checkpoints"]:
        assert (each["settled"], each["differences"]) == (True, [])
        assert each["whole"]


def test_a_client_that_tells_nothing_has_no_findings():
    staged = staged_case("penalty/penalty-with-drop")
    assert findings(staged, Oracle(staged), Transcript(), [("end", None)]) is None


def test_what_is_no_state_document_is_said_in_sentences():
    run = play(staged_case("penalty/penalty-with-drop"))
    run.transcript.note(1.0, "state", lane="post", problem="it is no JSON")
    run.transcript.note(1.0, "state", lane="post", problem="it is no JSON")
    assert run.findings()["invalid"] == ["it is no JSON"]


def test_a_difference_says_what_happens_on_its_hole():
    def twist(document, _):
        for each in document["rounds"].values():
            for hole in each["holes"].values():
                hole["strokes"] -= hole["penalties"]
        return document

    found = play(staged_case("penalty/penalty-with-drop"), twist).findings()
    (difference,) = [each for each in found["differences"] if each["aspect"] == "holes.strokes"]
    assert {"penalty", "penalty/with-drop"} <= {*difference["features"]}
    assert difference["expected"] == difference["seen"] + 1
    assert not difference["follows"]
    assert not difference["faulted"]


def test_a_sum_follows_from_a_hole_that_is_wrong():
    def twist(document, _, also=True):
        for each in document["rounds"].values():
            each["to_par"] += 1
            if also:
                each["holes"]["1"]["strokes"] += 1
        return document

    staged = staged_case("penalty/penalty-with-drop")
    assert {
        each["aspect"]: each["follows"] for each in play(staged, twist).findings()["differences"]
    } == {"rounds.to_par": True, "holes.strokes": False}
    run = play(staged, lambda document, at: twist(document, at, also=False))
    assert [each["follows"] for each in run.findings()["differences"]] == [False]


def test_what_the_run_without_faults_has_not_may_come_from_them():
    def twist(document, _):
        for each in document["rounds"].values():
            each["holes"]["1"]["strokes"] += 1
        return document

    wire = "wire: [{on: round/1/team/1, at: {seq: 4}, reset: {}}]"
    staged = staged_case("penalty/penalty-with-drop", "dde", wire)
    good, bad = play(staged), play(staged, twist)
    found = bad.findings(clean=good.last)
    assert [each["faulted"] for each in found["differences"]] == [True]
    assert [each["aspect"] for each in found["clean"]["differences"]] == ["holes.strokes"]
    found = bad.findings(clean=bad.last)
    assert [each["faulted"] for each in found["differences"]] == [False]
    assert found["clean"]["differences"] == []


def test_the_end_is_not_compared_where_not_all_can_be_had():
    staged = staged_case("penalty/penalty-with-drop")
    run = play(staged, lambda document, _: {**document, "rounds": {}})
    assert run.findings()["differences"]
    run.staged = replace(staged, case=replace(staged.case, delivers=False))
    assert run.findings()["differences"] == []


def test_a_checkpoint_compares_streams_of_which_all_has_come():
    staged = staged_case("penalty/penalty-with-drop", "dde", PLAIN)

    def twist(document, _):
        return {**document, "rounds": {}}

    (early,) = play(staged, twist).findings()["checkpoints"]
    assert [each["aspect"] for each in early["differences"]] == ["rounds"]
    assert not early["settled"]
    (early,) = play(staged, twist, lost=[9]).findings()["checkpoints"]
    assert (early["whole"], early["differences"]) == ([], [])
    (early,) = play(staged, twist, down=(6, 20)).findings()["checkpoints"]
    assert early["whole"] == []


# ── claims ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scenario", "more", "twist", "claim"),
    [
        ("connection/disconnected", DISCONNECTED, {"trusted": True}, "trusted-while-disconnected"),
        ("connection/partially-disconnected", "", {"trusted": True}, "trusted-while-partially"),
        ("hole-correction/finished-hole", CORRECTED, {"trusted": True}, "trusted-in-correction"),
        ("penalty/penalty-with-drop", "", {"trusted": False}, "mistrusted"),
        ("penalty/penalty-with-drop", "", {"final": True}, "final-too-early"),
        ("penalty/penalty-with-drop", "", {"last_applied": 999}, "applied-ahead"),
    ],
)
def test_a_claim_against_what_it_could_know_is_found(scenario, more, twist, claim):
    run = play(staged_case(scenario, "dde", more), twisted(**twist))
    assert run.claims() == {claim}
    assert schemas.explain("kit/findings", run.findings()) == []


def test_a_client_has_a_while_to_say_what_it_has_learnt():
    staged = staged_case("hole-correction/finished-hole", "dde", CORRECTED)

    def later(seconds):
        since = []

        def twist(document, at):
            (stream,) = document["streams"].values()
            if stream["mode"] == "normal":
                return document
            since.append(at)
            return document if at - since[0] >= seconds else None

        return twist

    # It says nothing new for a while, so what it said last stands: that all is well.
    assert play(staged, later(0.0)).claims() == set()
    assert play(staged, later(HOLD)).claims() == {"trusted-in-correction"}


def test_who_trusts_a_stream_with_a_hole_in_its_numbers_is_told():
    staged = staged_case("penalty/penalty-with-drop")
    assert play(staged, twisted(trusted=True), lost=[9]).claims() == {
        "trusted-in-gap",
        "applied-ahead",  # the fold of these runs has what has not come
    }


def test_who_trusts_a_stream_without_a_socket_is_told():
    staged = staged_case("penalty/penalty-with-drop")
    assert "trusted-while-down" in play(staged, twisted(trusted=True), down=(6, 20)).claims()
    assert "trusted-while-down" not in play(staged, twisted(trusted=True)).claims()


def test_who_takes_back_the_end_is_told():
    staged = staged_case("penalty/penalty-with-drop")
    run = play(staged)
    document = twisted(final=False)(deepcopy(run.last), 0)
    run.at += 1
    run.say(document)
    assert run.claims() == {"final-taken-back"}


def test_who_goes_back_and_vouches_for_it_is_told():
    staged = staged_case("penalty/penalty-with-drop")

    def back(trusted):
        def twist(document, at):
            (stream,) = document["streams"].values()
            if at == 15.0:
                stream.update(last_applied=2, trusted=trusted)
            return document

        return twist

    assert play(staged, back(trusted=True)).claims() == {"applied-backwards"}
    assert play(staged, back(trusted=False)).claims() == set()


@pytest.mark.parametrize("dialect", ["dde", "live"])
def test_strokes_that_never_were_are_found(dialect):
    staged = staged_case("hole-correction/finished-hole", dialect)

    def twist(document, at):
        for each in document["rounds"].values():
            if at == 20.0:
                each["holes"]["1"]["strokes"] = 12
        return document

    (claim,) = play(staged, twist).findings()["claims"]
    assert (claim["claim"], claim["said"]) == ("strokes-above", 12)
    assert claim["path"].endswith("/holes/1/strokes")


def test_a_live_end_is_that_of_all_teams():
    staged = staged_case("status/withdrawn", "live")
    assert len(staged.targets[0].teams) > 1
    ended = []

    def twist(document, _):
        (stream,) = document["streams"].values()
        ended.append(stream["final"])
        return document

    assert play(staged, twist).claims() == set()
    assert play(staged, twisted(final=True)).claims() == {"final-too-early"}
    assert ended[-1]
