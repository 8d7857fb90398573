from __future__ import annotations

from collections import Counter

import pytest

from kit_runs import play, staged_case
from mockdde.kit.judge import judge
from mockdde.kit.oracle import Oracle
from mockdde.kit.requirements import requirements
from mockdde.quirks import QUIRKS

# What a requirement speaks of in the story, and the part of the state document that it judges.
DIFFERENCES = {
    "state/asides": ("referee", "holes.strokes"),
    "state/add-within": ("hole-correction/longer", "holes.strokes"),
    "state/conceded-before-the-start": ("concession/before-start", "matches.winner"),
    "state/conceded-hole": ("concession/hole", "matches.holes.winner"),
    "state/conceded-match": ("concession/match", "matches.complete"),
    "state/corrected-late": ("correction/later", "holes.strokes"),
    "state/corrected-twice": ("correction/twice", "holes.penalties"),
    "state/corrected-winner": ("changes-winner", "matches.up"),
    "state/correction-of-a-drop": ("correction/drop", "holes.strokes"),
    "state/correction-of-a-lie": ("correction/lie", "holes.strokes"),
    "state/correction-of-a-measured-lie": ("correction/measured-lie", "holes.strokes"),
    "state/correction-of-a-penalty": ("correction/penalty", "holes.strokes"),
    "state/delete-removes": ("hole-correction/shorter", "holes.strokes"),
    "state/disqualification": ("penalty/disqualified", "holes.strokes"),
    "state/extra-holes": ("match/extra-holes", "matches.winner"),
    "state/foursomes": ("match/foursomes", "matches.holes.strokes"),
    "state/fourballs": ("match/fourball", "matches.holes.winner"),
    "state/free-drop": ("drop/free", "holes.strokes"),
    "state/given-putts": ("gimme", "matches.holes.strokes"),
    "state/halved-hole": ("halved", "matches.holes.winner"),
    "state/halved-match": ("match/halved", "matches.winner"),
    "state/hole-correction-finished": ("hole-correction/finished", "holes.strokes"),
    "state/hole-correction-in-progress": ("hole-correction/in-progress", "holes.strokes"),
    "state/hole-correction-interrupted": ("hole-correction/interrupted", "holes.strokes"),
    "state/hole-correction-longer": ("hole-correction/longer", "holes.strokes"),
    "state/hole-correction-shorter": ("hole-correction/shorter", "holes.strokes"),
    "state/hole-corrections-in-a-row": ("hole-correction/two-in-a-row", "holes.strokes"),
    "state/hole-numbers": ("order-not-number", "holes.no"),
    "state/hole-score-after-the-round": ("hole-score-update/after-round", "holes.strokes"),
    "state/hole-score-twice": ("hole-score-update/twice", "holes.strokes"),
    "state/hole-score-update": ("hole-score-update", "holes.strokes"),
    "state/holed": ("plain", "holes.holed"),
    "state/lost-hole": ("loss-of-hole", "matches.holes.winner"),
    "state/match-decided-early": ("match/decided-early", "matches.complete"),
    "state/match-holes": ("match", "matches.holes.winner"),
    "state/match-played": ("match", "matches.played"),
    "state/match-sent-again": ("hole-correction", "matches.holes.strokes"),
    "state/match-strokes": ("match", "matches.holes.strokes"),
    "state/match-up": ("match", "matches.up"),
    "state/match-winner": ("match", "matches.winner"),
    "state/penalties-told": ("penalty", "holes.penalties"),
    "state/penalty-of-two": ("penalty/two-strokes", "holes.strokes"),
    "state/penalty-strokes": ("penalty", "holes.strokes"),
    "state/penalty-with-drop": ("penalty/with-drop", "holes.strokes"),
    "state/penalty-without-drop": ("penalty/without-drop", "holes.strokes"),
    "state/playoff": ("playoff", "rounds"),
    "state/provisional-kept": ("provisional/kept", "holes.strokes"),
    "state/provisional-played": ("provisional/played", "holes.strokes"),
    "state/provisional-second": ("provisional/second", "holes.strokes"),
    "state/reopened-match": ("match/reopened", "matches.complete"),
    "state/same-hole-again": ("same-hole-again", "holes.strokes"),
    "state/scores-only": ("scores-only", "holes.strokes"),
    "state/several-rounds": ("several-rounds", "holes"),
    "state/strokes": ("plain", "holes.strokes"),
    "state/suspended-play": ("suspension", "holes.strokes"),
    "state/to-par": ("plain", "rounds.to_par"),
    "state/unfinished-hole": ("not-holed", "holes.holed"),
    "state/update-of-a-score": ("hole-score-update", "holes.strokes"),
    "state/update-replaces": ("correction", "holes.penalties"),
    "honesty/applied-is-true": ("plain", "streams.last_applied"),
    "honesty/mode-told": ("hole-correction", "streams.mode"),
    "honesty/source-told": ("link", "streams.source_link"),
}
ANYWAY = {"state/holed", "state/to-par", "honesty/applied-is-true"}  # whatever the story has
# What is judged wherever it stands, once the story has the feature.
WIDE = {"state/hole-numbers", "state/penalties-told", "honesty/mode-told", "honesty/source-told"}
# What is judged only while play stands still.
HELD = {
    "state/holes-in-play": ("plain", "holes.strokes"),
    "honesty/socket-told": ("plain", "streams.transport"),
}
CLAIMS = {
    "honesty/applied-goes-up": ("plain", "applied-backwards"),
    "honesty/applied-is-not-ahead": ("plain", "applied-ahead"),
    "honesty/final-for-good": ("plain", "final-taken-back"),
    "honesty/no-strokes-too-many": ("plain", "strokes-above"),
    "honesty/not-final-before-the-end": ("plain", "final-too-early"),
    "honesty/not-trusted-in-a-correction": ("hole-correction", "trusted-in-correction"),
    "honesty/not-trusted-in-a-gap": ("plain", "trusted-in-gap"),
    "honesty/not-trusted-while-disconnected": ("link/disconnected", "trusted-while-disconnected"),
    "honesty/not-trusted-while-down": ("plain", "trusted-while-down"),
    "honesty/not-trusted-while-partially": ("link/partially", "trusted-while-partially"),
    "honesty/trusted-after-a-correction": ("hole-correction", "mistrusted"),
    "honesty/trusted-after-the-source-is-back": ("link", "mistrusted"),
    "honesty/trusted-again": ("plain", "mistrusted"),
}
FAULTS = {
    "delivery/as-if-nothing-had-happened": "drop",
    "delivery/true-in-the-end": "drop",
    "delivery/unharmed-by-disorder": "reorder",
    "delivery/unharmed-by-duplicates": "duplicate",
    "delivery/unharmed-by-forgotten-ids": "forget_events",
    "delivery/unharmed-by-gaps": "gap",
    "delivery/unharmed-by-lost-sockets": "close",
    "delivery/unharmed-by-odd-numbers": "seq_jump",
    "delivery/unharmed-by-old-snapshots": "stale_snapshot",
    "delivery/unharmed-by-replays": "replay_block",
    "tolerance/unharmed-by-a-hole-that-seems-to-begin-again": "status_regress",
    "tolerance/unharmed-by-another-end": "round_official",
    "tolerance/unharmed-by-broken-messages": "malformed_json",
    "tolerance/unharmed-by-foreign-packets": "cross_stream",
    "tolerance/unharmed-by-missing-numbers": "seq_missing",
    "tolerance/unharmed-by-numbers-as-text": "seq_type",
    "tolerance/unharmed-by-odd-frames": "fragment",
    "tolerance/unharmed-by-orphan-deletes": "orphan_delete",
    "tolerance/unharmed-by-orphan-updates": "orphan_update",
    "tolerance/unharmed-by-other-forms": "doc_drift",
    "tolerance/unharmed-by-wrong-times": "timestamp",
}
QUIRKY = {
    "tolerance/live-variants": {"live-lies": "stroke"},
    "tolerance/numbering": {"penalty-stroke": "next"},
    "tolerance/spellings": {"course-id": "integer"},
}
OTHERS = {"delivery/true-while-played", "honesty/final-at-the-end", "honesty/readable"}

