from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mockdde import golf, schemas
from mockdde.assets import walk
from mockdde.errors import CatalogueError, DocumentError, UsageError

SAMPLES = {path.stem: path for path in (Path(__file__).parent / "samples").glob("*.json")}
TOLERANT, STRICT = "dde/events", "dde/events.strict"


def sample(name):
    return json.loads(SAMPLES[name].read_text(encoding="utf-8"))


def told(name, document):
    """The problems of a document as people read them."""
    return [f"{each.path}: {each.message}" for each in schemas.explain(name, document)]


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

NO_MESSAGES = {"events--auth-request--1", "liveevents--2"}
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


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - NO_MESSAGES - CUT.keys()))
def test_a_real_message_is_valid(name):
    packets = sample(name)
    for packet in packets if isinstance(packets, list) else [packets]:
        assert told(TOLERANT, packet) == []


@pytest.mark.parametrize(("name", "key"), CUT.items())
def test_a_sample_that_was_cut_off_is_no_message(name, key):
    assert told(TOLERANT, sample(name)) == [f": the key {key} is missing"]


@pytest.mark.parametrize("name", sorted(NEWEST))
def test_the_newest_real_messages_are_valid_in_strict_too(name):
    assert told(STRICT, sample(name)) == []


def test_the_other_samples_are_valid():
    assert told("dde/auth", sample("events--auth-request--1")) == []
    assert told("dde/liveevents", sample("liveevents--2")) == []


# What mockdde sends: one of each.

PLAYER = {
    "country": "FRA",
    "displayName": "Benjamin Hebert",
    "firstName": "Benjamin",
    "gender": "male",
    "id": 104,
    "isAmateur": False,
    "lastName": "Hebert",
}
COMMON = {
    "courseId": "392",
    "groupId": 1211393,
    "groupNo": 45,
    "holeNo": 10,
    "holeOrder": 1,
    "roundNo": 1,
    "seqNum": 7,
    "teamNo": 84,
    "timestamp": "2025-02-20T12:09:59.000Z",
    "timestampReceived": "2025-02-20T12:09:59.324Z",
}
STROKE = COMMON | {"player": PLAYER, "playerId": 104, "provisionalIndex": 0, "strokeNo": 2}
SCORE = {
    "currentHolePar": 4,
    "currentHoleStrokes": 3,
    "currentRoundScoreToPar": "E",
    "overallScoreToPar": "-2",
}
DROPPED = {
    "coordinates": {"x": 1.5, "y": -20.25, "z": 0},
    "distanceToPin": 12.5,
    "surfaceType": "Rough",
    "surfaceTypeCode": "ORO",
}
DETAILED = DROPPED | {"blindshot": False, "obstructions": True, "shotDistance": 251}
APPROXIMATE = DETAILED | {"isPredictionUnconfident": False}
OF_THE_PGA = {"distanceToPinProb": [], "isWaterProbable": True, "strokesToPinProb": []}
ZONE = {"distanceToPinYards": 9.5, "probabilityPercent": 80, "zoneCode": "R", "zoneType": "Rough"}
IDENTIFIER = {"holeNo": 10, "holeOrder": 1, "playerId": 104, "strokeNo": 2, "teamNo": 84}
CORRECTED = {"provisionalIndex": 0, "strokeNo": 2, "strokesAssessed": 1}
FINE = {"penaltyStrokes": 1, "penaltyType": "Strokes"}


def packet(kind, base=COMMON, without=(), **more):
    kept = {key: value for key, value in base.items() if key not in without}
    return copy.deepcopy({"eventElementType": kind, **kept, **more})


def status(state, **more):
    return packet("RoundStatusUpdate", state=state, **more)


def penalty(**more):
    return packet("Penalty", STROKE, ["timestampReceived"], score=SCORE, strokesAssessed=1, **more)


def lie(kind, ball_lie, without=()):
    return packet(kind, STROKE, without, ballLie=ball_lie, strokesAssessed=1)


def drop(ball_lie):
    return lie("BallDrop", ball_lie) | {"dropType": "FreeDrop", "strokesAssessed": 0}


def correction(kind, **content):
    unwanted = ["groupNo", "holeNo", "holeOrder", "teamNo"]
    identifier = IDENTIFIER | {"eventElementType": kind}
    return packet(
        "Correction", without=unwanted, eventCorrectedIdentifier=identifier,
        corrections=CORRECTED | content,
    )  # fmt: skip


def of_keys(kind, *keys, **more):
    return packet(kind, {key: COMMON[key] for key in keys}, **more)


