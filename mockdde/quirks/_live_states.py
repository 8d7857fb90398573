"""Contested facts of the live dialect: leaderboards and hole by hole."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE_STATES"]

_BOARDS: Final = (
    Quirk(
        "live-board-scores",
        ("plain", "pairs"),
        "Scores, positions and holes through on leaderboards: plain numbers, or as the DDE feed"
        " has them, objects of value and display_value.",
        "none: the pages were read up to the players of a team; sample: the scores of hole by hole,"
        " which were pairs there, are numbers",
    ),
    Quirk(
        "live-unplayed-scores",
        ("null", "zero", "absent"),
        "Scores on the stroke-play leaderboard where nothing is played yet.",
        "none: the page was read up to the players of a team",
    ),
    Quirk(
        "live-total-score",
        ("hole", "round"),
        "When total_score moves: after each hole, or when the team has finished the round.",
        "none: the page was read up to the players of a team; the DDE feed has both, by tour",
    ),
    Quirk(
        "live-final-match-score",
        ("null", "absent"),
        "final_match_score before the match is decided.",
        "none: the page was read up to the players of a team",
    ),
    Quirk(
        "live-tournament-scores",
        ("array", "keyed"),
        "tournament_scores of squads: an array, or an object with a key a squad, its id.",
        "none: it is only known that there are such scores; all other lists of this page are"
        " arrays, and the DDE feed calls its own an object",
    ),
)
_HOLE_BY_HOLE: Final = (
    Quirk(
        "live-unplayed-holes",
        ("absent", "null", "listed"),
        "Holes of stroke play that are not finished, in holes: absent, null, or listed with scores"
        " that are null.",
        "none: the sample shows one hole, and leaves out others",
    ),
    Quirk(
        "live-unplayed-match-holes",
        ("listed", "absent"),
        "Holes of a match that are not finished: listed with hole_finished false, or not there.",
        "table: a flag whether the hole is finished; no sample",
    ),
    Quirk(
        "live-empty-match-values",
        ("absent", "null"),
        "Values of a hole of a match that there are none of, such as strokes of one that was"
        " conceded.",
        "table: strokes is a number, where the DDE feed has texts, c and - among them; no sample",
    ),
    Quirk(
        "live-match-scoring",
        ("strokes", "points", "points-so-far", "absent"),
        "scoring_type of a match: strokes; points, one for a hole won and half of one for a hole"
        " halved, with those of the hole itself, or of all holes so far; or not there.",
        "table: optional, either word",
    ),
    Quirk(
        "live-match-numbers",
        ("numbers", "ids"),
        "team_number, squad_number and winning_team_number: those of the DDE feed, or the ids that"
        " all other pages have.",
        "table: numbers by their names, and said to be what teamNo and squadNo were; their examples"
        " are as small",
    ),
    Quirk(
        "live-hole-finished-by",
        ("HoleWon", "HOLE_WON"),
        "How a hole of a match ends for a side: in the DDE feed's words, or in those of events.",
        "table: HoleWon, where events have HOLE_WON",
    ),
    Quirk(
        "live-official",
        ("rounds", "end"),
        "is_official of hole by hole: all rounds the team has begun, or the match, are official; or"
        " the part in the tournament is over and official.",
        "none: the DDE feed's pages have the one and the other",
    ),
    Quirk(
        "live-state-moments",
        ("seconds", "milliseconds"),
        "timestamp, time and tee_time of a state, to the second or to the millisecond; moments of"
        " the envelope always have milliseconds.",
        "sample: 2026-04-17T12:00:00Z, which may be a full second by chance",
    ),
)

LIVE_STATES: Final[tuple[Quirk, ...]] = (*_BOARDS, *_HOLE_BY_HOLE)
