"""Contested facts of the live dialect: static documents, and the words that states share."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE_DOCUMENTS"]

LIVE_DOCUMENTS: Final[tuple[Quirk, ...]] = (
    Quirk(
        "live-suspended",
        ("SUSPENDED", "INTERRUPTED"),
        "Status of a tournament and of its round while play is suspended.",
        "table: both words are a tournament's, and nothing tells them apart",
    ),
    Quirk(
        "live-round-ended",
        ("by-page", "COMPLETED", "ENDED"),
        "Status of a round that is over: by-page has COMPLETED in the stroke-play leaderboard and"
        " ENDED elsewhere.",
        "sample: COMPLETED in the stroke-play leaderboard, ENDED in that of match play; tournaments"
        " and matches have ENDED",
    ),
    Quirk(
        "live-other-play",
        ("404", "empty"),
        "The stroke-play schedule of match play, the match-play schedule and squads of stroke play:"
        " an error, or an empty array.",
        "table: a path for each play, and endpoint_type of a tournament; nothing says what the"
        " other path answers",
    ),
    Quirk(
        "live-default-dates",
        ("no-dates", "no-parameters"),
        "Where the list of tournaments is of a month either side of today: without date_from and"
        " date_to, or only without any parameter.",
        "table: where none is given, and all four are told of in one breath",
    ),
    Quirk(
        "live-start-tee-time",
        ("null", "absent", "midnight"),
        "start_tee_time: that of the first group, null or absent until that is drawn, or always"
        " midnight at the venue.",
        "table: it is there; sample: 04:00Z four hours west of Greenwich, which is midnight; null"
        " is what the DDE feed has",
    ),
    Quirk(
        "live-external-id",
        ("always", "pga"),
        "tournament_external_id: of every tournament, or of those of the PGA tour only.",
        "table: optional, and required for the PGA",
    ),
    Quirk(
        "live-match-format",
        ("MATCH", "own"),
        "format of a tournament in match play: MATCH, or a word of its own such as RYDER_CUP.",
        "sample: STROKE in stroke play, for tournament, round and endpoint_type alike; none of"
        " match play",
    ),
    Quirk(
        "live-course-holes",
        ("present", "absent"),
        "holes in the details of a course, with the DDE feed's keys.",
        "sample: it breaks off after round_nu; sibling: the DDE feed has the holes of each round",
    ),
    Quirk(
        "live-venue",
        ("absent", "present"),
        "venue of a tournament, with its name.",
        "table: a venue is mentioned; its keys were not read",
    ),
    Quirk(
        "live-schedule-team",
        ("integer", "string"),
        "Teams of the stroke-play schedule: team_id a number and sr_team_id an sr:competitor, or"
        " a string and an sr:team.",
        "table: an integer, and all other documents have it so; sample: a string and sr:team,"
        " on this page only",
    ),
    Quirk(
        "live-start-time",
        ("date-time", "time"),
        "start_time of a group or match: 2025-04-10T12:10:00Z or 12:10Z.",
        "table: in UTC, beside a date, and that it is what startTime.time was",
    ),
)
