"""schedule: the groups of a tournament and their tee times, of all rounds drawn so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds import DocumentFeed, Parameter
from mockdde.feeds._asked import check_names, find
from mockdde.feeds._static import external_course_id, group_status, slots
from mockdde.feeds.dde._static import Statuses, course_id, entrant, feature_group, start_time
from mockdde.golf import Course, Group
from mockdde.log import Event
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
        return [_element(books, *each) for each in slots(books)]


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
        "status": group_status(books, group),
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


FEED: type[DocumentFeed] = Schedule
