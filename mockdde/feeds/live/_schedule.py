"""Schedules of the live dialect: groups of stroke play, matches of match play."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
        self._groups = {each: _Groups(each) for each in mine}
        self._pending = Pending(mine)

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event after the books did; whether the schedule is another one now."""
        groups = self._groups.get(books)
        if groups is None or not change.board:
            return False
        if change.draw:
            return groups.draw()
        named = self._pending.apply(books, event)
        if isinstance(event.what, log.CutMade):
            return groups.turn(groups.all)
        return groups.turn(groups.of[change.team, change.match]) or named


class _Groups:
    """The groups of a tournament, and how far each of them was when it was asked last."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.all: tuple[Group, ...] = ()
        self.of: defaultdict[tuple[int, int], list[Group]] = defaultdict(list)  # team, match
        self._statuses: dict[Group, str] = {}
        self.draw()

    def draw(self) -> bool:
        """Take in a draw; whether the groups are other ones now."""
        before = self.all
        self.all = tuple(group for book in self._books.rounds.values() for group in book.groups)
        self._statuses = {each: self._statuses.get(each, "") for each in self.all}
        self.of.clear()
        for group in self.all:
            for key in [(0, group.match)] if group.match else [(no, 0) for no in group.teams]:
                self.of[key].append(group)
        return self.turn(self.all) or self.all != before

    def turn(self, groups: Iterable[Group]) -> bool:
        """Whether one of these is further now, or not so far as it was."""
        turned = False
        for each in groups:
            now = group_status(self._books, each)
            turned |= now != self._statuses[each]
            self._statuses[each] = now
        return turned


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
