"""What is wrong with a document, in whose words."""

from __future__ import annotations

import pytest

from examples import (
    EXAMPLES,
    LIVE_EVENT,
    PLAYER,
    SCORE,
    STRICT,
    TOLERANT,
    correction,
    spelled,
    told,
    without,
)
from mockdde import schemas


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
            EXAMPLES["HoleFinished"] | {"finishReason": "X" * 5000, "roundNo": "x" * 5000},
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
                "expected a time of day in UTC, like 15:15Z")
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
            {"t": "-1", "stream": "golf", "packet": []},
            [
                't: t is "-1", a string; expected a number',
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
    monkeypatch.setattr(schemas, "quick", lambda _: lambda _: False)
    assert told("made here", document) == sentences


def test_a_problem_knows_the_steps_that_lead_to_it():
    (problem,) = schemas.explain("dde/liveevents", [LIVE_EVENT | {"roundNo": 0}])
    assert problem == schemas.Problem((0, "roundNo"), "roundNo is 0; expected at least 1")
    assert problem.path == "[0].roundNo"
