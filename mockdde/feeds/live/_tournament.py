"""A tournament of the live dialect: dates, rounds, courses with the holes of each round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from mockdde import golf
from mockdde.books import Books, Change, RoundBook
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
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._statuses import round_status, tournament_status
from mockdde.golf import Course, Hole, Point
from mockdde.moments import HOUR
from mockdde.world import Tournament

__all__ = ["DATA_TYPES", "Turns", "data_type", "tournament_object"]

_DAY: Final = 24 * HOUR
DATA_TYPES: Final = ("SCHEDULED", "TEST")
# The successor has no word for a simulation, which is no real golf either. What is disabled is in
# no list there; who knows its number gets it with the old word.
_DATA_TYPES: Final = {
    "Scheduled": "SCHEDULED",
    "Test": "TEST",
    "Simulation": "TEST",
    "Disabled": "DISABLED",
}
# The DDE feed's words in the successor's spelling (quirk live-match-format).
_OWN_FORMATS: Final = {
    "Match": "MATCH",
    "RyderCup": "RYDER_CUP",
    "HeroCup": "HERO_CUP",
    "TeamMatch": "TEAM_MATCH",
    "MatchPlay5Days": "MATCH_PLAY_5_DAYS",
    "MatchPlay4Days": "MATCH_PLAY_4_DAYS",
}


def data_type(tournament: Tournament) -> str:
    """Whether it is a real tournament, in the words of a query."""
    return _DATA_TYPES[tournament.scenario.tournament.data_status]


class Turns:
    """A fold: what of each tournament its documents tell and events change."""

    def __init__(self, world: Sequence[Books]) -> None:
        self._last = {books: (_statuses(books), first_tee_time(books)) for books in world}

    def apply(self, books: Books, change: Change) -> bool:
        """Take in an event after the books did; whether the tournament is another one now."""
        if not change.board:
            return False
        before = self._last[books]
        now = (_statuses(books), first_tee_time(books) if change.draw else before[1])
        self._last[books] = now
        return now != before


def _statuses(books: Books) -> tuple[object, ...]:
    """Of the tournament, and of its rounds."""
    of_rounds = (each for book in books.rounds.values() for each in (book.no, _status(books, book)))
    return (tournament_status(books), *of_rounds)


def _status(books: Books, book: RoundBook) -> str:
    return round_status(book, books.tournament.quirks, "tournament")


def tournament_object(books: Books) -> dict[str, Any]:
    """The object, in a list and alone; its keys in the order of the sample."""
    tournament, ids = books.tournament, Ids(books.tournament)
    spec, quirks = tournament.scenario.tournament, tournament.quirks
    play = "MATCH" if tournament.is_match_play else "STROKE"
    own = play == "MATCH" and quirks["live-match-format"] == "own"
    offset = spec.utc_offset
    return {
        "tour": {
            "sr_tour_id": urn("stage", ids.tour),
            "tour_id": ids.tour,
            "name": tournament.tour,
        },
        "sr_tournament_id": urn("stage", tournament.id),
        "tournament_id": tournament.id,
        **_external_id(tournament),
        "name": tournament.name,
        "season": int(starts(tournament)[:4]),
        "status": tournament_status(books),
        "start_date": starts(tournament),
        "end_date": ends(tournament),
        **_start_tee_time(books),
        "country_code": spec.country,
        "utc_offset": int(offset) if float(offset).is_integer() else offset,
        "format": _OWN_FORMATS[spec.format] if own else play,
        "endpoint_type": play,
        "data_type": data_type(tournament),
        "rounds": [_round(books, ids, book, play) for book in books.rounds.values()],
        "golf_courses": [_course(books, each) for each in tournament.courses],
        **_venue(tournament),
    }


def _external_id(tournament: Tournament) -> dict[str, str]:
    if tournament.quirks["live-external-id"] == "pga" and tournament.tour != "PGA tour":
        return {}
    return {"tournament_external_id": external_id(tournament)}


def _start_tee_time(books: Books) -> dict[str, str | None]:
    """``start_tee_time`` as quirk live-start-tee-time has it."""
    chosen = books.tournament.quirks["live-start-tee-time"]
    moment = first_tee_time(books)
    if chosen == "midnight":
        tournament = books.tournament
        offset = round(tournament.utc_offset * HOUR)
        planned = tournament.planned(tournament.scenario.rounds[0].no)
        moment = (planned + offset) // _DAY * _DAY - offset
    if moment is None:
        return {} if chosen == "absent" else {"start_tee_time": None}
    return {"start_tee_time": iso_seconds(moment)}


def _venue(tournament: Tournament) -> dict[str, dict[str, str]]:
    """The page mentions a venue; what is in it was not read (quirk live-venue)."""
    if tournament.quirks["live-venue"] == "absent":
        return {}
    name = tournament.scenario.tournament.venue or tournament.courses[0].name
    return {"venue": {"name": name}}


def _round(books: Books, ids: Ids, book: RoundBook, play: str) -> dict[str, Any]:
    """A round; a playoff once it is drawn.

    The sample has STROKE for ``format`` and REGULAR for ``type``: the DDE feed has words like these
    the other way round, so foursomes and fourballs are types here.
    """
    number = ids.round(book.no)
    spec = books.specs.get(book.no)
    return {
        "round_id": number,
        "sr_round_id": urn("stage", number),
        "number": book.no,
        "format": play,
        "type": spec.play if spec is not None else "REGULAR",
        "status": _status(books, book),
        "is_playoff": golf.is_playoff(book.no),
    }


# ── courses ───────────────────────────────────────────────────────────────────────────────────


def _course(books: Books, course: Course) -> dict[str, Any]:
    tournament = books.tournament
    return {
        "name": course.name,
        "course_id": course.id,
        "sr_course_id": urn("venue", course.id),
        "external_course_id": external_course_id(tournament, course),
        "is_main": course.id == tournament.courses[0].id,
        "details": [_details(tournament, course, no) for no in rounds_on(books, course)],
    }


def _details(tournament: Tournament, course: Course, no: int) -> dict[str, Any]:
    """The sample breaks off in the first key; the holes are the DDE feed's, in snake case."""
    if tournament.quirks["live-course-holes"] == "absent":
        return {"round_number": no}
    holes = holes_on(tournament, course, no)
    return {"round_number": no, "holes": [_hole(hole, official) for hole, official in holes]}


def _hole(hole: Hole, official: Hole) -> dict[str, Any]:
    return {
        "hole_number": hole.no,
        "official_yardage": golf.yards(official.metres),
        "actual_yardage": golf.yards(hole.metres),
        "official_metres": float(official.metres),
        "actual_metres": float(hole.metres),
        "par": hole.par,
        "is_official_driving_hole": official.driving,
        "display_name": str(hole.no),
        "is_streaming": False,
        "tee_boxes": [{**_place(hole.tee), "colour": "White"}],
        "pin_placement": _place(hole.pin),
        "stimp_reading": None,
    }


def _place(point: Point) -> dict[str, float]:
    return {"x": point.x, "y": point.y, "z": point.z}
