"""What static documents tell, in both dialects: when, where, who, and how far a group is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from mockdde.books import Books
from mockdde.golf import Course, Group, Hole, Player
from mockdde.moments import iso_millis
from mockdde.world import Tournament

__all__ = [
    "OUT",
    "Slot",
    "day",
    "ends",
    "everybody",
    "external_course_id",
    "external_id",
    "first_tee_time",
    "group_status",
    "holes_on",
    "in_order_of_start",
    "is_near",
    "iso_seconds",
    "person",
    "rounds_on",
    "slots",
    "starts",
    "today",
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
_FEDERATIONS = {"PGA tour": "PGA", "European Tour": "ET", "LPGA Tour": "LPGA"}


# ── when ──────────────────────────────────────────────────────────────────────────────────────


def day(moment: int) -> str:
    """The day in UTC, ``2025-01-16``, of milliseconds since 1970."""
    return iso_millis(moment)[:10]


def iso_seconds(moment: int) -> str:
    """To the second: ``2025-01-16T16:30:00Z``."""
    return f"{iso_millis(moment)[:19]}Z"


def starts(tournament: Tournament) -> str:
    """The day of the first planned tee time."""
    return day(tournament.planned(tournament.scenario.rounds[0].no))


def ends(tournament: Tournament) -> str:
    """The day of the first planned tee time of the last round."""
    return day(tournament.planned(tournament.scenario.rounds[-1].no))


def in_order_of_start(world: Iterable[Books]) -> list[Books]:
    """As lists of tournaments have them."""
    return sorted(world, key=lambda each: (starts(each.tournament), each.tournament.id))


def today(books: Books) -> str:
    """The day of play; before anything happened that of the first planned tee time."""
    tournament = books.tournament
    return day(books.moment or tournament.planned(tournament.scenario.rounds[0].no))


def is_near(books: Books) -> bool:
    """Whether a tournament starts within a month either side of its own day.

    Each tournament of a mock has a play clock of its own, so it is the day that this has reached.
    """
    now = date.fromisoformat(today(books))
    return _months(now, -1) <= starts(books.tournament) <= _months(now, 1)


def _months(of: date, by: int) -> str:
    """The same day of a month before or after, or that month's last day."""
    month = of.year * 12 + of.month - 1 + by
    for back in range(of.day):
        try:
            return date(month // 12, month % 12 + 1, of.day - back).isoformat()
        except ValueError:
            continue
    raise AssertionError("every month has a first day")


def first_tee_time(books: Books) -> int | None:
    """That of the first round, once it is drawn (milliseconds since 1970)."""
    groups = next(iter(books.rounds.values())).groups
    return min(each.tee_time for each in groups) if groups else None


# ── where ─────────────────────────────────────────────────────────────────────────────────────


def external_id(tournament: Tournament) -> str:
    """The form of the successor's sample, PGA-R2025002: federation, year, number of the event."""
    year = starts(tournament)[:4]
    return f"{_FEDERATIONS[tournament.tour]}-R{year}{tournament.id % 1000:03}"


def external_course_id(tournament: Tournament, course: Course) -> str:
    """A course's id at its federation, such as ``PGA-6`` (quirk external-id)."""
    short = _FEDERATIONS[tournament.tour]
    suffixed = tournament.quirks["external-id"] == "suffixed"
    return f"{course.id}{short}" if suffixed else f"{short}-{course.id}"


def rounds_on(books: Books, course: Course) -> list[int]:
    """The rounds that are played on a course, and playoffs once they are drawn."""
    courses_of = books.tournament.courses_of
    return [no for no in books.rounds if course.id in (each.id for each in courses_of(no))]


def holes_on(tournament: Tournament, course: Course, no: int) -> Iterator[tuple[Hole, Hole]]:
    """Each hole of a course as it is in a round, and as it officially is."""
    holes = tournament.holes(no, course.id)
    return ((holes[number], official) for number, official in course.holes.items())


# ── who ───────────────────────────────────────────────────────────────────────────────────────


def everybody(world: Iterable[Books]) -> list[Player]:
    """The players of all tournaments, each once, in the order of ids."""
    found: dict[int, Player] = {}
    for books in world:
        for team in books.tournament.teams.values():
            for each in team.players:
                found.setdefault(each.id, each)
    return [found[no] for no in sorted(found)]


def person(player: Player, *, known: bool = True) -> tuple[str, str, str]:
    """A player's name whole, the first and the last one; ``Unknown`` until it is verified."""
    if not known:
        return "Unknown", "Unknown", "Unknown"
    return player.display_name, player.first_name, player.last_name


# ── groups ────────────────────────────────────────────────────────────────────────────────────


class Slot(NamedTuple):
    """A group or match of a schedule; it is the ``place``-th on its tee, from 1."""

    group: Group
    course: Course
    place: int


def slots(books: Books) -> Iterator[Slot]:
    """The groups of all rounds drawn so far, in the order of play and of the draw."""
    courses = {each.id: each for each in books.tournament.courses}
    for book in books.rounds.values():
        on_tee: Counter[tuple[int, int]] = Counter()
        for group in book.groups:
            course = courses.get(group.course, books.tournament.courses[0])
            on_tee[course.id, group.tee] += 1
            yield Slot(group, course, on_tee[course.id, group.tee])


def group_status(books: Books, group: Group) -> str:
    """NotStarted until the first of its teams starts, Finished once none plays any more."""
    if group.match:
        match = books.matches.all[group.match]
        started, finished = match.started, match.finished
    else:
        started, finished = _started(books, group), _finished(books, group)
    if finished:
        return "Finished"
    return "InProgress" if started else "NotStarted"


def _started(books: Books, group: Group) -> bool:
    of_round = (books.teams[no].rounds.get(group.round) for no in group.teams)
    return any(book.started for book in of_round if book is not None)


def _finished(books: Books, group: Group) -> bool:
    for no in group.teams:
        team = books.teams[no]
        book = team.rounds.get(group.round)
        started, finished = (book.started, book.finished) if book else (False, False)
        # Who left before the first tee will not finish; who left later still has a RoundFinished.
        if not finished and (started or team.status not in OUT):
            return False
    return True
