"""Who stands where: positions with ties, and the line of the cut."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mockdde.golf import cut_line
from mockdde.scenario.model import RoundSpec
from mockdde.teambook import OUT, TeamBook

__all__ = ["RANKED", "Place", "Ranking", "tied_places"]

RANKED = OUT[:2]  # of those that are out, these have a place among their like
_RANKS = {status: rank for rank, status in enumerate(OUT, 2)}
# A key is one number, because sorting by tuples takes three times as long: rank, to par, won. An
# entry is a key and the team's place in the field.
_RANK, _PAR, _LEVEL = 1_000_000, 10, 50_000
_BITS, _MASK = 10, (1 << 10) - 1  # a field has at most 400 teams


class Place(NamedTuple):
    """A line of the leaderboard: ``order`` from 1 without a gap, ``value`` shared on ties."""

    team: int
    order: int
    value: int
    tied: bool


class Ranking:
    """All teams from top to bottom: by score to par, then in the order of the field.

    Who has not completed a hole yet stands below who has, and who is out below all others. It is
    kept sorted, and places are given when somebody asks: what lies above and below of all that
    teams have passed since is not looked at again.
    """

    def __init__(self, teams: Mapping[int, TeamBook]) -> None:
        """``teams`` by number, in the order of the field."""
        self._teams = teams
        self._field = list(teams)
        self._index = {no: index for index, no in enumerate(teams)}
        self._entries = {no: self._entry(no) for no in teams}
        self._sorted = sorted(self._entries.values())
        self._places = _placed(self._sorted, self._field)
        self._passed: tuple[int, int] | None = None  # keys, the least and the most, since then

    def _entry(self, team: int) -> int:
        return (_key(self._teams[team]) << _BITS) + self._index[team]

    def changed(self, team: int) -> None:
        """The score or the status of a team is another one now."""
        entry, before = self._entry(team), self._entries[team]
        if entry == before:
            return
        self._entries[team], ordered = entry, self._sorted
        del ordered[bisect_left(ordered, before)]
        insort(ordered, entry)
        low, high = sorted((before >> _BITS, entry >> _BITS))
        if self._passed is not None:
            low, high = min(low, self._passed[0]), max(high, self._passed[1])
        self._passed = (low, high)

    def changed_all(self) -> None:
        """Those of many are."""
        for team in self._teams:
            self.changed(team)

    def places(self) -> list[Place]:
        """The leaderboard; the same list as long as nothing moves."""
        if self._passed is not None:
            self._place(*self._passed)
            self._passed = None
        return self._places

    def _place(self, low: int, high: int) -> None:
        """Places anew of all whose keys are in between, and of those level with an end of it."""
        ordered = self._sorted
        first = bisect_left(ordered, low << _BITS)
        last = bisect_left(ordered, (high + 1) << _BITS)
        between = _placed(ordered[first:last], self._field, first)
        self._places = [*self._places[:first], *between, *self._places[last:]]

    def cut(self, spec: RoundSpec) -> int | None:
        """The highest score to par that goes on by a round's rule; None before anybody has one."""
        ranked, stays = bisect_left(self._sorted, _RANK << _BITS), spec.stays
        if not ranked:
            return None
        # Of all scores, which are sorted, the one that decides.
        entry = self._sorted[0 if stays is None else min(stays, ranked) - 1]
        return cut_line([(entry >> _BITS) // _PAR - _LEVEL], stays)


def tied_places(scores: Mapping[int, int]) -> list[Place]:
    """Places by one score a team, the lowest first; level teams in the order of the mapping."""
    entries = ((score + _LEVEL << _BITS) + at for at, score in enumerate(scores.values()))
    return _placed(sorted(entries), list(scores))


def _placed(entries: Sequence[int], field: Sequence[int], above: int = 0) -> list[Place]:
    """Places of sorted entries below so many others, with none of which they are level."""
    places: list[Place] = []
    value, tied = 0, False
    last: int | None = None
    for order, entry in enumerate(entries, above + 1):
        key = entry >> _BITS
        if key != last:
            follows = order - above
            value, last = order, key
            tied = follows < len(entries) and entries[follows] >> _BITS == key
        places.append(Place(field[entry & _MASK], order, value, tied))
    return places


def _key(team: TeamBook) -> int:
    if team.status in _RANKS:
        to_par = team.to_par if team.status in RANKED else 0
        return _RANKS[team.status] * _RANK + (to_par + _LEVEL) * _PAR
    rank = 0 if team.begun else 1
    return rank * _RANK + (team.to_par + _LEVEL) * _PAR + (not team.won)
