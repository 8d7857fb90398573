"""One packet of every kind, written by hand after the samples and tables; and how to bend one."""

from __future__ import annotations

import copy

from mockdde import schemas

TOLERANT, STRICT = "dde/events", "dde/events.strict"


def told(name, document):
    """The problems of a document as people read them."""
    return [f"{each.path}: {each.message}" for each in schemas.explain(name, document)]


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
ZONE = {"distanceToPinYards": 9.5, "probabilityPercent": 80, "zoneCode": "ORO", "zoneType": "Rough"}
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
    "RoundStarted": status(
        "RoundStarted", matchType="Strokeplay", players=[PLAYER], holeOrder=1, seqNum=1
    ),
    "HoleStarted": status("HoleStarted"),
    "HoleFinished": status(
        "HoleFinished", finishReason="BallHoled", score=SCORE, scorePending=False
    ),
    "RoundFinished": status("RoundFinished"),
    "RoundOfficial": status("RoundOfficial", without=["timestampReceived"]),
    "Suspended": status("Suspended"),
    "Unsuspended": status("Unsuspended"),
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
    "Correction of a BallDrop": correction(
        "BallDrop", ballLie=DROPPED, dropType="Other", strokesAssessed=0
    ),
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
    "message with a level": {
        "message": "The supplied authentication is invalid", "level": "ERROR"
    },
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

LIVE_MATCH = LIVE_EVENT | {
    "matchNo": 45,
    "group": LIVE_EVENT["group"] | {"matchNo": 45, "teams": 2 * LIVE_EVENT["group"]["teams"]},
}


def spelled(document, old, new):
    return {new if key == old else key: value for key, value in document.items()}


def without(document, *keys):
    return {key: value for key, value in document.items() if key not in keys}
