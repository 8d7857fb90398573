"""Who stands where: positions with ties, and the line of the cut."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from mockdde.scenario.model import RoundSpec

if TYPE_CHECKING:
    from mockdde.books import TeamBook

__all__ = ["Place", "cut_line", "standing"]

_TEN_STROKES = 10
# Who is out stands below all that play, in this order.
_OUT = (
    "MadeCutButDidNotFinish",
    "MissedCut",
    "Retired",
    "Withdrawn",
    "Disqualified",
    "DidNotStart",
    "Removed",
    "Unknown",
    "Alternate",
)
_RANKED = ("MadeCutButDidNotFinish", "MissedCut")  # of those that are out, these have a place


class Place(NamedTuple):
    """A line of the leaderboard: ``order`` from 1 without a gap, ``value`` shared on ties."""

    team: int
    order: int
    value: int
    tied: bool


def standing(teams: Iterable[TeamBook]) -> list[Place]:
    """All teams from top to bottom: by score to par, then in the order of the field.

    Who has not completed a hole yet stands below who has, and who is out below all others.
    """
    keyed = [(_key(team), team.team.no) for team in teams]
    keyed.sort(key=lambda each: each[0])  # stable: the order of the field
    counts: dict[tuple[int, int, int], int] = {}
    for key, _ in keyed:
        counts[key] = counts.get(key, 0) + 1
    places: list[Place] = []
    value = 0
    before: tuple[int, int, int] | None = None
    for order, (key, no) in enumerate(keyed, 1):
        if key != before:
            value, before = order, key
        places.append(Place(no, order, value, counts[key] > 1))
    return places


def _key(team: TeamBook) -> tuple[int, int, int]:
    if team.status in _OUT:
        rank = 2 + _OUT.index(team.status)
        return (rank, team.to_par if team.status in _RANKED else 0, 0)
    begun = any(book.lines for book in team.rounds.values())
    return (0 if begun else 1, team.to_par, 0 if team.won else 1)


def cut_line(teams: Collection[TeamBook], spec: RoundSpec) -> int | None:
    """The highest score to par that goes on by the round's rule; None before anybody has one."""
    scores = sorted(
        team.to_par
        for team in teams
        if team.status not in _OUT and any(book.lines for book in team.rounds.values())
    )
    if not scores:
        return None
    if spec.stays is None:
        return scores[0] + _TEN_STROKES
    return scores[min(spec.stays, len(scores)) - 1]
