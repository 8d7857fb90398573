"""Who stands where: positions with ties, and the line of the cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from mockdde.golf import cut_line
from mockdde.scenario.model import RoundSpec

if TYPE_CHECKING:
    from mockdde.books import TeamBook

__all__ = ["OUT", "RANKED", "Place", "Ranking"]

# Who is out stands below all that play, in this order.
OUT = (
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
RANKED = OUT[:2]  # of those that are out, these have a place among their like
_RANKS = {status: rank for rank, status in enumerate(OUT, 2)}
# A key is one number, because sorting by tuples takes three times as long: rank, to par, won.
_RANK, _PAR, _LEVEL = 1_000_000, 10, 50_000


class Place(NamedTuple):
    """A line of the leaderboard: ``order`` from 1 without a gap, ``value`` shared on ties."""

    team: int
    order: int
    value: int
    tied: bool


class Ranking:
    """All teams from top to bottom: by score to par, then in the order of the field.

    Who has not completed a hole yet stands below who has, and who is out below all others. The
    keys of teams are kept: only those of ``changed`` are worked out again.
    """

    def __init__(self, teams: Mapping[int, TeamBook]) -> None:
        """``teams`` by number, in the order of the field."""
        self._teams = teams
        self._keys = {no: _key(team) for no, team in teams.items()}
        self._places: list[Place] | None = None
        self._kept: list[Place] = []  # the last ones, which most of the next will be
        self._cut: tuple[int, int | None] | None = None  # of a round

    def changed(self, team: int) -> None:
        """The score or the status of a team is another one now."""
        key = _key(self._teams[team])
        if key != self._keys[team]:
            self._keys[team] = key
            self._places = self._cut = None

    def changed_all(self) -> None:
        """Those of many are."""
        for team in self._teams:
            self.changed(team)

    def places(self) -> list[Place]:
        """The leaderboard; the same list as long as nothing moves."""
        if self._places is None:
            self._places = self._kept = _ranked(self._keys, self._kept)
        return self._places

    def cut(self, spec: RoundSpec) -> int | None:
        """The highest score to par that goes on by a round's rule; None before anybody has one."""
        if self._cut is None or self._cut[0] != spec.no:
            scores = [key // _PAR - _LEVEL for key in self._keys.values() if key < _RANK]
            self._cut = (spec.no, cut_line(scores, spec.stays))
        return self._cut[1]


def _ranked(keys: Mapping[int, int], old: Sequence[Place] = ()) -> list[Place]:
    """Places by keys; what is equal is tied, in the order of the mapping.

    Those of ``old`` that still hold are taken from there: whoever looks for what has moved finds
    the others by their identity.
    """
    counts = Counter(keys.values())
    places: list[Place] = []
    value, tied = 0, False
    last: int | None = None
    pairs = zip_longest(sorted(keys, key=keys.__getitem__), old)
    for order, (team, before) in enumerate(pairs, 1):
        key = keys[team]
        if key != last:
            value, last, tied = order, key, counts[key] > 1
        if before is not None and before[0] == team and before[2] == value and before[3] is tied:
            places.append(before)
        else:
            places.append(Place(team, order, value, tied))
    return places


def _key(team: TeamBook) -> int:
    if team.status in _RANKS:
        to_par = team.to_par if team.status in RANKED else 0
        return _RANKS[team.status] * _RANK + (to_par + _LEVEL) * _PAR
    rank = 0 if team.begun else 1
    return rank * _RANK + (team.to_par + _LEVEL) * _PAR + (not team.won)


def tied_places(scores: Mapping[int, int]) -> list[Place]:
    """Places by one score a team, the lowest first."""
    return _ranked(scores)