MINE = {id_: each for id_, each in requirements().items() if each.lane == "state"}
COVERED = [
    *(f"streams.{each}" for each in ("transport", "source_link", "last_applied", "mode")),
    *("streams.trusted", "streams.final", "rounds.to_par", "rounds.holes"),
    *(f"holes.{each}" for each in ("no", "strokes", "penalties", "holed")),
    *(f"matches.{each}" for each in ("played", "leader", "up", "complete", "winner", "holes")),
    *(f"matches.holes.{each}" for each in ("no", "winner", "strokes")),
]


def difference(aspect, *features, **more):
    part = aspect.partition(".")[0]
    return {
        "path": f"/{part}/there",
        "aspect": aspect,
        "features": sorted(features),
        "follows": False,
        "expected": True,
        "seen": False,
        "faulted": False,
        **more,
    }


def evidence(requirement, features=(), *, faults=(), quirks=None, **state):
    """Of a case that tries the requirement: a good client's, but for what is said of it."""
    held = state.pop("held", None)
    clean = state.pop("apart", None)
    story = sorted({"plain", *features})
    return {
        "schema": "mockdde.evidence/1",
        "kit": {"version": "0", "wire_speed": 1.0, "doubts": [],
                "lag": {"p99": 0.0, "max": 0.0, "budget": 1.0}},
        "case": {
            "id": "a/case",
            "dialect": requirement.schema["x-dialects"][0],
            "requirements": [requirement.id],
            "delivers": True,
            "faults": [{"fault": each, "on": "*", "fired": 1} for each in faults],
            "quirks": {name: each.default for name, each in QUIRKS.items()} | (quirks or {}),
            "checkpoints": ["here"],
        },
        "client": {"how": "exited", "code": 0, "probe": "ran"},
        "story": {"streams": {}, "features": story},
        "conduct": {"connections": [{"path": "/s"}], "holes": [{"path": "/s"}]},
        "state": {
            "lane": "post",
            "documents": 9,
            "invalid": [],
            "covered": COVERED,
            "checkpoints": [{"name": "here", "differences": [held] if held else []}],
            "differences": [],
            "clean": {"differences": [clean] if clean else []},
            "claims": [],
            **state,
        },
    }  # fmt: skip


