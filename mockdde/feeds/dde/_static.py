"""What several REST documents share: who enters, which course, when, and what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mockdde import log
from mockdde.books import Books, Change
from mockdde.errors import RequestError, nearest
from mockdde.golf import Course, Group, Player
from mockdde.log import Event
from mockdde.moments import HOUR, iso_millis, local_clock
from mockdde.quirks import Quirks
from mockdde.teambook import TeamBook
from mockdde.world import Tournament

__all__ = [
    "OUT",
    "Statuses",
    "absent",
    "course_id",
    "day",
    "entrant",
    "external_course_id",
    "feature_group",
    "federation",
    "find",
    "iso_seconds",
    "person",
    "start_time",
    "today",
    "tour_ids",
]

# Statuses of those who do not play on.
OUT = frozenset(
    {
        "Withdrawn",
        "Retired",
        "Disqualified",
        "DidNotStart",
        "MissedCut",
        "MadeCutButDidNotFinish",
        "Removed",
    }
)
# The entry list's word for what only the leaderboard has one for (quirk entry-status).
_NEAREST = {"DidNotStart": "Withdrawn", "MadeCutButDidNotFinish": "MissedCut"}
_FEDERATIONS = {"PGA tour": "PGA", "European Tour": "ET", "LPGA Tour": "LPGA"}


# ── what is asked for ─────────────────────────────────────────────────────────────────────────


def find(world: Sequence[Books], tournament: int, quirks: Quirks) -> Books:
    """The books of a tournament. RequestError where there is none of this id."""
    for books in world:
        if books.tournament.id == tournament:
            return books
    ids = [books.tournament.id for books in world]
    raise absent(quirks, f"there is no tournament {tournament} here{nearest(tournament, ids)}")


def absent(quirks: Quirks, sentence: str) -> RequestError:
    """The error of an id that is none (quirk unknown-id)."""
    return RequestError(int(quirks["unknown-id"]), sentence)


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


def person(player: Player, *, known: bool = True) -> dict[str, str]:
    """A player's names, or ``Unknown`` where it is not verified who it is."""
    return {
        "displayName": player.display_name if known else "Unknown",
        "firstName": player.first_name if known else "Unknown",
        "lastName": player.last_name if known else "Unknown",
    }


def entrant(team: TeamBook, player: Player, quirks: Quirks) -> dict[str, Any]:
    """A player of an entry list, a schedule or liveevents."""
    word = team.status
    if quirks["entry-status"] == "documented":
        word = _NEAREST.get(word, word)
    return {
        "playerId": player.id,
        **person(player, known=not team.pending),
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


def federation(tournament: Tournament) -> str:
    """The short name of who holds the tournament: ``ET``, ``PGA`` or ``LPGA``."""
    return _FEDERATIONS[tournament.tour]


def external_course_id(tournament: Tournament, course: Course) -> str:
    """A course's id at its federation, such as ``PGA-6`` (quirk external-id)."""
    short = federation(tournament)
    suffixed = tournament.quirks["external-id"] == "suffixed"
    return f"{course.id}{short}" if suffixed else f"{short}-{course.id}"


def feature_group(tournament: Tournament, quirks: Quirks) -> dict[str, bool]:
    """featureGroup of a group, where there is one (quirk feature-group)."""
    chosen = quirks["feature-group"]
    shows = chosen == "always" or (chosen == "pga" and tournament.tour == "PGA tour")
    return {"featureGroup": False} if shows else {}


# ── when ──────────────────────────────────────────────────────────────────────────────────────


def day(moment: int) -> str:
    """The day in UTC, ``2025-01-16``, of milliseconds since 1970."""
    return iso_millis(moment)[:10]


def iso_seconds(moment: int) -> str:
    """To the second: ``2025-01-16T16:30:00Z``."""
    return f"{iso_millis(moment)[:19]}Z"


def today(books: Books) -> str:
    """The day of play; before anything happened that of the first planned tee time."""
    tournament = books.tournament
    return day(books.moment or tournament.planned(tournament.scenario.rounds[0].no))


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
