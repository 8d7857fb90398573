"""Contested facts of match scores, the match-play leaderboard and squads."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["MATCHES"]

_MATCH_SCORE: Final = (
    Quirk(
        "unplayed-match-holes",
        ("listed", "absent"),
        "Holes of a match that are not finished, in holeScores: listed with holeFinished false, or"
        " not there; extra holes are there only once they are finished.",
        "none: no sample; table: a flag whether the hole is finished, and a score that is empty"
        " before it is played",
    ),
    Quirk(
        "empty-match-values",
        ("absent", "null"),
        "Values of a hole that there are none of, such as scoreToPar of one that was conceded.",
        "none: no sample; table: they are optional, and scoreToPar is empty then",
    ),
    Quirk(
        "match-scoring",
        ("strokes", "points", "points-so-far", "absent"),
        "scoringType of a match: strokes; points, one for a hole won and half of one for a hole"
        " halved, with those of the hole itself, or of all holes so far; or not there.",
        "table: optional, either word; points of a hole are said to be accumulated, and those of"
        " the match to be the sum of the holes'",
    ),
    Quirk(
        "winning-team",
        ("null", "absent"),
        "winningTeamNo before there is a winner, and where there is none.",
        "table: null until then, and optional; the successor has it only once there is a winner",
    ),
    Quirk(
        "playoff-match-holes",
        ("counted", "zero"),
        "playOffSequence in a playoff match of a pool: counted from 1, or 0 as in any match.",
        "table: counted from 1 for playoff holes; its prose speaks of extra holes only",
    ),
    Quirk(
        "player-scores",
        ("playerScores", "PlayerScores"),
        "Spelling in a hole of fourballs, and with it strokes and scoreToPar there.",
        "table: capitals; its prose has none, and no sample has capitals where tables do",
    ),
    Quirk(
        "ball-not-holed",
        ("to-par", "null"),
        "scoreToPar of a ball of fourballs that is picked up: of the strokes by then, or null.",
        "none: no sample; table: an integer, and not called optional",
    ),
    Quirk(
        "match-official",
        ("match", "end"),
        "isOfficial of a match score: the match is official, or the whole tournament.",
        "table: when the player's part in the tournament is over",
    ),
    Quirk(
        "team-squad",
        ("present", "absent"),
        "squadNo in the teams of match scores and of the match-play leaderboard, where squads"
        " play.",
        "none: not in the tables; the successor's pages take its squad from such a key",
    ),
)

_LEADERBOARD: Final = (
    Quirk(
        "final-match-score",
        ("null", "empty", "absent"),
        "finalMatchScore before the match is decided.",
        "none: no sample; table: a string, and not called optional",
    ),
    Quirk(
        "final-score-key",
        ("finalMatchScore", "finaMatchScore"),
        "Spelling in the teams of the match-play leaderboard.",
        "table: finaMatchScore; its prose has finalMatchScore",
    ),
    Quirk(
        "conceded-match-score",
        ("as-it-stands", "C"),
        "finalMatchScore where a side that is behind gives up the match: by holes, the one on which"
        " it does being lost; or C.",
        "table: C where the match is conceded before a ball is struck, and nothing of later",
    ),
    Quirk(
        "playoff-match-score",
        ("holes", "up"),
        "finalMatchScore of a playoff match of a pool: 2 HOLES; or 1up and 1dn.",
        "table: the first form after more than 18 holes, the other after 18; nothing of these",
    ),
    Quirk(
        "thru-begun",
        ("-", "0"),
        "thru of a match that is begun and has no finished hole.",
        "table: a number of holes, a dash, or F when the match is complete",
    ),
    Quirk(
        "pool-totals",
        ("absent", "null", "so-far"),
        "totalPoolWins, totalPoolHalves, totalPoolLosses and totalPoolPoints before all matches of"
        " the pool are decided.",
        "table: final numbers, and optional; the current ones have keys of their own",
    ),
    Quirk(
        "pool-match-position",
        ("pool", "round"),
        "poolMatchPosition: the place of the match among those of its pool, or of its round.",
        "table: the position within the event, which is what matchNo has already",
    ),
    Quirk(
        "match-position",
        ("tournament", "pool"),
        "position and isTied of a team that was in a pool: in the tournament, by how far it came"
        " in the knock-out and its points; or in its pool.",
        "table: a ranking in the tournament; nothing says how it is made",
    ),
    Quirk(
        "tournament-scores",
        ("keyed", "array"),
        "TournamentScores: an object with a key a squad, its number, or an array.",
        "table: an object, where matches and teams are arrays; no sample",
    ),
    Quirk(
        "tournament-scores-key",
        ("TournamentScores", "tournamentScores"),
        "Spelling in the match-play leaderboard, and with it that of SquadNo in there.",
        "table: TournamentScores and SquadNo; no sample has capitals where other tables do",
    ),
    Quirk(
        "score-to-win",
        ("decimal", "integer"),
        "scoreToWin of 28 matches: 14.5, and 14.0 of who holds the cup; or 15 and 14.",
        "table: an integer, beside scores that are decimal; half a point is no integer",
    ),
    Quirk(
        "projected-score",
        ("in-play", "all"),
        "projectedScore: with matches in play as they stand, or with half a point a match that is"
        " not begun, too.",
        "table: the projected score, and nothing more",
    ),
    Quirk(
        "match-suspended-word",
        ("PlaySuspended", "Suspended"),
        "tournamentStatus of the match-play leaderboard while play is suspended.",
        "table: PlaySuspended here, Suspended in the leaderboard of stroke play",
    ),
)

MATCHES: Final[tuple[Quirk, ...]] = (*_MATCH_SCORE, *_LEADERBOARD)
