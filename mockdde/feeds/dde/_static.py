"""What several REST documents share: who enters, which course, and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mockdde import log
from mockdde.books import Books, Change
from mockdde.feeds._static import day, person
from mockdde.golf import Group, Player
from mockdde.log import Event
from mockdde.moments import HOUR, local_clock
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook
from mockdde.world import Tournament

__all__ = [
    "Statuses",
    "course_id",
    "entrant",
    "feature_group",
    "names",
    "start_time",
    "tour_ids",
]

# The entry list's word for what only the leaderboard has one for (quirk entry-status).
_NEAREST = {"DidNotStart": "Withdrawn", "MadeCutButDidNotFinish": "MissedCut"}


# ── who ───────────────────────────────────────────────────────────────────────────────────────


def tour_ids(player: Player, quirks: Quirks) -> dict[str, str | int | None]:
    """The player's ids at the tours (quirks tour-ids and no-tour-id)."""
    texts = {
        "playerPGATourId": player.pga_id,
        "playerEuropeanTourId": player.european_id,
        "playerLPGATourId": player.lpga_id,
        "playerRandAId": player.randa_id,
    }
    whole, bare = quirks["tour-ids"] == "integer", quirks["no-tour-id"] == "absent"
    return {
        key: int(text) if text and whole else text
        for key, text in texts.items()
        if text or not bare
    }


def names(player: Player, *, known: bool = True) -> dict[str, str]:
    """A player's names, or ``Unknown`` where it is not verified who it is."""
    whole, first, last = person(player, known=known)
    return {"displayName": whole, "firstName": first, "lastName": last}


def entrant(team: TeamBook, player: Player, quirks: Quirks) -> dict[str, Any]:
    """A player of an entry list, a schedule or liveevents."""
    word = team.status
    if quirks["entry-status"] == "documented":
        word = _NEAREST.get(word, word)
    return {
        "playerId": player.id,
        **names(player, known=not team.pending),
        "country": player.country,
        "isAmateur": player.is_amateur,
        "status": word,
        **tour_ids(player, quirks),
    }


class Statuses:
    """A fold: what entry lists say of each team."""

    def __init__(self, world: Iterable[Books]) -> None:
        self._last = {
            (books, no): (team.status, team.pending)
            for books in world
            for no, team in books.teams.items()
        }

    def apply(self, books: Books, event: Event, change: Change) -> bool:
        """Take in an event after the books did; whether some player's entry is another one."""
        if change.match:
            first, second = (self._moved(books, no) for no in books.matches.all[change.match].teams)
            return first or second
        if not change.team:
            return isinstance(event.what, log.CutMade)
        return self._moved(books, change.team)

    def _moved(self, books: Books, no: int) -> bool:
        """Whether a team's entry is another one than when this was asked last."""
        team = books.teams[no]
        key, now = (books, no), (team.status, team.pending)
        before, self._last[key] = self._last[key], now
        return now != before


# ── where ─────────────────────────────────────────────────────────────────────────────────────


def course_id(course: int, quirks: Quirks) -> int | str:
    """A course's id in tournaments and schedules (quirk rest-course-id)."""
    return str(course) if quirks["rest-course-id"] == "string" else course


def feature_group(tournament: Tournament, quirks: Quirks) -> dict[str, bool]:
    """featureGroup of a group, where there is one (quirk feature-group)."""
    chosen = quirks["feature-group"]
    shows = chosen == "always" or (chosen == "pga" and tournament.tour == "PGA tour")
    return {"featureGroup": False} if shows else {}


# ── when ──────────────────────────────────────────────────────────────────────────────────────


def start_time(
    group: Group, tournament: Tournament, quirks: Quirks, *, whole: bool = False
) -> tuple[str, dict[str, str]]:
    """The day of a group's tee time, and startTime; ``whole``: its time has the day too.

    Both are in UTC or both in the venue's time (quirk start-time), so together they are a moment.
    """
    utc = quirks["start-time"] == "utc"
    offset = tournament.utc_offset
    date = day(group.tee_time if utc else group.tee_time + round(offset * HOUR))
    clock = local_clock(group.tee_time, offset, utc=utc)
    time = f"{date}T{clock[:5]}:00{clock[5:]}" if whole else clock
    return date, {"status": "StartsAt", "time": time}
