"""Contested facts of the REST documents."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["DOCUMENTS"]

DOCUMENTS: Final[tuple[Quirk, ...]] = (
    Quirk(
        "rest-course-id",
        ("integer", "string"),
        "Type of courseId in tournaments and schedules.",
        "table: integer; sample: string, but of packets only",
    ),
    Quirk(
        "tour-key",
        ("tourID", "tour_id"),
        "Spelling of the tour's id in a tournament.",
        "table: tourID; sibling: the successor's pages call the old key tour_id",
    ),
    Quirk(
        "tournament-format",
        ("StrokePlay", "Stroke"),
        "format of a tournament in stroke play.",
        "table: both words, and nothing that tells them apart",
    ),
    Quirk(
        "list-start-date",
        ("null", "date"),
        "startDate in the lists of tournaments; a single tournament always has it.",
        "table: returned as null; the note on dateFrom describes dates that are returned there",
    ),
    Quirk(
        "start-date",
        ("date", "date-time"),
        "Form of startDate and endDate: 2025-01-16 or 2025-01-16T00:00:00Z.",
        "table: a dash for the one, date for the other, and 2025-10-29 in a note; none of values",
    ),
    Quirk(
        "tee-boxes",
        ("array", "object"),
        "teeBoxes of a hole: an array, or one object where there is one tee.",
        "table: object; its text speaks of several tees at one tournament",
    ),
    Quirk(
        "external-id",
        ("prefixed", "suffixed"),
        "Ids of courses at their federation: PGA-6 or 6PGA.",
        "sibling: PGA-6 in the successor; table: the number joined with ET or PGA",
    ),
    Quirk(
        "historical-details",
        ("empty", "null"),
        "historicalDetails of a tournament that was never played before.",
        "table: an object with the id and name of earlier events; its keys were not recovered",
    ),
    Quirk(
        "tournaments-live",
        ("in-progress", "dates"),
        "Which tournaments are live: from the first stroke until the result is official, or from"
        " the first until the last planned day.",
        "none: the endpoint is named, and nothing says what live means",
    ),
    Quirk(
        "entry-team",
        ("teamNo", "teamId"),
        "Key of a team's number in the entry list.",
        "sample: teamNo in the newer one, teamId in the older; table: teamId",
    ),
    Quirk(
        "entry-pending",
        ("present", "absent"),
        "Whether a player of the entry list has pending, true while the entry awaits verification.",
        "table: in the youngest only; sample: too short to tell",
    ),
    Quirk(
        "entry-status",
        ("documented", "leaderboard"),
        "status of who did not start, or made the cut and did not finish: the nearest documented"
        " word (Withdrawn, MissedCut), or the leaderboard's own.",
        "table: nine words for entry lists, these two not among them",
    ),
    Quirk(
        "no-tour-id",
        ("null", "absent"),
        "Id at a tour that a player does not belong to.",
        "table: null; sample: not there in the oldest entry list",
    ),
    Quirk(
        "schedule-time",
        ("time", "date-time"),
        "startTime.time of a schedule: a time of day beside the date, or date and time.",
        "table: a date in UTC; sample: a time of day in the same object of liveevents",
    ),
    Quirk(
        "schedule-ids",
        ("present", "absent"),
        "Whether a schedule has groupId and externalCourseId.",
        "table: in the newer ones only",
    ),
    Quirk(
        "squads-stroke-play",
        ("array", "404", "204"),
        "Squads of a tournament in stroke play: an empty array, an error or nothing.",
        "table: for match play events only; nothing says what others get",
    ),
    Quirk(
        "player-ranking",
        ("absent", "null"),
        "Whether a player has europeanTourRanking, which is null.",
        "table: an object that is null for now; its key was not recovered",
    ),
    Quirk(
        "shots-before-official",
        ("404", "array", "204"),
        "Official shots before the round is official: an error, an empty array or nothing.",
        "table: compiled once the round is official; nothing says what comes before",
    ),
    Quirk(
        "shot-keys",
        ("own", "all"),
        "Whether an official shot has only the keys of its kind, or all, the others null.",
        "table: score is available with two kinds only; of the others nothing is said",
    ),
    Quirk(
        "blind-shot",
        ("blindShot", "blindshot"),
        "Spelling in the ballLie of official shots.",
        "table: blindShot here; sample: none here, the table of packets has blindshot",
    ),
    Quirk(
        "unknown-query",
        ("400", "ignored"),
        "A query parameter that the endpoint does not have.",
        "none: an error here, because a misspelt parameter is a client's mistake",
    ),
    Quirk(
        "unknown-id",
        ("404", "400", "204"),
        "HTTP status where there is no such tournament, round or team.",
        "none: no golf page has an error; sibling: the body has error and status",
    ),
)