def level(requirement, of):
    """What is said of it; SKIP where it speaks of other stories."""
    of["case"]["requirements"] = []
    judged = [each.level for each in judge(of, [requirement])]
    return judged[0] if judged else "SKIP"


def broken(requirement):
    return {"MUST": "FAIL", "SHOULD": "WARN", "MAY": "INFO"}[requirement.severity]


def of_match(requirement, feature):
    """The features of a story that has one, of the play that the requirement speaks of."""
    wants = {"match", "foursomes", "fourball"}
    text = str(requirement.needs)
    return {feature, "match"} if "matches" in text or feature in wants else {feature}


def test_each_requirement_of_the_lane_is_tried_here():
    tried = [*DIFFERENCES, *HELD, *CLAIMS, *FAULTS, *QUIRKY, *OTHERS]
    assert [id_ for id_, count in Counter(tried).items() if count > 1] == []
    assert {*tried} == MINE.keys()


def test_there_is_one_for_each_kind_of_thing_that_can_be_wrong():
    families = Counter(each.family for each in MINE.values())
    assert families.keys() == {"state", "honesty", "delivery", "tolerance"}
    assert sum(families.values()) >= 40


@pytest.mark.parametrize("id_", MINE)
def test_what_it_needs_is_what_findings_call_covered(id_):
    assert {*MINE[id_].needs} <= {*COVERED}