EXAMPLES = {
    "RoundStarted": status("RoundStarted", matchType="Strokeplay", players=[PLAYER]),
    "HoleStarted": status("HoleStarted"),
    "HoleFinished": status(
        "HoleFinished", finishReason="BallHoled", score=SCORE, scorePending=False
    ),
    "RoundFinished": status("RoundFinished"),
    "RoundOfficial": status("RoundOfficial", without=["timestampReceived"]),
    "Suspended": status("Suspended"),
    "Unsuspended": status("Unsuspended"),
    "Resumed": status("Resumed"),
    "AddressingBall": packet("AddressingBall", STROKE, clubTypeCode="CDR"),
    "HitBall": packet("HitBall", STROKE, score=SCORE),
    "ApproximateLie": lie("ApproximateLie", APPROXIMATE, ["roundNo"]),
    "ApproximateLie of the PGA": lie("ApproximateLie", APPROXIMATE | OF_THE_PGA, ["roundNo"]),
    "DetailedLie": lie("DetailedLie", DETAILED),
    "BallHoled": packet("BallHoled", STROKE, score=SCORE, strokesAssessed=1),
    "ProvisionalBallSelected": packet(
        "ProvisionalBallSelected", STROKE, ["playerId", "roundNo", "timestampReceived"],
        ballLie=DETAILED, penaltyStrokes=1, provisionalResult=3,
    ),
    "Penalty": penalty(),
    "Penalty of the European Tour": penalty(**FINE, penaltyReason="Grounding"),
    "BallDrop": drop(DROPPED),
    "BallDrop with zones": drop(DROPPED | {"zoneProbabilities": [ZONE]}),
    "Correction of an ApproximateLie": correction("ApproximateLie", ballLie=APPROXIMATE),
    "Correction of a DetailedLie": correction("DetailedLie", ballLie=DETAILED),
    "Correction of a Penalty": correction("Penalty", **FINE, penaltyReason="OutOfBounds"),
    "Correction of a BallDrop": correction("BallDrop", ballLie=DROPPED, dropType="Other"),
    "HoleScoreUpdate": of_keys(
        "HoleScoreUpdate", "seqNum", "groupId", "roundNo", "timestamp", "timestampReceived",
        corrections={"score": {key: SCORE[key] for key in SCORE if key != "currentHolePar"}},
        eventCorrectedIdentifier={"holeNo": 10, "playerId": "104"},
    ),
    "ModeChange": of_keys(
        "ModeChange", "seqNum", "teamNo", "timestamp", "timestampReceived",
        mode="EndHoleCorrection",
    ),
    "TglHammerThrown": packet("TglHammerThrown", without=["groupNo"], accepted=True),
    "RefereeCalled": packet("RefereeCalled", without=["groupNo"]),
    "ConnectionStateChanged": of_keys("ConnectionStateChanged", "timestamp", state="Connected"),
    "Heartbeat": {
        "eventElementType": "Heartbeat",
        "timestamp": "2025-02-20T14:47:00.517484Z",
        "message": "Heartbeat sent at 2025-02-20T14:47:00.517484Z",
    },
    "message": {"message": "Authorisation accepted"},
    "message with a level": {"message": "No such stream", "level": "ERROR"},
}  # fmt: skip
LIVE_EVENT = {
    "tournamentId": 99999,
    "startTime": {"status": "StartsAt", "time": "15:15Z"},
    "roundNo": 1,
    "tournamentName": "A tournament",
    "group": {
        "groupNo": 45,
        "featureGroup": False,
        "teams": [
            {
                "teamNo": 84,
                "orderOfPlayWithinGroup": 0,
                "players": [
                    {
                        "playerId": 104,
                        "displayName": "Benjamin Hebert",
                        "firstName": "Benjamin",
                        "lastName": "Hebert",
                        "playerPGATourId": None,
                        "playerEuropeanTourId": "35600",
                        "playerLPGATourId": None,
                        "playerRandAId": None,
                        "country": "FRA",
                        "isAmateur": False,
                        "status": "Playing",
                    }
                ],
            }
        ],
    },
}
ALL = [(STRICT, name, example) for name, example in EXAMPLES.items()] + [
    ("dde/liveevents.strict", "live events", [LIVE_EVENT]),
    ("dde/liveevents.strict", "a live match", [LIVE_EVENT | {"matchNo": 45}]),
    ("dde/liveevents.strict", "nothing live", []),
    ("dde/error", "an error", {"error": "There is no tournament 7.", "status": 404}),
    ("kit/played", "a line of play", {"t": 0.5, "stream": "/golf/tournaments/1", "packet": {}}),
]
every_example = pytest.mark.parametrize(("name", "document"), [
    pytest.param(name, document, id=label) for name, label, document in ALL
])  # fmt: skip
MAY_BE_MISSING = {"level", "penaltyReason", "zoneProbabilities", "matchNo"}


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
        assert schemas.validator(name).is_valid(fresh) == (place[-1] in MAY_BE_MISSING), place


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


