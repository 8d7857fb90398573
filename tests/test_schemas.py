from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from examples import (
    DETAILED,
    EXAMPLES,
    LIVE_EVENT,
    LIVE_MATCH,
    PLAYER,
    SCORE,
    STRICT,
    TOLERANT,
    packet,
    spelled,
    told,
    without,
)
from mockdde import golf, schemas
from mockdde.assets import walk
from mockdde.errors import CatalogueError, UsageError

SAMPLES = {path.stem: path for path in (Path(__file__).parent / "samples").glob("*.json")}


def sample(name):
    return json.loads(SAMPLES[name].read_text(encoding="utf-8"))


# The registry.


def test_the_schemas_are_known_by_their_path():
    known = schemas.names()
    assert known == sorted(known)
    assert {TOLERANT, STRICT, "dde/liveevents", "dde/liveevents.strict", "dde/error"} <= set(known)
    assert {"dde/auth", "kit/played"} <= set(known)


def test_an_unknown_schema_is_refused_with_the_nearest_name():
    with pytest.raises(
        UsageError, match=r"^there is no schema dde/event; did you mean dde/events\?$"
    ):
        schemas.load("dde/event")
    with pytest.raises(UsageError):
        schemas.validator("dde/nothing of the sort")


def test_two_schemas_cannot_have_one_id(monkeypatch):
    file = next(file for name, file in walk("schemas", ".schema.json") if name == TOLERANT)
    monkeypatch.setattr(schemas, "walk", lambda *_: [("one", file), ("other", file)])
    said = r"^one and other have one \$id: urn:mockdde:schema:dde/events$"
    with pytest.raises(CatalogueError, match=said):
        schemas._shipped.__wrapped__()


def test_a_loaded_schema_is_a_copy():
    schemas.load(TOLERANT).clear()
    assert schemas.load(TOLERANT)["$id"] == "urn:mockdde:schema:dde/events"


def test_a_validator_is_made_once():
    assert schemas.validator(TOLERANT) is schemas.validator(TOLERANT)


def test_importing_the_registry_does_not_import_jsonschema():
    code = "import mockdde.schemas, sys; sys.exit('jsonschema' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_schema_can_refer_to_another_by_its_urn():
    elsewhere = {"$ref": f"urn:mockdde:schema:{STRICT}#/$defs/player"}
    assert schemas.validator("dde/error").evolve(schema=elsewhere).is_valid(PLAYER)
    assert not schemas.validator("dde/error").evolve(schema=elsewhere).is_valid({})


def subschemas(schema) -> Iterator[dict]:
    if isinstance(schema, dict):
        yield schema
    for each in schema.values() if isinstance(schema, dict) else schema:
        if isinstance(each, dict | list):
            yield from subschemas(each)


