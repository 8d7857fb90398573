"""Schedules of the live dialect: groups of stroke play, matches of match play."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds import is_of, play_of
from mockdde.feeds._static import Slot, day, group_status, iso_seconds
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._static import Pending, team
from mockdde.golf import Group
from mockdde.log import Event
from mockdde.quirks import Quirks

__all__ = ["STATUSES", "Drawn", "slot_keys"]

STATUSES: Final = {
    "NotStarted": "NOT_STARTED",
    "InProgress": "IN_PROGRESS",
    "Finished": "ENDED",
}


class Drawn:
    """A fold: the groups of each tournament of a play, and how far each of them is."""

    def __init__(self, world: Sequence[Books], feed: Any) -> None:
        mine = [each for each in world if is_of(feed, play_of(each.tournament))]
        self._pending = Pending(world)
        self._groups: dict[Books, tuple[Group, ...]] = {each: _groups(each) for each in mine}
        self._statuses = {
            (books, group): group_status(books, group)
            for books, groups in self._groups.items()
            for group in groups
        }

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event after the books did; whether the schedule is another one now."""
        if books not in self._groups or not change.board:
            return False
        drawn = bool(change.draw) and self._draw(books)
        named = self._pending.apply(books, event)
        return self._turn(books, event, change) or drawn or named

    def _draw(self, books: Books) -> bool:
        before, now = self._groups[books], _groups(books)
        self._groups[books] = now
        for group in set(before) - set(now):
            del self._statuses[books, group]
        return now != before

    def _turn(self, books: Books, event: Event, change: Change) -> bool:
        """Whether a group is further, or not so far, than it was."""
        everybody = bool(change.draw) or isinstance(event.what, log.CutMade)
        turned = False
        for group in self._groups[books]:
            of_match = bool(change.match) and group.match == change.match
            if everybody or of_match or (change.team and change.team in group.teams):
                now = group_status(books, group)
                turned |= self._statuses.get((books, group)) != now
                self._statuses[books, group] = now
        return turned


def _groups(books: Books) -> tuple[Group, ...]:
    return tuple(group for book in books.rounds.values() for group in book.groups)


def slot_keys(books: Books, ids: Ids, slot: Slot) -> dict[str, Any]:
    """What follows the ids of a group or match."""
    group, quirks = slot.group, books.tournament.quirks
    return {
        "date": day(group.tee_time),
        "round_number": group.round,
        "starting_hole_number": group.tee,
        "position_in_sequence_of_groups_on_tee": slot.place,
        "status": STATUSES[group_status(books, group)],
        "start_time": _start_time(group.tee_time, quirks),
        "teams": [team(books.teams[no], ids) for no in group.teams],
    }


def _start_time(moment: int, quirks: Quirks) -> str:
    whole = iso_seconds(moment)
    return whole if quirks["live-start-time"] == "date-time" else f"{whole[11:16]}Z"
