"""Contested facts of the round feed, of connections and of liveevents."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["EVENTS"]

EVENTS: Final = (
    Quirk(
        "shapes",
        ("2025", "2022", "2018"),
        "Which age of the documentation packets follow: 2022 has no groupId, roundNo and player in"
        " stroke and hole packets and a ModeChange of three keys; 2018 also no timestampReceived"
        " and no gender.",
        "sample: the packets of each year differ so",
    ),
    Quirk(
        "course-id",
        ("string", "integer"),
        "Type of courseId.",
        "sample: string in every packet; table: integer, but string in the Correction table",
    ),
    Quirk(
        "group-id",
        ("changes", "stable"),
        "Whether groupId stays the same through a round; 'changes' gives the group another one at"
        " the turn (its tenth hole).",
        "sample: team 10 has 1211220 at seqNum 2 and 1211369 at seqNum 92 of one round",
    ),
    Quirk(
        "group-key",
        ("groupId", "groupID"),
        "Spelling in RoundFinished, RoundOfficial, HitBall and ApproximateLie.",
        "sample: groupId; table: groupID",
    ),
    Quirk(
        "official-received",
        ("absent", "present"),
        "timestampReceived of RoundOfficial.",
        "sample: absent; table: listed",
    ),
    Quirk(
        "team-key",
        ("teamNo", "teamNon"),
        "Spelling in RoundFinished and RoundOfficial.",
        "sample: teamNo; table: teamNon",
    ),
    Quirk(
        "players-id",
        ("id", "playerId"),
        "Key of a player's id in RoundStarted.",
        "sample: id; table: playerId",
    ),
    Quirk(
        "is-amateur",
        ("boolean", "string"),
        "Type of isAmateur in the player of stroke packets.",
        "sample: boolean (in RoundStarted); table: string",
    ),
    Quirk(
        "distances",
        ("decimal", "integer"),
        "Whether distances of a ballLie are rounded to whole metres.",
        "table: decimal in some packets, integer in others, and not the same ones for each "
        "distance",
    ),
    Quirk(
        "score-keys",
        ("to-par", "short"),
        "Names of the two to-par values in BallHoled and Penalty: 'short' is currentRoundScore and"
        " overallScore.",
        "sample: currentRoundScoreToPar in HitBall; table: both, the short names in these two",
    ),
    Quirk(
        "score-type",
        ("string", "integer"),
        "Type of the two to-par values.",
        "sample: strings with a sign; table of official shots: integers",
    ),
    Quirk(
        "even-par",
        ("E", "0", "+0"),
        "How level par is written.",
        "none for packets; E is the leaderboard's usual spelling",
    ),
    Quirk(
        "to-par-moves",
        ("BallHoled", "HoleFinished"),
        "With which packet the hole counts in the two to-par values.",
        "none: no sample of either",
    ),
    Quirk(
        "hole-finished-score",
        ("object", "array"),
        "score of HoleFinished: an object, or an array of one.",
        "table: array, with the fields of one object; every other score is an object",
    ),
    Quirk(
        "hit-assessed",
        ("absent", "present"),
        "strokesAssessed, 1, in HitBall.",
        "sample: absent; table: absent in the newer ones, listed in older ones",
    ),
    Quirk(
        "state-spelling",
        ("joined", "spaced"),
        "RoundStarted or Round Started.",
        "sample: joined; table: with a space",
    ),
    Quirk(
        "later-clubs",
        ("CUK", "null", "absent"),
        "clubTypeCode of strokes that are no drives.",
        "table: filled only for drives; nothing says with what it is not",
    ),
    Quirk(
        "hole-score-hole",
        ("holeNo", "hole"),
        "Key of the hole in HoleScoreUpdate's identifier.",
        "sample: holeNo; table: hole",
    ),
    Quirk(
        "hole-score-player",
        ("string", "integer"),
        "Type of playerId in HoleScoreUpdate's identifier.",
        "sample: string; table: integer",
    ),
    Quirk(
        "provisional-selected",
        ("object", "array"),
        "Whether player and ballLie of ProvisionalBallSelected are objects or arrays of one.",
        "table: array; every other packet of the feed has objects there",
    ),
    Quirk(
        "provisional-stroke",
        ("same", "next"),
        "strokeNo of a provisional ball: that of the stroke it may replace, or one more.",
        "table: the index counts provisional balls 'for that stroke'",
    ),
    Quirk(
        "provisional-result",
        ("hole", "ball"),
        "provisionalResult: the strokes on the hole so far if this ball counts, or the "
        "strokes of this ball alone with its penalty.",
        "table: 'strokes assigned to the chosen ball'",
    ),
    Quirk(
        "penalty-stroke",
        ("played", "next"),
        "strokeNo of Penalty and BallDrop: the stroke just played or the one to come.",
        "none: the sequences on the ball-drop page were not recovered",
    ),
    Quirk(
        "stroke-and-distance",
        ("next", "skips"),
        "strokeNo after a ball dropped for stroke and distance: the next number, or one more.",
        "table: penalty strokes are not counted in strokeNo; no sequence was recovered",
    ),
    Quirk(
        "penalty-assessed",
        ("count", "zero"),
        "strokesAssessed of a Penalty: its penalty strokes, or 0.",
        "none: the table says 'starts with 0', and that the keys which have the number are to go",
    ),
    Quirk(
        "correction-score",
        ("absent", "present"),
        "score in the corrections of a Penalty, as it is with that penalty.",
        "table: corrections hold the whole packet, and score is not among the keys listed",
    ),
    Quirk(
        "two-stroke-penalty",
        ("one-packet", "two-packets"),
        "A penalty of two strokes as one packet of 2 or two of 1.",
        "none: the sequences on the ball-drop page were not recovered",
    ),
    Quirk(
        "lie-after-drop",
        ("none", "detailed"),
        "Whether a DetailedLie follows a BallDrop, which has a ballLie of its own.",
        "none: the sequences on the ball-drop page were not recovered",
    ),
    Quirk(
        "zone-probabilities",
        ("ball-drop", "approximate-lie", "none"),
        "Where zoneProbabilities stand in PGA tour packets: in the ballLie of which packet.",
        "table: on the ball-drop page, with no parent named",
    ),
    Quirk(
        "lie-probabilities",
        ("empty", "none"),
        "distanceToPinProb and strokesToPinProb of an ApproximateLie on the PGA tour: empty arrays,"
        " because nothing says what is in them, or no such keys.",
        "table: arrays, PGA events only",
    ),
    Quirk(
        "score-in-correction",
        ("recomputed", "stale"),
        "score of HitBall and Penalty that are sent again in hole correction mode: of the strokes"
        " sent again so far, or as it was before the correction.",
        "sample: a HitBall of strokeNo 1 with currentHoleStrokes 3, among packets that the page has"
        " edited; table: nothing",
    ),
    Quirk(
        "score-pending",
        ("false", "true"),
        "scorePending of HoleFinished.",
        "table: named, and nothing says when it is true",
    ),
    Quirk(
        "suspension",
        ("Unsuspended", "Resumed", "none"),
        "Play stopped and going on: RoundStatusUpdate Suspended, then this state, or no packets.",
        "sibling: tennis has Suspended and Unsuspended; the golf page was not recovered",
    ),
    Quirk(
        "while-disconnected",
        ("held", "flows"),
        "What happens on the course while the state is Disconnected: it is sent once a device"
        " is back, with the time it happened, or it is sent as ever.",
        "table: no data is to be expected then; nothing says what becomes of it",
    ),
    Quirk(
        "playoff-rounds",
        ("one", "each-hole"),
        "Whether the holes of a playoff are one round with holeOrder 1, 2 … (401), or a round each"
        " (401, 402 …) with a stream of its own.",
        "table: holeOrder counts from 1 while holeNo repeats; table: 401 is the first playoff after"
        " round 4, and the last digits count playoffs",
    ),
    Quirk(
        "first-connection-state",
        ("none", "Connected"),
        "Whether a stream begins with a ConnectionStateChanged.",
        "table: a state holds until another arrives; nothing says which is first",
    ),
    Quirk(
        "hammer-declined",
        ("packet", "none"),
        "Whether a hammer that is declined is a packet with accepted false.",
        "sample: accepted true, which the table lacks; nothing shows a refusal",
    ),
    Quirk(
        "referee-keys",
        ("hole", "bare"),
        "RefereeCalled: the keys of TglHammerThrown but for accepted, or only type, seqNum "
        "and times.",
        "none: the documentation has only its name",
    ),
    Quirk(
        "heartbeat",
        ("10", "20"),
        "Seconds between heartbeats.",
        "table: 10 in every list of connection steps, 20 on the golf heartbeats page",
    ),
    Quirk(
        "heartbeat-key",
        ("eventElementType", "eventelementType"),
        "Spelling of the type's key in a heartbeat.",
        "sample: eventElementType; table: eventelementType",
    ),
    Quirk(
        "heartbeat-value",
        ("Heartbeat", "heartbeat"),
        "Spelling of the type of a heartbeat.",
        "sample: Heartbeat; table: heartbeat",
    ),
    Quirk(
        "heartbeat-time",
        ("micros", "millis"),
        "Precision of a heartbeat's timestamp.",
        "sample: microseconds in 2025, milliseconds in 2017",
    ),
    Quirk(
        "late-join",
        ("replay", "live-only"),
        "What a client gets that connects in the middle of a round: all of it from seqNum 1, or"
        " only what comes.",
        "sibling: tennis and MMA start at the beginning; sample: the playoff socket starts at 1",
    ),
    Quirk(
        "accepted-level",
        ("absent", "INFO"),
        "level in the message that accepts a token.",
        "sample: absent (golf); sibling: INFO",
    ),
    Quirk(
        "refused-text",
        ("The supplied authentication is invalid",),
        "Text of the message that refuses a token.",
        "sibling: cricket and snooker; the golf text is unknown",
    ),
    Quirk(
        "refused-code",
        ("1008", "1000", "1003", "1011", "4001", "4401"),
        "Close code after a refusal.",
        "none: no close code is documented for any feed of the platform",
    ),
    Quirk(
        "token-deadline",
        ("90",),
        "Seconds a socket may stay without a token before it is closed with 1000.",
        "none for this feed; its successor closes with 1000 after about 90 seconds",
    ),
    Quirk(
        "unknown-stream",
        ("warn", "404"),
        "A stream that does not exist: a WARN message after the token on a socket that stays open,"
        " or no socket.",
        "sibling: tracking feeds warn and stay, in these words; there the client names the event,"
        " golf the URL",
    ),
    Quirk(
        "before-start",
        ("204", "wait", "404"),
        "A stream whose round has not started: no socket and this status, or a socket that waits.",
        "sibling: tennis answers the upgrade with HTTP 204",
    ),
    Quirk(
        "rest-before-end",
        ("404", "204", "so-far"),
        "?rest=true before the round is official: an error, nothing, or the packets so far.",
        "table: available once the event has finished; nothing says what comes before",
    ),
    Quirk(
        "rest-body",
        ("array", "lines"),
        "?rest=true of a round: one JSON array, or a packet a line.",
        "none",
    ),
    Quirk(
        "nothing-live",
        ("array", "empty", "204"),
        "liveevents when nothing is live: an empty array, an empty body, or 204.",
        "table: returns nothing",
    ),
    Quirk(
        "start-time",
        ("utc", "local"),
        "startTime.time of liveevents: 15:15Z or 20:30+02:00.",
        "sample: both, the first in the newer one",
    ),
    Quirk(
        "live-until",
        ("RoundOfficial", "RoundFinished"),
        "With which packet a team leaves liveevents.",
        "table: one page says to leave a stream at RoundFinished, two at RoundOfficial",
    ),
    Quirk(
        "tour-ids",
        ("string", "integer"),
        "Type of playerPGATourId and its like.",
        "sample: strings (squads); table: integer or null",
    ),
    Quirk(
        "feature-group",
        ("pga", "always", "never"),
        "Where a group has featureGroup: on the PGA tour only, everywhere, or nowhere.",
        "table: PGA only (schedule), no such limit (liveevents); sample: not there",
    ),
    Quirk(
        "missing-token",
        ("401", "403"),
        "HTTP status of a REST request without a token.",
        "sibling: a permission-denied error; its number is unknown",
    ),
    Quirk(
        "accept-header",
        ("ignored", "required"),
        "Whether static REST endpoints insist on the Accept header of the documentation.",
        "table: listed; sibling: live actions answer 400 without one",
    ),
    Quirk(
        "after-official",
        ("stay", "close"),
        "What the server does after RoundOfficial: heartbeats go on until the client leaves, or it"
        " closes with 1000.",
        "table: the client is told to disconnect; nothing says that the server does",
    ),
)
