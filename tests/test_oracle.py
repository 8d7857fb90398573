from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache

import pytest

from kit_runs import CASE, client_of
from mockdde import schemas
from mockdde.kit.cases import load_case, stage_case
from mockdde.kit.comparing import compare
from mockdde.kit.oracle import Oracle
from mockdde.quirks import QUIRKS
from mockdde.scenario import shipped

DEFAULTS = {name: quirk.default for name, quirk in QUIRKS.items()}
# Long ones, of which shorter ones show all; two matches of each cup are enough.
LONG = re.compile(
    "^(world/(?!older|live-sample)|tournament/(four|three|second|ten|cut)|match/knock)"
)
CUPS = re.compile("whole|friday|decider|pool|mixed")
SOME = 60  # moments at which a long story is looked at
NAMES = [name for name, _ in shipped() if not LONG.search(name) and not CUPS.search(name)]


def staged_case(scenario, dialect, **more):
    case = load_case(CASE.format(dialect, scenario), "a.yaml", "a")
    return stage_case(replace(case, quirks=DEFAULTS, **more), clean=True)


@cache
def oracle_of(scenario, dialect="dde"):
    return Oracle(staged_case(scenario, dialect))


def follow(staged):
    """A client that gets all in order: its document after each moment."""
    client = client_of(staged)
    told = sorted(
        (moment, path, place)
        for path, moments in staged.moments.items()
        for place, moment in enumerate(moments)
    )
    moments = sorted({moment for moment, _, _ in told})
    at = 0
    for moment in moments:
        while at < len(told) and told[at][0] == moment:
            _, path, place = told[at]
            client.take(path, json.loads(staged.sent[path][place].payload))
            at += 1
        yield moment, client


@pytest.mark.parametrize("dialect", ["dde", "live"])
@pytest.mark.parametrize("name", NAMES)
def test_a_client_that_folds_packets_holds_what_the_oracle_says(name, dialect):
    staged = staged_case(name, dialect)
    oracle = Oracle(staged)
    steps = follow(staged)
    every = 1 + sum(map(len, staged.moments.values())) // SOME
    client = None
    for place, (moment, client) in enumerate(steps):
        if place % every == 0:
            expected = oracle.at(moment)
            found = [*compare(client.document(), expected)]
            assert not found, (moment, found[:3])
    assert client is not None
    expected = oracle.final()
    assert schemas.explain("kit/state", expected) == []
    assert [*compare(client.document(), expected)] == []
    assert all(each["final"] for each in expected["streams"].values())
    for each in expected.get("rounds", {}).values():
        assert "to_par" in each
        assert all("strokes" in hole for hole in each["holes"].values())


def test_it_can_be_asked_for_a_moment_that_is_past():
    oracle = oracle_of("penalty/penalty-with-drop")
    (moments,) = oracle._staged.moments.values()
    before = json.dumps(oracle.at(moments[5]))
    assert json.dumps(oracle.final()) != before
    assert json.dumps(oracle.at(moments[5])) == before


# ── features ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scenario", "features"),
    [
        ("connection/disconnected", "link link/disconnected"),
        ("connection/partially-disconnected", "link link/partially"),
        ("correction/corrected-twice", "correction correction/twice"),
        ("correction/drop-corrected", "correction correction/drop"),
        ("correction/last-event", "correction"),
        ("correction/long-ago", "correction correction/later"),
        ("correction/penalty-corrected", "correction correction/penalty penalty"),
        ("hole-correction/finished-hole", "hole-correction hole-correction/finished"),
        ("hole-correction/hole-in-progress", "hole-correction hole-correction/in-progress"),
        ("hole-correction/interrupted", "hole-correction/interrupted link/disconnected"),
        ("hole-correction/longer-hole", "hole-correction/longer"),
        ("hole-correction/shorter-hole", "hole-correction/shorter"),
        ("hole-correction/two-in-a-row", "hole-correction/two-in-a-row"),
        ("hole-score/after-hole", "hole-score-update"),
        ("hole-score/after-round-finished", "hole-score-update hole-score-update/after-round"),
        ("hole-score/twice", "hole-score-update/twice"),
        ("match/conceded-before-start", "concession/match concession/before-start match"),
        ("match/conceded-hole", "concession/hole match/singles"),
        ("match/conceded-match", "concession/match"),
        ("match/correction-changes-winner", "changes-winner"),
        ("match/correction-reopens-match", "match/reopened"),
        ("match/decided-early", "match/decided-early"),
        ("match/extra-holes", "match/extra-holes same-hole-again"),
        ("match/fourballs-better-ball", "match/fourball"),
        ("match/foursomes", "match/foursomes"),
        ("match/gimme", "gimme halved"),
        ("match/halved-match", "match/halved"),
        ("match/hole-correction-in-a-match", "hole-correction match"),
        ("match/loss-of-hole", "loss-of-hole"),
        ("match/suspended-match", "suspension"),
        ("penalty/disqualified", "penalty/disqualified not-holed not-holed/Disqualified"),
        ("penalty/free-drop", "drop drop/free"),
        ("penalty/penalty-with-drop", "penalty drop penalty/with-drop"),
        ("penalty/penalty-without-drop", "penalty penalty/without-drop"),
        ("penalty/two-stroke-penalty-with-drop", "penalty/two-strokes penalty/with-drop"),
        ("penalty/two-stroke-penalty-without-drop", "penalty/two-strokes penalty/without-drop"),
        ("playoff/told-hole-by-hole", "playoff same-hole-again"),
        ("provisional/original-kept", "provisional provisional/kept"),
        ("provisional/provisional-played", "provisional provisional/played"),
        ("provisional/second-provisional", "provisional/second"),
        ("round/second-round", "several-rounds"),
        ("round/two-tee-start", "order-not-number plain"),
        ("scoring/hole-scores-only", "scores-only"),
        ("status/withdrawn", "not-holed/Withdrawn"),
        ("suspension/weather", "suspension"),
        ("tgl/hammer", "hammer"),
    ],
)
def test_what_happens_in_a_story_has_a_name(scenario, features):
    found = oracle_of(scenario).features()
    assert {*features.split()} <= {*found}
    assert found == sorted({*found})


def test_a_hole_has_its_own_features_and_those_of_its_round():
    story = oracle_of("penalty/penalty-with-drop").story
    (key,) = story.wholes
    of = [story.of_hole(key, order) for order in sorted(order for _, order in story.holes)]
    assert sum("penalty" in each for each in of) == 1
    assert all("plain" in each for each in of if "penalty" not in each)
    assert all({*each} <= {*story.of_whole(key)} for each in of)
    (path,) = story.keys
    assert story.of_stream(path) == story.of_whole(key)
