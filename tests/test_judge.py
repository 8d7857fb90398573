"""The judge on hand-made evidence: levels, and what a person is told of what is wrong."""

from __future__ import annotations

import pytest

from mockdde.kit.judge import judge, level_of, settled
from mockdde.kit.mentions import mentioned
from reporting import FIRST, PATH, SHOULD, STATE, evidence, requirement, under


def only(of, by, **more):
    (judgement,) = judge(of, [by], **more)
    return judgement


def finding(schema, **changes):
    judgement = only(evidence(**changes), requirement("session/x", schema))
    assert judgement.level == "FAIL"
    (found,) = judgement.findings
    return found


# Levels.


@pytest.mark.parametrize(
    ("severity", "level"), [("MUST", "FAIL"), ("SHOULD", "WARN"), ("MAY", "INFO")]
)
def test_what_is_broken_counts_by_its_severity(severity, level):
    by = requirement("session/x", under("client/code", {"const": 1}), severity=severity)
    judgement = only(evidence(), by)
    assert (judgement.level, judgement.message) == (level, "it broke session/x")


def test_what_is_met_is_a_pass_without_words():
    judgement = only(evidence(), STATE)
    assert (judgement.level, judgement.message, judgement.findings) == ("PASS", "", ())


def test_a_requirement_of_another_dialect_is_not_judged():
    assert judge(evidence(), [requirement("session/x", {}, dialects=("live",))]) == []


def test_what_a_case_was_to_try_and_did_not_is_left_open():
    tried = requirement("session/token-first", {}, applies=False)
    other = requirement("session/other", {}, applies=False)
    (judgement,) = judge(evidence(), [tried, other])
    assert judgement.level == "INCONCLUSIVE"
    assert "nothing that it speaks of has happened" in judgement.message


def test_without_a_state_its_lane_cannot_be_tested_and_without_a_part_of_it_neither():
    assert only(evidence(state=None), STATE).level == "UNTESTABLE"
    needs = requirement("state/x", {}, lane="state", **{"x-needs": ["strokes", "matches"]})
    judgement = only(evidence(), needs)
    assert (judgement.level, judgement.message) == (
        "UNTESTABLE",
        "its state says nothing of matches",
    )


def test_a_lane_that_was_not_asked_for_is_skipped():
    judgement = only(evidence(state=None), STATE, lanes=["wire"])
    assert (judgement.level, judgement.message) == ("SKIP", "the lane state was not asked for")
    assert only(evidence(), FIRST, lanes=["wire"]).level == "FAIL"


def test_a_slow_machine_leaves_what_is_of_time_open_and_nothing_else():
    slow = {"kit__lag": {"p99": 2, "max": 5, "budget": 1}}
    of_time = requirement("session/x", under("client/code", {"const": 1}))
    timeless = requirement("session/y", under("client/code", {"const": 1}), **{"x-timing": False})
    judgement = only(evidence(**slow), of_time)
    assert judgement.level == "INCONCLUSIVE"
    assert judgement.message.endswith("; but this machine was too slow to tell")
    assert only(evidence(), of_time).level == "FAIL"
    assert only(evidence(**slow), timeless).level == "FAIL"
    assert only(evidence(**slow, client__code=1), of_time).level == "PASS"


def test_a_client_that_does_not_do_a_case_is_skipped_with_all_that_it_tries():
    refused = evidence(client__code=89, kit__doubts=["close never struck"])
    found = judge(refused, [FIRST, SHOULD, STATE])
    assert [(each.requirement.id, each.level) for each in found] == [
        ("session/token-first", "SKIP")
    ]
    assert level_of(refused, found) == "SKIP"


def test_who_asks_for_nothing_by_http_skips_what_is_about_that():
    silent = evidence(case__asks=True, conduct__requests=[], kit__doubts=["429 never struck"])
    found = judge(silent, [FIRST, SHOULD, STATE])
    assert [(each.requirement.id, each.level) for each in found] == [
        ("session/token-first", "SKIP")
    ]
    assert level_of(silent, found) == "SKIP"
    asked = evidence(case__asks=True, conduct__requests=[{}])
    assert only(asked, FIRST).level == "FAIL"


def test_a_client_that_ran_a_case_there_is_not_cannot_excuse_itself_so():
    (judgement,) = judge(evidence(client__code=89, client__probe="ran"), [FIRST])
    assert judgement.level == "UNTESTABLE"
    assert "cannot be told" in judgement.message


def test_doubts_leave_no_pass_and_hide_no_failure():
    doubts = ["the fault never struck"]
    of = {level: settled([level], doubts) for level in ("PASS", "WARN", "FAIL", "ERROR", "SKIP")}
    assert of == {
        "PASS": "INCONCLUSIVE",
        "WARN": "INCONCLUSIVE",
        "FAIL": "FAIL",
        "ERROR": "ERROR",
        "SKIP": "SKIP",
    }
    assert settled([], []) == "SKIP"
    assert settled(["PASS", "WARN"], []) == "WARN"


# What is told.