@pytest.mark.parametrize("name", schemas.names())
def test_a_schema_is_legal_and_says_what_it_is(name):
    schema = schemas.load(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"urn:mockdde:schema:{name}"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", schemas.names())
def test_every_reference_leads_somewhere_and_every_definition_is_used(name):
    schema = schemas.load(name)
    references = [each["$ref"] for each in subschemas(schema) if "$ref" in each]
    local = {each.removeprefix("#/$defs/") for each in references if each.startswith("#")}
    assert local == schema.get("$defs", {}).keys()
    urns = {each.partition("#")[0] for each in references if not each.startswith("#")}
    assert urns <= {f"urn:mockdde:schema:{each}" for each in schemas.names()}


@pytest.mark.parametrize("name", [each for each in schemas.names() if each.endswith(".strict")])
def test_a_strict_schema_leaves_no_object_open(name):
    for each in subschemas(schemas.load(name)):
        if each.get("type") == "object" and "properties" in each:
            assert each["additionalProperties"] is False


def test_the_words_of_the_schemas_are_those_of_golf():
    for name in TOLERANT, STRICT:
        definitions = schemas.load(name)["$defs"]
        assert definitions["surfaceTypeCode"]["enum"] == list(golf.SURFACES)
    definitions = schemas.load(STRICT)["$defs"]
    assert definitions["dropType"]["enum"] == list(golf.DROPS)
    assert definitions["penaltyReason"]["enum"] == list(golf.PENALTY_REASONS)


# The vendor's own samples.

NO_MESSAGES = {"events--auth-request--1", "liveevents--2", "entrylist--2", "squads--1"}
# Copies that break off before the key that says what they are, or say.
CUT = {
    "events--addressing-ball--2": "eventElementType",
    "events--hole-score-update--2": "eventElementType",
    "events--connection-state-changed--2": "state",
}
NEWEST = {
    "events--round-started--1",
    "events--round-finished--1",
    "events--round-official--1",
    "events--hole-started--1",
    "events--heartbeat--1",
    "events--connection-state-changed--1",
    "events--auth-accepted--1",
}

# Of live events test_live_events has them.
OF_DDE = {name for name in SAMPLES if not name.startswith("live--")}


@pytest.mark.parametrize("name", sorted(OF_DDE - NO_MESSAGES - CUT.keys()))
def test_a_real_message_is_valid(name):
    packets = sample(name)
    for each in packets if isinstance(packets, list) else [packets]:
        assert told(TOLERANT, each) == []


@pytest.mark.parametrize(("name", "key"), CUT.items())
def test_a_sample_that_was_cut_off_is_no_message(name, key):
    assert told(TOLERANT, sample(name)) == [f": the key {key} is missing"]


@pytest.mark.parametrize("name", sorted(NEWEST))
def test_the_newest_real_messages_are_valid_in_strict_too(name):
    assert told(STRICT, sample(name)) == []


def test_the_other_samples_are_valid():
    assert told("dde/auth", sample("events--auth-request--1")) == []
    assert told("dde/liveevents", sample("liveevents--2")) == []
    assert told("dde/entrylist", sample("entrylist--2")) == []
    assert told("dde/squads", sample("squads--1")) == []
    assert told("live/token", sample("live--iam-token-response--1")) == []
    assert told("live/token", sample("live--iam-token-response--2")) == []
    assert told("live/entry-list", sample("live--rest-entry-list--1")) == []
    assert told("live/players", sample("live--rest-players--1")) == []
    assert told("live/tournament", sample("live--rest-single-tournament--1")) == []


ALL = [(STRICT, name, example) for name, example in EXAMPLES.items()] + [
    ("dde/liveevents.strict", "live events", [LIVE_EVENT]),
    ("dde/liveevents.strict", "a live match", [LIVE_MATCH]),
    ("dde/liveevents.strict", "nothing live", []),
    ("dde/error", "an error", {"error": "There is no tournament 7.", "status": 404}),
    ("kit/played", "a line of play", {"t": 0.5, "stream": "/golf/tournaments/1", "packet": {}}),
]
every_example = pytest.mark.parametrize(("name", "document"), [
    pytest.param(name, document, id=label) for name, label, document in ALL
])  # fmt: skip
MAY_BE_MISSING = {"featureGroup", "level", "penaltyReason", "zoneProbabilities"}
# Where a course is not measured.
UNMEASURED = {("ProvisionalBallSelected", ("ballLie",))}


def test_there_is_an_example_of_every_type_and_state():
    definitions = schemas.load(STRICT)["$defs"]
    kinds = definitions["packet"]["properties"]["eventElementType"]["enum"]
    assert {each.get("eventElementType") for each in EXAMPLES.values()} - {None} == set(kinds)
    states = definitions["RoundStatusUpdate"]["properties"]["state"]["enum"]
    assert set(states) <= EXAMPLES.keys()


@every_example
def test_an_example_is_valid_in_strict_and_in_tolerant(name, document):
    assert told(name, document) == []
    assert told(name.removesuffix(".strict"), document) == []


def places(document, *above):
    """Every place inside a document, as the keys and indices that lead to it."""
    if isinstance(document, dict | list):
        steps = document if isinstance(document, dict) else range(len(document))
        for step in steps:
            yield (*above, step)
            yield from places(document[step], *above, step)


def at(document, place):
    for step in place:
        document = document[step]
    return document


def changed(document, place, value):
    fresh = copy.deepcopy(document)
    at(fresh, place[:-1])[place[-1]] = value
    return fresh


def of_another_type(value):
    match value:
        case str() | None:
            return 7
        case dict():
            return []
        case list():
            return {}
        case _:
            return str(value)


@every_example
def test_without_any_one_key_strict_fails(name, document):
    for place in places(document):
        if isinstance(place[-1], int):
            continue
        fresh = copy.deepcopy(document)
        del at(fresh, place[:-1])[place[-1]]
        kind = document.get("eventElementType") if isinstance(document, dict) else None
        optional = place[-1] in MAY_BE_MISSING or (kind, place) in UNMEASURED
        assert schemas.validator(name).is_valid(fresh) == optional, place


@every_example
def test_with_any_one_value_of_another_type_strict_fails(name, document):
    for place in places(document):
        fresh = changed(document, place, of_another_type(at(document, place)))
        if not (name == "kit/played" and place[0] == "packet"):
            assert told(name, fresh), place


@every_example
def test_with_any_unknown_key_strict_fails_and_tolerant_does_not(name, document):
    for place in [(), *places(document)]:
        if isinstance(at(document, place), dict) and place != ("packet",):
            fresh = changed(document, (*place, "unheardOf"), 1)
            assert any("unheardOf is not a known key" in each for each in told(name, fresh)), place
            if name.endswith(".strict"):
                assert told(name.removesuffix(".strict"), fresh) == []


def words_by_key(name):
    """The words that a schema lists for a key, wherever it does."""
    definitions = schemas.load(name)["$defs"]
    found: dict[str, set] = {}
    for each in subschemas(definitions):
        for key, value in each.get("properties", {}).items():
            said = definitions.get(value.get("$ref", "").rpartition("/")[2], value)
            found.setdefault(key, set()).update(said.get("enum", [said.get("const", key)]))
    return found


@pytest.mark.parametrize("name", [STRICT, "dde/liveevents.strict"])
def test_what_strict_takes_tolerant_takes_too(name):
    words = words_by_key(name)
    numbers, texts = [0, 1, 3, 6, 18, 401, -3, 0.5], ["", "E", "+10", "7", "20:30+02:00", None]
    tried = taken = 0
    seen = set()  # the same key with the same value need not be tried in every packet
    for document in [each for schema, _, each in ALL if schema == name]:
        for place in places(document):
            old = at(document, place)
            match old:
                case _ if (place[-2:], repr(old)) in seen:
                    values = []
                case str() | None:
                    values = [*words.get(place[-1], ()), *texts]
                case int() | float():
                    values = numbers
                case _:
                    values = []
            seen.add((place[-2:], repr(old)))
            for fresh in [changed(document, place, value) for value in values]:
                tried += 1
                if schemas.validator(name).is_valid(fresh):
                    taken += 1
                    assert told(name.removesuffix(".strict"), fresh) == [], place
    assert tried > taken > 50


# What other eras have.

BEFORE_2022 = {"groupId", "roundNo", "timestampReceived", "player"}
FLAT = {"distanceToPin": 12, "surfaceType": "Fairway", "x": 1, "y": 2.5, "z": None}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param(EXAMPLES["HitBall"] | {"courseId": 392}, id="courseId an integer"),
        pytest.param(spelled(EXAMPLES["HitBall"], "groupId", "groupID"), id="groupID"),
        pytest.param(spelled(EXAMPLES["RoundFinished"], "teamNo", "teamNon"), id="teamNon"),
        pytest.param(
            spelled(spelled(EXAMPLES["HoleStarted"], "teamNo", "teamId"), "holeNo", "hole"),
            id="teamId and hole",
        ),
        pytest.param(EXAMPLES["HoleStarted"] | {"state": "Hole Started"}, id="state in two words"),
        pytest.param(EXAMPLES["HoleStarted"] | {"state": {"state": 1}}, id="state an object"),
        pytest.param(EXAMPLES["HoleFinished"] | {"score": [SCORE]}, id="score an array"),
        pytest.param(EXAMPLES["HoleFinished"] | {"finishReason": "HoleConceded"}, id="match play"),
        pytest.param(
            EXAMPLES["RoundStarted"]
            | {"players": [without(spelled(PLAYER, "id", "playerId"), "gender")]},
            id="players with playerId and without gender",
        ),
        pytest.param(
            EXAMPLES["HitBall"] | {"player": PLAYER | {"isAmateur": "False"}}, id="isAmateur a word"
        ),
        pytest.param(
            without(EXAMPLES["AddressingBall"], "clubTypeCode", *BEFORE_2022), id="no club, 2019"
        ),
        pytest.param(EXAMPLES["AddressingBall"] | {"clubTypeCode": None}, id="club null"),
        pytest.param(
            EXAMPLES["BallHoled"]
            | {
                "score": {
                    "currentHolePar": 4,
                    "currentHoleStrokes": 4,
                    "currentRoundScore": -1,
                    "overallScore": {"value": 2},
                }
            },
            id="score without ToPar, as integer and object",
        ),
        pytest.param(EXAMPLES["HitBall"] | {"score": SCORE | {"overallScoreToPar": "0"}}, id="0"),
        pytest.param(EXAMPLES["DetailedLie"] | {"ballLie": FLAT}, id="flat ball lie"),
        pytest.param(
            EXAMPLES["DetailedLie"] | {"ballLie": DETAILED | {"coordinates": 3.5}},
            id="coordinates a number",
        ),
        pytest.param(
            EXAMPLES["DetailedLie"] | {"eventElementType": "ApproximateLie"}, id="lie by its table"
        ),
        pytest.param(
            EXAMPLES["ProvisionalBallSelected"] | {"player": [PLAYER], "ballLie": [DETAILED]},
            id="arrays",
        ),
        pytest.param(
            without(EXAMPLES["ProvisionalBallSelected"], "player") | {"playerId": 104},
            id="playerId for player",
        ),
        pytest.param(
            EXAMPLES["HoleScoreUpdate"] | {"eventCorrectedIdentifier": {"hole": 1, "playerId": 1}},
            id="identifier by its table",
        ),
        pytest.param(
            EXAMPLES["HoleScoreUpdate"] | {"eventElementType": "Correction"}, id="oldest type"
        ),
        pytest.param(
            EXAMPLES["ConnectionStateChanged"] | {"state": "Partially Disconnected"}, id="two words"
        ),
        pytest.param(
            EXAMPLES["Heartbeat"] | {"timestamp": "2017-01-05T17:00:49.087Z"}, id="heartbeat, 2017"
        ),
        pytest.param(
            spelled(EXAMPLES["Heartbeat"], "eventElementType", "eventelementType")
            | {"eventelementType": "heartbeat"},
            id="heartbeat by its table",
        ),
        pytest.param(without(EXAMPLES["HitBall"], "groupNo", *BEFORE_2022), id="no group, 2019"),
        pytest.param(EXAMPLES["RoundStarted"] | {"matchType": "Matchplay"}, id="Matchplay"),
        pytest.param(packet("RefereeCalled", {"seqNum": 3}), id="RefereeCalled without fields"),
    ],
)
def test_tolerant_takes_every_documented_variant(document):
    assert told(TOLERANT, document) == []


def test_live_events_of_other_eras_are_taken():
    team = LIVE_EVENT["group"]["teams"][0]
    player = spelled(spelled(team["players"][0], "playerId", "id"), "status", "entryType")
    player |= {"playerEuropeanTourId": 35600, "isAmateur": "True", "entryType": "Invited"}
    group = LIVE_EVENT["group"] | {"matchNo": 1, "teams": {"id": 84, "players": player}}
    old = spelled(LIVE_EVENT, "group", "Group") | {"Group": without(group, "featureGroup")}
    old["startTime"] = {"status": "StartsAt", "time": "2025-02-20T15:15:00Z"}
    assert told("dde/liveevents", [old]) == []
