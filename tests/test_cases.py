"""Cases: what is wrong with one is said with its place, and what is shipped can be played."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import orjson
import pytest

from mockdde.errors import ScenarioError, UsageError
from mockdde.faults import faults
from mockdde.kit.cases import Case, check_case, load_case, open_case, shipped, stage_case
from mockdde.kit.requirements import FAMILIES, requirements

NAMES = [*shipped()]
SOUND = """\
title: A case
why: Somebody is wrong here.
dialect: dde
scenario: penalty/penalty-with-drop
requirements: [session/token-first]
"""
# Faults that say nothing of a client that follows streams and asks for little besides.
OF_DOCUMENTS = {
    "cap_connections", "degrade", "http_dribble", "http_inconsistent", "http_latency", "http_stale",
    "partial_list",
}  # fmt: skip
# A connection that a client keeps is not touched by it, so it strikes some clients and not others.
BY_THE_WAY = {"refuse"}


@cache
def opened(name: str) -> Case:
    return open_case(name)


def sound(more: str = "", **changed: str) -> str:
    lines = SOUND
    for key, value in changed.items():
        lines = re.sub(f"(?m)^{key}: .*$", f"{key}: {value}", lines)
    return lines + more


def check(text: str) -> None:
    case = load_case(text, "c.yaml", "c")
    check_case(case)


# ── what is wrong with one ──────────────────────────────────────────────────────────────────────

MISTAKES = {
    "no title": (
        SOUND.replace("title: A case\n", ""),
        "1:1: the key title is missing",
    ),
    "a key that is not one": (
        sound("checkpoint: []\n"),
        "6:1: checkpoint is not a known key; did you mean checkpoints?",
    ),
    "a dialect that is not one": (
        sound(dialect="old"),
        '3:1: dialect is "old"; it can be dde, live',
    ),
    "a scenario that is not one": (
        sound(scenario="penalty/penalty-with-drops"),
        "4:11: there is no scenario 'penalty/penalty-with-drops', neither shipped nor a file",
    ),
    "a quirk that is not one": (
        sound("quirks: {heartbeat: 20, heart-beat-key: Heartbeat}\n"),
        "6:25: there is no quirk 'heart-beat-key'; did you mean heartbeat-key?",
    ),
    "a choice that a quirk has not": (
        sound("quirks: {heartbeat: 30}\n"),
        "6:10: quirk heartbeat: '30' is no choice; it can be 10, 20",
    ),
    "a stream to follow that is not one": (
        sound("follow: [round/1/team/2]\n"),
        "6:10: no stream of packets is called 'round/1/team/2'; did you mean round/1/team/1?",
    ),
    "a stream of the other dialect": (
        sound("follow: [round/1/events]\n"),
        "6:10: no stream of packets is called 'round/1/events'; did you mean round/1/team/1?",
    ),
    "a requirement that is not one": (
        sound(requirements="[session/token-last]"),
        "5:16: there is no requirement 'session/token-last'; did you mean session/token-first?",
    ),
    "a requirement of the other dialect": (
        sound(dialect="live"),
        "5:16: session/token-first is not of the dialect live",
    ),
    "two checkpoints of one name": (
        sound(
            "checkpoints:\n"
            "  - {name: there, on: round/1/team/1, at: {seq: 3}}\n"
            "  - {name: there, on: round/1/team/1, at: {seq: 4}}\n"
        ),
        "8:12: there are two checkpoints there; name one otherwise",
    ),
    "an nth of a number": (
        sound("checkpoints: [{name: there, on: round/1/team/1, at: {seq: 3, nth: 2}}]\n"),
        "6:62: nth belongs to event, not to seq",
    ),
    "a checkpoint on no stream": (
        sound("checkpoints: [{name: there, on: round/1/team/9, at: {seq: 3}}]\n"),
        "6:15: no stream that is followed is called 'round/1/team/9'; did you mean round/1/team/1?",
    ),
    "a checkpoint that never comes": (
        sound("checkpoints: [{name: there, on: round/1/team/1, at: {seq: 53}}]\n"),
        "6:15: the checkpoint there never comes: no such packet is sent there",
    ),
    "a packet that comes less often": (
        sound("checkpoints: [{name: twice, on: round/1/team/1, at: {event: Penalty, nth: 2}}]\n"),
        "6:15: the checkpoint twice never comes: no such packet is sent there",
    ),
    "a fault that is not one": (
        sound("wire: [{on: round/1/team/1, at: {seq: 3}, clos: {}}]\n"),
        "6:43: there is no fault 'clos'; did you mean close?",
    ),
    "a fault on no stream": (
        sound("wire: [{on: round/2/team/1, at: {seq: 3}, close: {}}]\n"),
        "6:13: no stream is called 'round/2/team/1'; did you mean round/1/team/1?",
    ),
    "a fault behind the last packet": (
        sound("wire: [{on: round/1/team/1, at: {seq: 53}, close: {}}]\n"),
        "6:44: close never strikes: the last packet there has seq 52",
    ),
    "a fault with a packet that never comes": (
        sound("wire: [{on: round/1/team/1, at: {event: Penalti}, close: {}}]\n"),
        "6:51: close never strikes: no packet there is a Penalti; did you mean Penalty?",
    ),
    "no YAML": ("title: [\n", "2:1: this is not YAML: did not find expected node content"),
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_a_sentence_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        check(text)
    assert str(caught.value).startswith(f"c.yaml:{sentence}")


def test_a_case_without_mistakes_has_none() -> None:
    check(SOUND)


def test_all_mistakes_of_form_are_told_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_case(sound("alone: maybe\nplays: soon\n"), "c.yaml", "c")
    assert [each.mark.line for each in (caught.value, *caught.value.more)] == [6, 7]


def test_a_case_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean dde/delivery/close-1011"):
        open_case("dde/delivery/close-1012x")


def test_a_case_can_be_a_file(tmp_path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SOUND, encoding="utf-8")
    assert open_case(str(file)).id.endswith("mine")
    assert open_case(str(file)).title == "A case"


# ── how one is staged ───────────────────────────────────────────────────────────────────────────


def test_streams_on_which_nothing_is_sent_are_not_followed() -> None:
    case = load_case(sound(scenario="status/did-not-start"), "c.yaml", "c")
    assert {each.name for each in stage_case(case).targets} == {"round/1/team/1", "round/1/team/3"}


def test_matches_that_nobody_plays_are_not_followed() -> None:
    case = load_case(sound(scenario="match/pool-playoff"), "c.yaml", "c")
    assert [each.match for each in stage_case(case).targets] == [1, 2, 3, 4, 5, 6, 7]


def test_a_live_target_has_all_teams_of_its_round() -> None:
    text = sound(dialect="live", scenario="status/withdrawn")
    (target,) = stage_case(load_case(text, "c.yaml", "c")).targets
    assert (target.round, {*target.teams}) == (1, {1010020001, 1010020002})


@pytest.mark.parametrize(
    ("dialect", "own"), [("dde", "round/1/team/1"), ("live", "round/1/events")]
)
def test_faults_of_a_scenario_that_strike_the_other_dialect_are_left_out(dialect, own) -> None:
    text = sound(dialect=dialect, scenario="chaos/half-open")
    wire = stage_case(load_case(text, "c.yaml", "c")).tournament.scenario.wire
    assert [each.on for each in wire] == [own]


def test_clean_there_are_no_faults() -> None:
    case = load_case(sound(scenario="chaos/half-open"), "c.yaml", "c")
    assert stage_case(case, clean=True).tournament.scenario.wire == ()


def test_a_checkpoint_is_the_moment_of_its_packet() -> None:
    text = sound("checkpoints: [{name: there, on: round/1/team/1, at: {event: Penalty}}]\n")
    staged = stage_case(load_case(text, "c.yaml", "c"))
    ((moment, checkpoint),) = staged.holds
    (path,) = staged.sent
    place = staged.moments[path].index(moment)
    assert orjson.loads(staged.sent[path][place].payload)["eventElementType"] == "Penalty"
    assert checkpoint.name == "there"


# ── those that are shipped ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_case_can_be_played(name: str) -> None:
    case = opened(name)
    check_case(case)
    if case.wire:
        stage_case(case, clean=True)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_case_is_where_it_belongs(name: str) -> None:
    case = opened(name)
    dialect, family, _ = name.split("/")
    assert case.id == name
    assert case.dialect == dialect
    assert family in FAMILIES
    assert case.tags
    assert len(case.why) > len(case.title), "why says more than what"
    assert re.search("client|who", case.why, re.IGNORECASE), "why says who is wrong"


def things(case: Case) -> Iterator[object]:
    """What a client sees of it."""
    yield case.dialect
    yield case.scenario
    yield sorted((key, str(value)) for key, value in case.quirks.items())
    yield sorted(case.follow)
    yield [(each.on, each.at, each.fault, sorted(each.params)) for each in case.wire]
    yield [str(value) for each in case.wire for value in each.params.values()]
    yield case.plays


def test_no_two_are_alike() -> None:
    for what in (lambda case: repr([*things(case)]), lambda case: (case.dialect, case.title)):
        found = Counter(what(opened(name)) for name in NAMES)
        assert [each for each, count in found.items() if count > 1] == []


def test_there_are_enough_of_each_dialect() -> None:
    of = Counter(name.split("/")[0] for name in NAMES)
    assert of["dde"] >= 65
    assert of["live"] >= 45
    every = {(dialect, family) for dialect in of for family in FAMILIES}
    assert {tuple(name.split("/")[:2]) for name in NAMES} == every


def test_few_need_the_machine_for_themselves() -> None:
    assert len([name for name in NAMES if opened(name).alone]) <= 8


@pytest.mark.parametrize("dialect", ["dde", "live"])
def test_some_are_quick_and_typical(dialect: str) -> None:
    smoke = [opened(name) for name in NAMES if name.startswith(dialect)]
    smoke = [case for case in smoke if "smoke" in case.tags]
    assert 10 <= len(smoke) <= 40
    assert not [case.id for case in smoke if case.waits or case.alone]


def test_they_use_the_whole_vocabulary_of_faults() -> None:
    used = {each.fault for name in NAMES for each in opened(name).wire}
    assert {*faults()} - used == OF_DOCUMENTS | BY_THE_WAY


def test_every_requirement_is_tried_by_a_case() -> None:
    tried = {each for name in NAMES for each in opened(name).requirements}
    assert {*requirements()} - tried == set()
