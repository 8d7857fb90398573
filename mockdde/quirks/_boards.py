"""Contested facts of the leaderboard and of hole by hole."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["BOARDS"]

_LEADERBOARD: Final = (
    Quirk(
        "finished-round",
        ("F", "number"),
        "holesThrough.displayValue of a finished round: F, or the number of its holes.",
        "none: no sample; F is a value of thru in the match-play list",
    ),
    Quirk(
        "unplayed-display",
        ("-", "zero", "empty"),
        "displayValue where nothing is played yet: a dash, 0 (and even par), or an empty text.",
        "none: no sample; a dash is a value of thru in the match-play list",
    ),
    Quirk(
        "unplayed-score",
        ("zero", "null"),
        "value of a score where nothing is played yet.",
        "table: integer, and none is called optional; nothing says what it is by then",
    ),
    Quirk(
        "undrawn-round",
        ("absent", "null"),
        "roundInfo of a round that the team is not drawn in: not yet, or missed by a cut.",
        "none: the table lists rounds 1 to 4 and 401 of everybody; no sample",
    ),
    Quirk(
        "round-to-par",
        ("round", "tournament"),
        "Whether toPar in roundInfo is of the round, or of the tournament up to that round.",
        "table: of the tournament, but under a heading that takes toPar, toParToday and totalScore"
        " of the row for parts of roundInfo as well",
    ),
    Quirk(
        "total-score",
        ("by-tour", "hole", "round"),
        "When totalScore moves: after each hole, or when the player has finished the round; by"
        " tour is after each hole on the PGA tour only.",
        "table: by tour in the youngest one; at the end of the round in the older ones",
    ),
    Quirk(
        "round-finished",
        ("null", "absent"),
        "roundFinishedPosition and roundFinishedIsTied before all have finished the round.",
        "none: no sample; the table has an integer and a boolean",
    ),
    Quirk(
        "tee-time-zone",
        ("utc", "venue"),
        "teeTime: in UTC with a Z, or in the venue's time with its offset.",
        "none for the leaderboard: timestamps of all samples are in UTC; the match-play list has"
        " its teeTime with an offset",
    ),
    Quirk(
        "out-position",
        ("rank", "status"),
        "position.displayValue of who is out of the tournament: the rank as for all others, or the"
        " word of the status.",
        "table: the position, with a T where it is shared; nothing is said of who is out",
    ),
    Quirk(
        "cutline-key",
        ("cutline", "cutLine"),
        "Spelling in currentRound.",
        "table: cutline; cutLine in captured queries of a front end of the same tournaments",
    ),
    Quirk(
        "no-cut",
        ("null", "zero", "last"),
        "cut in the cutline where none is required: null, 0, or the last that was made.",
        "table: integer, with required beside it; nothing says what it is when that is false",
    ),
    Quirk(
        "suspended-word",
        ("Suspended", "PlaySuspended"),
        "tournamentStatus while play is suspended.",
        "table: Suspended for the leaderboard, PlaySuspended for that of match play",
    ),
    Quirk(
        "round-names",
        ("joined", "spaced"),
        "currentRound.name: Round1, or Round 1.",
        "table: Round1 in the match-play list, where Round for Playoff #1 has spaces; no list for"
        " stroke play",
    ),
)

_HOLE_BY_HOLE: Final = (
    Quirk(
        "unplayed-holes",
        ("absent", "null", "bare"),
        "Holes that are not finished, in holes: absent, null, or their par, order and length with"
        " scores that are null.",
        "none: the samples break off before the holes, or show one that was played",
    ),
    Quirk(
        "unplayed-rounds",
        ("absent", "empty"),
        "Rounds without a finished hole, in roundScores: absent, or an empty object.",
        "sample: 1 to 4 are there in packet 82 of a team, when it has played in all of them",
    ),
    Quirk(
        "nine-scores",
        ("so-far", "null"),
        "score and strokes of inScore and outScore while holes of the nine are not finished.",
        "none: the table has integers, of all nine holes",
    ),
    Quirk(
        "nine-par",
        ("whole", "so-far"),
        "par and yardage of inScore and outScore: of all nine holes, or of those finished.",
        "table: of the first and the last nine holes of the course",
    ),
    Quirk(
        "no-playoff",
        ("absent", "empty"),
        "playOffScore of who is in no playoff: absent, or an empty object.",
        "table: only for playoff rounds; the sample has the key, in the tournament that its player"
        " won in a playoff",
    ),
    Quirk(
        "playoff-holes",
        ("array", "object"),
        "holes of playOffScore: an array whose elements have a holeNo, or an object by number as in"
        " a round, where a hole that is played again takes the place of the first.",
        "table: as in a round; sample of the successor: an array, for one hole may come again",
    ),
    Quirk(
        "players-gender",
        ("present", "absent"),
        "gender in players of hole by hole.",
        "table: listed in the younger ones; the sample of 2020 has none",
    ),
    Quirk(
        "hole-by-hole-official",
        ("rounds", "end"),
        "isOfficial: all rounds the team has begun are official, or its part in the tournament is"
        " over and official.",
        "table: scores are official, without saying which; for match scores when the player's part"
        " in the tournament is over; the sample has false",
    ),
)

BOARDS: Final[tuple[Quirk, ...]] = (*_LEADERBOARD, *_HOLE_BY_HOLE)
