"""A tournament as REST tells it: dates, rounds, courses with the tees and pins of each round."""

from __future__ import annotations

from typing import Any

from mockdde import golf
from mockdde.books import Books, Change
from mockdde.feeds._static import (
    ends,
    external_course_id,
    external_id,
    first_tee_time,
    holes_on,
    iso_seconds,
    rounds_on,
    starts,
)
from mockdde.feeds.dde._static import course_id
from mockdde.golf import Course, Hole, Point
from mockdde.moments import HOUR
from mockdde.world import Tournament

__all__ = ["Days", "tournament_object"]

_DAY = 24 * HOUR


class Days:
    """A fold: the day of play of each tournament, and what of its groups is drawn."""

    def __init__(self) -> None:
        self._last: dict[Books, tuple[int, str]] = {}
        self._midnight: dict[Books, int] = {}  # until then only what a board shows matters

    def apply(self, books: Books, change: Change) -> bool:
        """Take in an event; whether what lists of tournaments show may be another one now."""
        if not change.board and books.moment < self._midnight.get(books, 0):
            return False
        day_no = books.moment // _DAY
        now, before = (day_no, books.status), self._last.get(books)
        self._last[books], self._midnight[books] = now, (day_no + 1) * _DAY
        return now != before or bool(change.draw)


def tournament_object(books: Books, *, listed: bool) -> dict[str, Any]:
    """The object; ``listed``: it is one of a list, where startDate is null (list-start-date)."""
    tournament, quirks = books.tournament, books.tournament.quirks
    spec, main = tournament.scenario.tournament, tournament.courses[0]
    hidden = listed and quirks["list-start-date"] == "null"
    nothing_before: dict[str, Any] | None = None if quirks["historical-details"] == "null" else {}
    return {
        "format": _format(tournament),
        "tour": tournament.tour,
        quirks["tour-key"]: golf.TOURS[tournament.tour],
        "name": tournament.name,
        "id": tournament.id,
        "startDate": None if hidden else _date(tournament, starts(tournament)),
        "endDate": _date(tournament, ends(tournament)),
        "startTeeTime": _first_tee_time(books),
        "countryCode": spec.country,
        "utcOffset": float(spec.utc_offset),
        "year": int(starts(tournament)[:4]),
        "rounds": [_round(books, no) for no in books.rounds],
        "golfCourses": [_course(books, each) for each in tournament.courses],
        "venue": spec.venue or main.name,
        "mainGolfCourseId": course_id(main.id, quirks),
        "mainGolfCourseName": main.name,
        "mainExternalGolfCourseId": external_course_id(tournament, main),
        "externalId": external_id(tournament),
        "tournamentDataStatus": spec.data_status,
        "mainGolfCourseAssetId": str(main.id),
        "historicalDetails": nothing_before,
    }


def _format(tournament: Tournament) -> str:
    """What is played: stroke play has two words, and match play one that other pages go by."""
    quirks = tournament.quirks
    if not tournament.is_match_play:
        return quirks["tournament-format"]
    return "Match" if quirks["match-format"] == "Match" else tournament.scenario.tournament.format


def _date(tournament: Tournament, date: str) -> str:
    return f"{date}T00:00:00Z" if tournament.quirks["start-date"] == "date-time" else date


def _first_tee_time(books: Books) -> str | None:
    moment = first_tee_time(books)
    return None if moment is None else iso_seconds(moment)


def _round(books: Books, no: int) -> dict[str, Any]:
    spec, quirks = books.specs.get(no), books.tournament.quirks
    matches = books.tournament.is_match_play
    kind = "MatchPlay" if matches else "StrokePlay"
    if spec is not None and spec.points is not None:
        kind = quirks["pool-round-type"]
    return {
        "roundNo": no,
        "roundType": kind,
        "format": spec.play if spec is not None else "REGULAR",
        "isPlayOff": golf.is_playoff(no),
        "scoring": quirks["round-scoring"] if matches else "AggregatedStrokes",
        "advancementRule": _match_rule(books, no) if matches else _advancement(books, no),
    }


def _match_rule(books: Books, no: int) -> str:
    """The rule as the scenario has it; a play-off match is played to a winner."""
    spec = books.specs.get(no)
    if spec is None:
        return "KNOCK_OUT"
    final = books.tournament.quirks["last-match-round"] == "FINAL" or spec.advance == "ALL_QUALIFY"
    return "FINAL" if final and spec is list(books.specs.values())[-1] else spec.advance


def _advancement(books: Books, no: int) -> str:
    """The rule as the scenario has it; nobody goes on after the last round."""
    spec = books.specs.get(no)
    if spec is None or (spec is list(books.specs.values())[-1] and not spec.cuts):
        return "FINAL"
    if spec.cut is not None and spec.advance == "ALL_QUALIFY":
        return "OTHER"  # a number of its own, which no rule has
    return spec.advance


# ── courses ───────────────────────────────────────────────────────────────────────────────────


def _course(books: Books, course: Course) -> dict[str, Any]:
    tournament = books.tournament
    return {
        "courseName": course.name,
        "courseId": course_id(course.id, tournament.quirks),
        "isMain": course.id == tournament.courses[0].id,
        "courseDetails": [_details(tournament, course, no) for no in rounds_on(books, course)],
        "externalCourseID": external_course_id(tournament, course),
        "scoringLevel": golf.SCORING_LEVELS[course.scoring],
        "scoringType": course.scoring,
    }


def _details(tournament: Tournament, course: Course, no: int) -> dict[str, Any]:
    one_tee = tournament.quirks["tee-boxes"] == "object"
    return {
        "roundNo": no,
        "holes": [
            _hole(hole, official, one_tee=one_tee)
            for hole, official in holes_on(tournament, course, no)
        ],
    }


def _hole(hole: Hole, official: Hole, *, one_tee: bool) -> dict[str, Any]:
    tee = {**_place(hole.tee), "colour": "White"}
    return {
        "holeNo": hole.no,
        "officialYardage": golf.yards(official.metres),
        "actualYardage": golf.yards(hole.metres),
        "officialMetres": float(official.metres),
        "actualMetres": float(hole.metres),
        "par": hole.par,
        "isOfficialDrivingHole": official.driving,
        "displayName": str(hole.no),
        "isStreaming": False,
        "teeBoxes": tee if one_tee else [tee],
        "pinPlacement": _place(hole.pin),
        "stimpReading": None,
    }


def _place(point: Point) -> dict[str, float]:
    return {"x": point.x, "y": point.y, "z": point.z}