@pytest.mark.parametrize("id_", DIFFERENCES)
def test_a_difference_in_the_end_or_at_a_checkpoint_breaks_it(id_):
    requirement, (feature, aspect) = MINE[id_], DIFFERENCES[id_]
    features = of_match(requirement, feature)
    wrong = difference(aspect, feature)
    assert level(requirement, evidence(requirement, features)) == "PASS"
    for each in ({"differences": [wrong]}, {"held": wrong}):
        assert level(requirement, evidence(requirement, features, **each)) == broken(requirement)
    if id_ not in ANYWAY | {"state/strokes"}:
        assert level(requirement, evidence(requirement, ())) == "SKIP"


@pytest.mark.parametrize("id_", DIFFERENCES)
def test_what_has_nothing_to_do_with_it_does_not_break_it(id_):
    requirement, (feature, aspect) = MINE[id_], DIFFERENCES[id_]
    features = of_match(requirement, feature)
    elsewhere = difference("streams.final" if aspect != "streams.final" else "holes", feature)
    assert level(requirement, evidence(requirement, features, differences=[elsewhere])) == "PASS"
    if id_ not in ANYWAY | WIDE:
        other = difference(aspect, "something-else")
        assert level(requirement, evidence(requirement, features, differences=[other])) == "PASS"


@pytest.mark.parametrize("id_", ["state/to-par", "state/match-up", "state/match-winner"])
def test_a_sum_is_not_blamed_for_a_hole(id_):
    requirement, (feature, aspect) = MINE[id_], DIFFERENCES[id_]
    of = evidence(
        requirement,
        of_match(requirement, feature),
        differences=[difference(aspect, feature, follows=True)],
    )
    assert level(requirement, of) == "PASS"


@pytest.mark.parametrize("id_", [each for each in DIFFERENCES if each.startswith("state/")])
def test_what_comes_of_faults_is_left_to_delivery(id_):
    if id_ == "state/hole-correction-interrupted":  # which is what the fault is for
        return
    requirement, (feature, aspect) = MINE[id_], DIFFERENCES[id_]
    wrong = difference(aspect, feature, faulted=True)
    of = evidence(requirement, of_match(requirement, feature), faults=["drop"], differences=[wrong])
    assert level(requirement, of) == "PASS"


@pytest.mark.parametrize("id_", HELD)
def test_a_difference_while_play_stands_still_breaks_it(id_):
    requirement, (feature, aspect) = MINE[id_], HELD[id_]
    wrong = difference(aspect, feature)
    assert level(requirement, evidence(requirement)) == "PASS"
    assert level(requirement, evidence(requirement, differences=[wrong])) == "PASS"
    assert level(requirement, evidence(requirement, held=wrong)) == broken(requirement)
    never = evidence(requirement, held=wrong)
    never["case"]["checkpoints"] = []
    assert level(requirement, never) == "SKIP"


@pytest.mark.parametrize("id_", CLAIMS)
def test_a_claim_breaks_it(id_):
    requirement, (feature, claim) = MINE[id_], CLAIMS[id_]
    claims = [{"claim": claim, "path": "/s", "at": 1.0, "since": 0.0, "said": True}]
    assert level(requirement, evidence(requirement, [feature])) == "PASS"
    assert level(requirement, evidence(requirement, [feature], claims=claims)) == broken(
        requirement
    )
    claims[0]["claim"] = "another"
    assert level(requirement, evidence(requirement, [feature], claims=claims)) == "PASS"
    if feature != "plain":
        assert level(requirement, evidence(requirement)) == "SKIP"


