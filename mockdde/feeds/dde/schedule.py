"""schedule: the groups of a tournament and their tee times, of all rounds drawn so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds.dde._query import check_names
from mockdde.feeds.dde._static import (
    OUT,
    Statuses,
    course_id,
    entrant,
    external_course_id,
    feature_group,
    find,
    start_time,
)
from mockdde.golf import Course, Group
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.quirks import Quirks

__all__ = ["FEED", "Schedule"]


class Schedule:
    """One element a group or match, flat over all rounds, in the order of play and of the draw."""

    NAME: ClassVar[str] = "dde/schedule"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/schedule"
    KIND: ClassVar[str] = "document"
    ABOUT: ClassVar[str] = "The groups and tee times of all rounds that are drawn."
    QUERY: ClassVar[tuple[Parameter, ...]] = ()

    def __init__(self, world: Sequence[Books], quirks: Quirks) -> None:
        self._world = world
        self._quirks = quirks
        self._statuses = Statuses(world)

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event; true at a draw, and when a team starts, finishes or leaves.

        And whenever a match is another one, for a finished one may be undecided again.
        """
        moved = self._statuses.apply(books, event, change)
        turns = isinstance(event.what, log.RoundStarted | log.RoundFinished)
        return moved or turns or bool(change.draw or change.match)

    def document(self, params: Mapping[str, int], query: Mapping[str, str]) -> list[dict[str, Any]]:
        """The groups. RequestError where there is no such tournament."""
        check_names(query, self.QUERY, self._quirks)
        books = find(self._world, params["tournament"], self._quirks)
        courses = {each.id: each for each in books.tournament.courses}
        found = []
        for book in books.rounds.values():
            on_tee: Counter[tuple[int, int]] = Counter()
            for group in book.groups:
                course = courses.get(group.course, books.tournament.courses[0])
                on_tee[course.id, group.tee] += 1
                found.append(_element(books, group, course, on_tee[course.id, group.tee]))
        return found


def _element(books: Books, group: Group, course: Course, place: int) -> dict[str, Any]:
    """A group; it is the ``place``-th on its tee, from 1."""
    tournament, quirks = books.tournament, books.tournament.quirks
    whole = quirks["schedule-time"] == "date-time"
    date, time = start_time(group, tournament, quirks, whole=whole)
    ids: dict[str, Any] = {}
    if quirks["schedule-ids"] == "present":
        ids = {"groupId": group.id, "externalCourseId": external_course_id(tournament, course)}
    return {
        "date": date,
        "round": group.round,
        "hole": group.tee,
        "teeSeq": place,
        "courseId": course_id(course.id, quirks),
        "courseName": course.name,
        "status": _status(books, group),
        "matchType": "Matchplay" if group.match else "Strokeplay",
        "bookingStatus": "Booked",
        "startTime": time,
        **ids,
        **({"poolNo": group.pool} if group.pool else {}),
        "group": {
            **feature_group(tournament, quirks),
            "groupNo": group.no,
            **({quirks["schedule-match-key"]: group.match} if group.match else {}),
            "teams": [
                {
                    "teamNo": no,
                    "orderOfPlayWithinGroup": order,
                    "players": [
                        entrant(books.teams[no], each, quirks)
                        for each in books.teams[no].team.players
                    ],
                }
                for order, no in enumerate(group.teams)
            ],
        },
    }


def _status(books: Books, group: Group) -> str:
    """NotStarted until the first of its teams starts, Finished once none plays any more."""
    if group.match:
        return _status_of(books.matches.all[group.match])
    started = done = 0
    for no in group.teams:
        book = books.teams[no].rounds.get(group.round)
        has_started, has_finished = (book.started, book.finished) if book else (False, False)
        started += has_started
        # Who left before the first tee will not finish; who left later still has a RoundFinished.
        done += has_finished or (not has_started and books.teams[no].status in OUT)
    if done == len(group.teams):
        return "Finished"
    return "InProgress" if started else "NotStarted"


def _status_of(match: MatchBook) -> str:
    if match.finished:
        return "Finished"
    return "InProgress" if match.started else "NotStarted"


FEED: type[DocumentFeed] = Schedule
