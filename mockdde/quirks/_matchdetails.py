"""Contested facts of Team Match Details, and of the lists that name matches."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["MATCH_DETAILS"]

_PACKETS: Final = (
    Quirk(
        "match-status",
        ("match", "team"),
        "Whether RoundStarted, HoleStarted, RoundFinished, RoundOfficial and what is said of"
        " suspended play come once a match, the first with the players of both teams, or once for"
        " each team, the first with its own.",
        "table: only HoleFinished is said to come twice, once for each team",
    ),
    Quirk(
        "match-team",
        ("first", "absent"),
        "teamNo of a packet that is about the whole match: that of the first team, or none.",
        "table: listed, in tables that stroke play and match play share",
    ),
    Quirk(
        "match-group-id",
        ("present", "absent"),
        "groupId in packets of match play.",
        "table: groupNo and matchNo are said to be missing, and groupId is not named",
    ),
    Quirk(
        "match-conceded",
        ("HoleConceded", "Resigned"),
        "finishReason of the side that gives up the match, on the hole on which it does.",
        "none: of conceded matches only a final score is documented; sibling: the successor has"
        " RESIGNED beside HOLE_CONCEDED, and makes both from finishReason",
    ),
    Quirk(
        "lost-hole",
        ("LossOfHole", "HoleLost"),
        "finishReason of the side that loses a hole and has neither holed out nor given it up.",
        "table: LossOfHole in match scores; sibling: HOLE_LOST in the successor, made from"
        " finishReason",
    ),
    Quirk(
        "gimme",
        ("stroke", "holed"),
        "The stroke that is given: a HitBall and a BallHoled, or only the BallHoled.",
        "table: it goes down as a stroke and as BallHoled, in match scores; no packet was"
        " recovered",
    ),
    Quirk(
        "match-to-par",
        ("match", "tournament"),
        "overallScoreToPar in packets of match play: of the match, or of all matches of the team.",
        "none: the tables are those of stroke play, where it is of the tournament",
    ),
)

_LISTS: Final = (
    Quirk(
        "match-format",
        ("own", "Match"),
        "format of a tournament in match play that has a word of its own, such as RyderCup: that,"
        " or Match.",
        "table: RyderCup and others are listed beside Match, and the pages of the streams of match"
        " play name Match alone",
    ),
    Quirk(
        "pool-round-type",
        ("RoundRobin", "MatchPlay"),
        "roundType of a round in which everybody of a pool meets everybody.",
        "table: both words, without a meaning",
    ),
    Quirk(
        "round-scoring",
        ("HoleWonPoint_TieHalved", "HoleWonPoint_TieZero"),
        "scoring of rounds in match play.",
        "table: both words, without a meaning; a hole that is tied changes nothing either way",
    ),
    Quirk(
        "last-match-round",
        ("rule", "FINAL"),
        "advancementRule of the last round in match play: how its matches are decided, as in the"
        " rounds before it, or FINAL.",
        "table: KNOCK_OUT, points and FINAL are in one list, without a meaning",
    ),
    Quirk(
        "schedule-match-key",
        ("matchNo", "MatchNo"),
        "Spelling in the group of a schedule.",
        "table: MatchNo; sample: none of match play, and of other keys that a table capitalises"
        " samples have the small letter",
    ),
    Quirk(
        "live-match-no",
        ("both", "top", "group"),
        "Where liveevents have matchNo: beside the group and in it, or in one of the two.",
        "table: listed in both",
    ),
)

MATCH_DETAILS: Final[tuple[Quirk, ...]] = (*_PACKETS, *_LISTS)
