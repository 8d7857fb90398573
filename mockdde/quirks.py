"""Contested facts of the feed: each a switch with a default and the evidence behind it.

Evidence: *sample*, a real packet shows it; *table*, the golf documentation says it; *sibling*, the
documentation of another sport on the same platform does; *none*, nothing public says it. Where a
sample and a table disagree the sample is the default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mockdde.errors import UsageError, nearest

__all__ = ["QUIRKS", "Quirk", "Quirks", "parse_settings"]


@dataclass(frozen=True, slots=True)
class Quirk:
    """One contested fact; the first choice is the default.

    ``refused-text`` and ``token-deadline`` list only that: they take any text and any seconds.
    """

    name: str
    choices: tuple[str, ...]
    about: str
    evidence: str

    @property
    def default(self) -> str:
        """What the mock does unless it is told otherwise."""
        return self.choices[0]


def _table(*quirks: Quirk) -> dict[str, Quirk]:
    table = {quirk.name: quirk for quirk in quirks}
    assert len(table) == len(quirks), "two quirks have one name"
    return table


QUIRKS: Final = _table(
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
        "penalty-stroke",
        ("played", "next"),
        "strokeNo of Penalty and BallDrop: the stroke just played or the one to come.",
        "none: the sequences on the ball-drop page were not recovered",
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
        "score of packets that are sent again in hole correction mode: of the strokes sent again so"
        " far, or as it was before the correction.",
        "sample: strokeNo 1 with currentHoleStrokes 3, so stale; table: nothing",
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
        "heartbeat",
        ("10", "20"),
        "Seconds between heartbeats.",
        "table: 10 in every list of connection steps, 20 on the golf heartbeats page",
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
        "sibling: tracking feeds warn and stay; there the client names the event, golf the URL",
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


class Quirks:
    """Settings of all quirks; ``quirks["even-par"]`` is the chosen value."""

    __slots__ = ("_chosen",)

    def __init__(self, settings: Mapping[str, object] | None = None) -> None:
        """UsageError where a name or a value is not in the table."""
        self._chosen = {name: quirk.default for name, quirk in QUIRKS.items()}
        for name, value in (settings or {}).items():
            self._chosen[name] = _checked(name, value)

    def __getitem__(self, name: str) -> str:
        return self._chosen[name]

    def over(self, settings: Mapping[str, object]) -> Quirks:
        """These quirks with ``settings`` on top."""
        return Quirks({**self._chosen, **settings})


def _checked(name: str, value: object) -> str:
    quirk = QUIRKS.get(name)
    if quirk is None:
        raise UsageError(f"there is no quirk {name!r}{nearest(name, QUIRKS)}")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if name == "token-deadline":
        if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= 86_400:
            raise UsageError(f"quirk {name}: {text!r} is no number of seconds from 1 to 86400")
    elif name == "refused-text":
        if not text.strip():
            raise UsageError(f"quirk {name}: it has no text; write what the server says")
    elif text not in quirk.choices:
        raise UsageError(f"quirk {name}: {text!r} is no choice{nearest(text, quirk.choices)}")
    return text


def parse_settings(texts: Iterable[str]) -> dict[str, str]:
    """Settings from ``name=value`` texts of a command line."""
    settings: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"--quirk {text}: write name=value, such as heartbeat=20")
        settings[name.strip()] = value.strip()
        _checked(name.strip(), value.strip())
    return settings
