"""Contested facts of the live dialect: its events and ids."""

from __future__ import annotations

from typing import Final

from mockdde.quirks._quirk import Quirk

__all__ = ["LIVE"]

LIVE: Final[tuple[Quirk, ...]] = (
    Quirk(
        "live-ids",
        ("own", "dde"),
        "team_id, squad_id, round_id and match_id: numbers of their own, or those of the DDE feed.",
        "sample: the number is the tail of an SR id, and one kind of SR id is of teams, players and"
        " squads alike; table: team_id is said to be what teamNo was",
    ),
    Quirk(
        "live-lies",
        ("events", "stroke", "absent"),
        "Where a ball came to rest: events ApproximateLie and DetailedLie; ball_lie of"
        " StrokeExecuted, which is updated; or nowhere.",
        "none: the page says that strokes have further events, and was not read beyond two",
    ),
    Quirk(
        "live-provisional",
        ("event", "absent"),
        "Which ball counts after a provisional one: an event ProvisionalBallSelected, or nothing"
        " but the strokes of the hole that ended.",
        "none: no page that was read has one",
    ),
    Quirk(
        "live-suspension",
        ("status", "events"),
        "Play that is suspended: only in the status of the tournament, or also as events"
        " SportEventSuspended and SportEventResumed.",
        "table: SUSPENDED is a status of a tournament; no page that was read has an event",
    ),
    Quirk(
        "live-asides",
        ("absent", "events"),
        "Connection states, referees and hammers: no events, or events with the DDE feed's names.",
        "none: no page that was read has one",
    ),
    Quirk(
        "live-started-ids",
        ("absent", "present"),
        "sr_team_id and sr_course_id of SportEventStarted.",
        "sample: absent; table: all other events have them",
    ),
    Quirk(
        "live-hole-sequence",
        ("played", "course"),
        "hole_sequence: the hole's place in the order the team plays, or on the course.",
        "table: order on the course, and that it is what holeOrder was, which is the order of play;"
        " one sample has hole 3 with 1, another with 3",
    ),
    Quirk(
        "live-fairway-wood",
        ("FAIRY", "FAIRWAY"),
        "club_type of a fairway wood, before _WOOD.",
        "table: FAIRY_WOOD is one of three examples; it may be a slip of the page",
    ),
    Quirk(
        "live-gimme",
        ("stroke", "holed"),
        "The stroke that is given: a StrokeExecuted and a BallHoled, or only the BallHoled.",
        "none: the DDE feed counts it as a stroke",
    ),
    Quirk(
        "live-match-conceded",
        ("RESIGNED", "HOLE_CONCEDED", "OTHER"),
        "end_reason of the hole on which a side gives up its match.",
        "none: the list of reasons has no word for a match",
    ),
    Quirk(
        "live-event-time",
        ("kept", "moved"),
        "event_time of an UPDATE: that of the first version, or that of what was said again.",
        "none: it is when it happened on the course, and created_at is the version's",
    ),
    Quirk(
        "live-running-score",
        ("updated", "kept"),
        "sport_event_score_to_par of holes that ended after one that is corrected: updated too, or"
        " left as they were told.",
        "none",
    ),
)