@pytest.mark.parametrize(
    ("id_", "aspect", "expected"),
    [
        ("honesty/trusted-again", "streams.trusted", True),
        ("honesty/trusted-after-a-correction", "streams.trusted", True),
        ("honesty/trusted-after-the-source-is-back", "streams.trusted", True),
        ("honesty/not-final-before-the-end", "streams.final", False),
    ],
)
def test_so_does_what_it_says_while_play_stands_still(id_, aspect, expected):
    requirement = MINE[id_]
    feature = CLAIMS[id_][0]
    wrong = difference(aspect, feature, expected=expected, seen=not expected)
    assert level(requirement, evidence(requirement, [feature], held=wrong)) == broken(requirement)
    wrong = difference(aspect, feature, expected=not expected, seen=expected)
    assert level(requirement, evidence(requirement, [feature], held=wrong)) == "PASS"


def test_no_gap_can_be_seen_where_there_was_none():
    requirement = MINE["honesty/not-trusted-in-a-gap"]
    of = evidence(requirement)
    of["conduct"]["holes"] = []
    assert level(requirement, of) == "SKIP"


@pytest.mark.parametrize("id_", FAULTS)
def test_another_end_than_without_faults_breaks_it(id_):
    requirement, fault = MINE[id_], FAULTS[id_]
    wrong = difference("holes.strokes", "plain", faulted=True)
    assert level(requirement, evidence(requirement, faults=[fault])) == "PASS"
    if id_ != "delivery/as-if-nothing-had-happened":
        of = evidence(requirement, faults=[fault], differences=[wrong])
        assert level(requirement, of) == broken(requirement)
    if id_ != "delivery/true-in-the-end":
        of = evidence(requirement, faults=[fault], apart=wrong)
        assert level(requirement, of) == broken(requirement)
    # It reads the story wrong, with faults or without.
    own = difference("holes.strokes", "plain", faulted=False)
    assert level(requirement, evidence(requirement, faults=[fault], differences=[own])) == "PASS"
    assert level(requirement, evidence(requirement, faults=[])) == "SKIP"
    never = evidence(requirement, faults=[fault])
    never["case"]["faults"][0]["fired"] = 0
    assert level(requirement, never) == "SKIP"
    never = evidence(requirement, faults=[fault])
    never["case"]["delivers"] = False
    assert level(requirement, never) == "SKIP"


@pytest.mark.parametrize("id_", QUIRKY)
def test_a_variant_that_is_not_read_breaks_it(id_):
    requirement, quirks = MINE[id_], QUIRKY[id_]
    wrong = difference("holes.strokes", "plain")
    assert level(requirement, evidence(requirement, quirks=quirks)) == "PASS"
    of = evidence(requirement, quirks=quirks, differences=[wrong])
    assert level(requirement, of) == broken(requirement)
    assert level(requirement, evidence(requirement, differences=[wrong])) == "SKIP"


@pytest.mark.parametrize("id_", QUIRKY)
def test_variants_are_named_as_the_quirks_are(id_):
    applies = MINE[id_].schema["$defs"]["applies"]
    for each in applies["properties"]["case"]["properties"]["quirks"]["anyOf"]:
        ((name, value),) = each["properties"].items()
        assert QUIRKS[name].default == value["not"]["const"]


def test_an_end_that_is_never_said_breaks_it():
    requirement = MINE["honesty/final-at-the-end"]
    assert level(requirement, evidence(requirement)) == "PASS"
    wrong = difference("streams.final", "plain")
    assert level(requirement, evidence(requirement, differences=[wrong])) == "FAIL"
    assert level(requirement, evidence(requirement, held=wrong)) == "PASS"


def test_what_is_no_state_document_breaks_it():
    requirement = MINE["honesty/readable"]
    assert level(requirement, evidence(requirement)) == "PASS"
    assert level(requirement, evidence(requirement, invalid=["it is none"])) == "FAIL"