def spelled(document, old, new):
    return {new if key == old else key: value for key, value in document.items()}


def without(document, *keys):
    return {key: value for key, value in document.items() if key not in keys}


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


# What is refused, in whose words.


@pytest.mark.parametrize(
    ("name", "document", "sentences"),
    [
        (
            TOLERANT,
            EXAMPLES["HitBall"] | {"seqNum": "7"},
            ['seqNum: seqNum is "7", a string; expected an integer'],
        ),
        (TOLERANT, without(EXAMPLES["HitBall"], "timestamp"), [": the key timestamp is missing"]),
        (
            TOLERANT,
            spelled(EXAMPLES["HitBall"], "courseId", "courseID"),
            [": the key courseId is missing; courseID is there instead"],
        ),
        (
            STRICT,
            spelled(EXAMPLES["HitBall"], "courseId", "courseID"),
            ["courseID: courseID is not a known key; did you mean courseId?"],
        ),
        (
            TOLERANT,
            without(EXAMPLES["HitBall"], "holeNo"),
            [": one of the keys holeNo or hole is missing"],
        ),
        (
            TOLERANT,
            EXAMPLES["HitBall"] | {"timestamp": "2025-13-20T05:17:36.000Z"},
            ['timestamp: timestamp is "2025-13-20T05:17:36.000Z", which is no real date-time'],
        ),
        (
            TOLERANT,
            EXAMPLES["HitBall"] | {"timestamp": "2025-02-20T05:17:36.000"},
            [
                ('timestamp: timestamp is "2025-02-20T05:17:36.000"; '
                "expected a UTC time, like 2025-02-20T05:17:36.000Z")
            ],
        ),
        (
            TOLERANT,
            EXAMPLES["HitBall"] | {"timestamp": "2025-02-20"},
            [
                ('timestamp: timestamp is "2025-02-20"; '
                "expected a UTC time, like 2025-02-20T05:17:36.000Z")
            ],
        ),
        (
            STRICT,
            EXAMPLES["HitBall"] | {"timestamp": "2025-02-20T05:17:36Z"},
            [
                ('timestamp: timestamp is "2025-02-20T05:17:36Z"; '
                "expected a UTC time with milliseconds, like 2025-02-20T05:17:36.000Z")
            ],
        ),
        (
            TOLERANT,
            EXAMPLES["Correction of a Penalty"] | {"eventElementType": "Corection"},
            ['eventElementType: eventElementType is "Corection"; did you mean Correction?'],
        ),
        (TOLERANT, {"seqNum": 1}, [": the key eventElementType is missing"]),
        (TOLERANT, [], [": the document is an array; expected an object"]),
        (STRICT, None, [": the document is null; expected an object"]),
        (
            STRICT,
            EXAMPLES["BallHoled"] | {"score": SCORE | {"currentHoleStrokes": 3.5}},
            ["score.currentHoleStrokes: currentHoleStrokes is 3.5, a number; expected an integer"],
        ),
        (
            STRICT,
            EXAMPLES["RoundStarted"] | {"players": [PLAYER | {"id": True}]},
            ["players[0].id: id is true, a boolean; expected an integer"],
        ),
        (
            STRICT,
            EXAMPLES["RoundStarted"] | {"players": []},
            ["players: players has no items; expected at least 1"],
        ),
        (
            STRICT,
            EXAMPLES["RoundStarted"] | {"players": ["Benjamin"]},
            ['players[0]: players[0] is "Benjamin", a string; expected an object'],
        ),
        (
            STRICT,
            EXAMPLES["HoleStarted"] | {"seqNum": 0, "holeNo": 19},
            [
                "holeNo: holeNo is 19; expected at most 18",
                "seqNum: seqNum is 0; expected at least 1",
            ],
        ),
        (
            STRICT,
            EXAMPLES["HoleStarted"] | {"state": "HoleStart"},
            ['state: state is "HoleStart"; did you mean HoleStarted?'],
        ),
        (
            STRICT,
            EXAMPLES["HitBall"] | {"score": SCORE | {"overallScoreToPar": "0"}},
            [
                ('score.overallScoreToPar: overallScoreToPar is "0"; '
                "expected a score to par, like -2")
            ],
        ),
        (
            STRICT,
            without(EXAMPLES["Penalty of the European Tour"], "penaltyType"),
            [": the key penaltyType is missing; it goes with penaltyStrokes"],
        ),
        (
            STRICT,
            correction("Penalty", dropType="Other"),
            ["corrections.dropType: dropType is not a known key"],
        ),
        (
            TOLERANT,
            EXAMPLES["HoleFinished"] | {"finishReason": "x" * 5000, "roundNo": "x" * 5000},
            [f'roundNo: roundNo is "{"x" * 58}…, a string; expected an integer'],
        ),
        (
            TOLERANT,
            EXAMPLES["ConnectionStateChanged"] | {"state": "\x1b[2J"},
            [
                ('state: state is "\\u001b[2J"; it can be Connected, Disconnected, '
                "PartiallyDisconnected, Partially Disconnected")
            ],
        ),
        (
            "dde/liveevents",
            [LIVE_EVENT, {"tournamentId": None}],
            [
                "[1]: the key roundNo is missing",
                "[1]: the key startTime is missing",
                "[1].tournamentId: tournamentId is null; expected an integer",
            ],
        ),
        (
            "dde/liveevents.strict",
            [LIVE_EVENT | {"startTime": {"status": "StartsAt", "time": "25:00Z"}}],
            [
                ('[0].startTime.time: time is "25:00Z"; '
                "expected a time of day with its offset, like 15:15Z")
            ],
        ),
        (
            "dde/auth",
            {"authToken": ""},
            ["authToken: authToken has no characters; expected at least 1"],
        ),
        ("dde/auth", {"token": "secret"}, [": the key authToken is missing"]),
        (
            "dde/error",
            {"error": "No", "status": 200},
            ["status: status is 200; expected at least 400"],
        ),
        (
            "kit/played",
            {"t": -1, "stream": "golf", "packet": []},
            [
                "t: t is -1; expected at least 0",
                ('stream: stream is "golf"; expected the path of a stream, '
                "like /golf/tournaments/99999/round/5/team/12"),
                "packet: packet is an array; expected an object",
            ],
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_in_a_sentence(name, document, sentences):
    assert told(name, document) == sentences


@pytest.mark.parametrize(
    ("schema", "document", "sentences"),
    [
        (
            {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "7",
            [': the document is "7", a string; expected an integer or null'],
        ),
        (
            {"anyOf": [{"const": "on"}, {"const": "off"}, {"type": "integer"}]},
            "onn",
            [': the document is "onn"; did you mean on?'],
        ),
        (
            {
                "oneOf": [
                    {"properties": {"kind": {"const": "a"}, "size": {"type": "integer"}}},
                    {"properties": {"kind": {"const": "b"}}, "additionalProperties": False},
                ]
            },
            {"kind": "b", "length": 3},
            ["length: length is not a known key"],
        ),
        (
            {"oneOf": [{"required": ["team"]}, {"required": ["teams"]}]},
            {"team": 1, "teams": 2},
            [": only one of the keys team or teams can be there"],
        ),
        (
            {"oneOf": [{"required": ["x", "y"]}, {"required": ["coordinates"]}]},
            {"x": 1},
            [": one of the keys y or coordinates is missing"],
        ),
        ({"oneOf": [{}, {"minimum": 2}]}, 3, [": the document fits more than one form"]),
        (
            {"propertyNames": {"enum": ["close", "drop"]}},
            {"clse": 1},
            [": clse is not a known key; did you mean close?"],
        ),
        ({"properties": {"old": False}}, {"old": 1}, ["old: old must not be here"]),
        ({"not": {"const": 1}}, 1, [": the document is 1, which not of the schema refuses"]),
        (
            {"items": {"format": "date-time"}},
            ["x"],
            ['[0]: [0] is "x"; expected text of the form date-time'],
        ),
        ({"items": {"multipleOf": 5}}, [7], ["[0]: [0] is 7; expected a multiple of 5"]),
        (
            {"additionalProperties": {"maxLength": 3}},
            {"a b": "long", "a": "longer"},
            [
                '["a b"]: ["a b"] has 4 characters; expected at most 3',
                "a: a has 6 characters; expected at most 3",
            ],
        ),
    ],
)  # fmt: skip
def test_the_forms_of_other_schemas_are_told_too(monkeypatch, schema, document, sentences):
    made = schemas.validator("dde/error").evolve(schema=schema)
    monkeypatch.setattr(schemas, "validator", {"made here": made}.get)
    assert told("made here", document) == sentences


def test_a_problem_knows_the_steps_that_lead_to_it():
    (problem,) = schemas.explain("dde/liveevents", [LIVE_EVENT | {"roundNo": 0}])
    assert problem == schemas.Problem((0, "roundNo"), "roundNo is 0; expected at least 1")
    assert problem.path == "[0].roundNo"


# Documents in files.

ONE, TWO = {"seqNum": 1}, {"seqNum": 2}
PLAYED = b'{"t": 0.5, "stream": "/golf/x", "packet": {"seqNum": 2}}'


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (b'{"seqNum": 1}', [("the document", ONE)]),
        (b'{\n  "seqNum":\n  1\n}\n', [("the document", ONE)]),
        (b'\xef\xbb\xbf{"seqNum": 1}', [("the document", ONE)]),
        (b'[{"seqNum": 1},\n {"seqNum": 2}]', [("packet 1", ONE), ("packet 2", TWO)]),
        (b"[]", []),
        (b'{"seqNum": 1}\n\n{"seqNum": 2}\n', [("line 1", ONE), ("line 3", TWO)]),
        (b'{"seqNum": 1}\r\n' + PLAYED + b"\r\n", [("line 1", ONE), ("line 2", TWO)]),
        (b"[" + PLAYED + b"]", [("packet 1", TWO)]),
        (PLAYED, [("the document", TWO)]),
        ('"a\u2028b"\n1.5'.encode(), [("line 1", "a\u2028b"), ("line 2", 1.5)]),
        (b'{"t": 1, "stream": "x", "packet": {}, "more": 1}',
         [("the document", {"t": 1, "stream": "x", "packet": {}, "more": 1})]),
    ],
)  # fmt: skip
def test_documents_are_read(text, documents):
    assert list(schemas.read_documents(text, "a.json")) == documents


@pytest.mark.parametrize("text", [b'[{"seqNum": 1}, {"seqNum": 2}]', PLAYED])
def test_a_whole_document_is_not_taken_apart(text):
    documents = schemas.read_documents(text, "a.json", whole=True)
    assert list(documents) == [("the document", json.loads(text))]


def test_whole_documents_can_stand_one_a_line():
    documents = schemas.read_documents(b"[1]\n" + PLAYED, "a.json", whole=True)
    assert list(documents) == [("line 1", [1]), ("line 2", json.loads(PLAYED))]


def test_what_can_be_read_is_read_before_the_line_that_cannot():
    documents = schemas.read_documents(b'{"seqNum": 1}\n{"seqNum": \n{}', "a.json")
    assert next(documents) == ("line 1", ONE)
    with pytest.raises(DocumentError, match=r"^a\.json:2:12: this is not JSON: expecting value$"):
        next(documents)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"", "a.json is empty; expected JSON, or one JSON value a line"),
        (b"\xef\xbb\xbf \n\t", "a.json is empty; expected JSON, or one JSON value a line"),
        (b'{"a": 1', "a.json:1:8: this is not JSON: expecting ',' delimiter"),
        (b'{\n  "a" 1\n}', "a.json:2:7: this is not JSON: expecting ':' delimiter"),
        (b'{"a": 1} {"a": 2}', "a.json:1:10: this is not JSON: extra data"),
        (b'{"a": 1}\n{"a": NaN}', "a.json:2:7: NaN is not JSON; expected a number or null"),
        (b'[1,\n -Infinity]', "a.json:2:2: -Infinity is not JSON; expected a number or null"),
        (b'{"a": "NaN",\n "b": 1e999}', "a.json:2:7: 1e999 is too large a number to be read"),
        (b"9" * 5000, f"a.json:1:1: {'9' * 59}… is too large a number to be read"),
        (b'[{"a": 1, "b": {"a": 2}},\n {"b": 1,\n  "\\u0062": 2}]',
         "a.json:3:3: the key b is there twice in one object"),
        (b'{"a": {"b": 1}, "c": [{}], "b": 2,\n"a": 1}',
         "a.json:2:1: the key a is there twice in one object"),
        ('{"é": \n"é'.encode() + b'\xff"}',
         "a.json:2:3: this is not UTF-8; save the file as UTF-8"),
        (b'\xef\xbb\xbf["\xff"]', "a.json:1:3: this is not UTF-8; save the file as UTF-8"),
        (b"[" * 100_000, "a.json:1:1: this is nested too deeply to be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(DocumentError) as refusal:
        list(schemas.read_documents(text, "a.json"))
    assert str(refusal.value) == sentence