def test_a_finding_is_a_pointer_a_place_in_words_and_both_values():
    (found,) = only(evidence(), FIRST).findings
    assert found.path == "/conduct/connections/1/first/what"
    assert found.where == f"connection 2 of {PATH}: first.what"
    assert (found.expected, found.seen) == ('"token"', '"other"')


@pytest.mark.parametrize(
    ("schema", "expected", "seen"),
    [
        (under("client/code", {"enum": [1, 89]}), "1, or 89", "0"),
        (under("client/code", {"type": "string"}), "a text", "0"),
        (under("client/code", {"minimum": 3}), "at least 3", "0"),
        (under("client/code", {"anyOf": [{"const": 1}, {"minimum": 5}]}), "1, or at least 5", "0"),
        (under("client/code", {"const": 1, "description": "to fail"}), "to fail", "0"),
        (under("client/code", {"not": {"const": 0}}), "The title of session/x", "0"),
        (under("client/code", False), "The title of session/x", "0"),
        (under("conduct/requests", {"minItems": 1}), "at least 1 of these", "0: []"),
    ],
)  # fmt: skip
def test_what_was_expected_is_said_in_words(schema, expected, seen):
    found = finding(schema)
    assert (found.expected, found.seen) == (expected, seen)


def test_a_key_that_is_missing_is_named():
    found = finding(under("client", {"required": ["code", "name"]}))
    assert found.expected == "name to be there"
    assert found.where == "client"


@pytest.mark.parametrize(
    "schema",
    [
        {"not": {"contains": under("first/what", {"const": "other"})}},
        {"contains": under("first/what", {"const": "other"}), "minContains": 0, "maxContains": 0},
        {"not": {"contains": {"$ref": "#/$defs/other"}}},
    ],
)
def test_of_a_list_the_items_that_are_wrong_are_told(schema):
    other = under("first/what", {"const": "other"})
    whole = {**under("conduct/connections", schema), "$defs": {"other": other}}
    found = finding(whole)
    assert found.path == "/conduct/connections/1"
    assert found.where == f"connection 2 of {PATH}"


@pytest.mark.parametrize(
    "schema",
    [
        {"items": False},
        {"items": {"not": {}}},
        {"maxItems": 0},
        {"not": {"contains": {"required": ["path"]}}},
    ],
)
def test_a_difference_between_states_says_itself_what_was_expected(schema):
    differences = [{"path": "/rounds/1~11~12/holes/7/strokes", "expected": 5, "seen": 4}]
    by = requirement("state/x", under("state/differences", schema), lane="state")
    (found,) = only(evidence(state__differences=differences), by).findings
    assert (found.expected, found.seen) == ("5", "4")
    assert found.where == "rounds > 1/1/2 > holes > 7 > strokes"
    assert found.path == "/state/differences/0"


def test_one_place_is_told_once_and_what_is_seen_is_short():
    long = evidence(client__command=["x" * 5000])
    schema = under("client/command", {"items": {"allOf": [{"const": "a"}, {"const": "a"}]}})
    (found,) = only(long, requirement("session/x", schema)).findings
    assert len(found.seen) < 300


@pytest.mark.parametrize(
    ("where", "schema", "words"),
    [
        (
            "checkpoints",
            {"items": under("differences", {"maxItems": 0})},
            "at the checkpoint hole-2: ",
        ),
        ("clean", under("differences", {"maxItems": 0}), "beside the run without faults: "),
    ],
)
def test_a_difference_says_which_states_differ(where, schema, words):
    differences = [{"path": "/rounds/1~11~12/to_par", "expected": -1, "seen": None}]
    of = {"name": "hole-2", "differences": differences}
    state = {"lane": "post", "covered": [], where: of if where == "clean" else [of]}
    by = requirement("state/x", under(f"state/{where}", schema), lane="state")
    (found,) = only(evidence(state=state), by).findings
    assert found.where == f"{words}rounds > 1/1/2 > to_par"
    assert (found.expected, found.seen) == ("-1", "null")


def test_of_an_object_only_that_is_seen_which_the_requirement_speaks_of():
    connections = [
        {"connection": 1, "path": PATH, "first": {"what": "other", "after": 2}, "more": {"x": 1}}
    ]
    bad = {"required": ["connection"], **under("first/what", {"const": "other"})}
    schemas = [
        {"not": {"contains": bad}},
        {"not": {"contains": {"$ref": "#/$defs/bad"}}},
        {"items": {"not": bad}},
        {"items": {"not": {"allOf": [bad, {"$ref": "#/$defs/bad"}]}}},
    ]
    for each in schemas:
        by = requirement("session/x", {**under("conduct/connections", each), "$defs": {"bad": bad}})
        (found,) = only(evidence(conduct__connections=connections), by).findings
        assert found.seen == '{"connection": 1, "first": {"what": "other"}}', each


def test_a_schema_that_refers_to_itself_has_an_end():
    again = {"not": {"$ref": "#/$defs/again"}}
    assert mentioned({"a": 1}, {"$ref": "#/$defs/again"}, {"again": again}) == {"a": 1}
    own = {"properties": {"a": {"$ref": "#/$defs/own"}}}
    assert mentioned({"a": {"a": {"b": 1}}, "c": 2}, own, {"own": own}) == {"a": {"a": {"b": 1}}}