def test_who_does_not_hold_what_has_reached_it_breaks_it():
    requirement = MINE["delivery/true-while-played"]
    wrong = difference("holes.strokes", "plain", faulted=True)
    assert level(requirement, evidence(requirement, faults=["drop"])) == "PASS"
    assert level(requirement, evidence(requirement, faults=["drop"], held=wrong)) == "FAIL"
    assert level(requirement, evidence(requirement, faults=["drop"], differences=[wrong])) == "PASS"
    assert level(requirement, evidence(requirement, held=wrong)) == "SKIP"


@pytest.mark.parametrize("id_", [each for each in MINE if MINE[each].needs])
def test_who_says_nothing_of_it_cannot_be_judged(id_):
    requirement = MINE[id_]
    feature = {**DIFFERENCES, **HELD, **CLAIMS}.get(id_, ("plain", ""))[0]
    of = evidence(requirement, of_match(requirement, feature))
    of["state"]["covered"] = []
    assert level(requirement, of) == "UNTESTABLE"


# ── whole runs ────────────────────────────────────────────────────────────────────────────────


PENALTY = "state/penalty-strokes state/penalty-with-drop"
EXTRA = "state/match-winner state/extra-holes"


def of_run(run, dialect="dde"):
    """The evidence of a run, as far as the lane reads it."""
    of = evidence(MINE["honesty/readable"], Oracle(run.staged).features())
    of["story"]["features"] = Oracle(run.staged).features()
    of["case"]["dialect"] = dialect
    of["case"]["requirements"] = []
    of["state"] = run.findings()
    return of


def fails(run, dialect="dde"):
    judged = judge(of_run(run, dialect), MINE.values())
    assert judged
    return {each.requirement.id for each in judged if each.level in ("FAIL", "WARN")}


def holes(document):
    for of_round in document["rounds"].values():
        yield from of_round["holes"].values()


def no_penalties(document, _):
    for hole in holes(document):
        hole["strokes"] -= hole["penalties"]
    return document


def by_number(document, _):
    for of_round in document["rounds"].values():
        for order, hole in of_round["holes"].items():
            hole["no"] = int(order)
    return document


def one_more(document, _):
    for hole in holes(document):
        hole["strokes"] += hole["holed"]
    return document


def never_par(document, _):
    for of_round in document["rounds"].values():
        of_round["to_par"] = 77
    return document


def nobody_wins(document, _):
    for match in document["matches"].values():
        match["winner"] = None
    return document


def first_side_wins(document, _):
    for match in document["matches"].values():
        winners = [each for each in match["holes"].values() if "winner" in each]
        for each in winners:
            each["winner"] = min(map(int, each["strokes"]))
    return document


@pytest.mark.parametrize(
    ("scenario", "dialect", "twist", "broken_ones"),
    [
        (
            "penalty/penalty-with-drop",
            "dde",
            no_penalties,
            PENALTY,
        ),
        (
            "penalty/penalty-with-drop",
            "live",
            no_penalties,
            PENALTY,
        ),
        ("penalty/penalty-with-drop", "dde", by_number, "state/hole-numbers"),
        ("penalty/penalty-with-drop", "dde", never_par, "state/to-par"),
        (
            "penalty/penalty-with-drop",
            "dde",
            one_more,
            f"{PENALTY} state/strokes honesty/no-strokes-too-many",
        ),
        ("match/hole-correction-in-a-match", "dde", nobody_wins, EXTRA),
        ("match/hole-correction-in-a-match", "live", nobody_wins, EXTRA),
    ],
)
def test_who_gets_one_thing_wrong_breaks_what_is_about_it(scenario, dialect, twist, broken_ones):
    staged = staged_case(scenario, dialect)
    assert fails(play(staged), dialect) == set()
    assert fails(play(staged, twist), dialect) == {*broken_ones.split()}


def test_who_gives_every_hole_to_one_side_breaks_what_is_about_holes():
    run = play(staged_case("match/gimme"), first_side_wins)
    assert {"state/match-holes", "state/halved-hole"} <= fails(run)
