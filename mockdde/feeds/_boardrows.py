"""The rows of a leaderboard, kept encoded: only what changes is encoded again."""

from __future__ import annotations

from collections.abc import Callable

from mockdde.books import Books, Change
from mockdde.standing import Place
from mockdde.teambook import TeamBook

__all__ = ["BoardRows"]


class BoardRows:
    """A row is what is said of a team, and behind it what moves without the team's doing."""

    def __init__(
        self, books: Books, body: Callable[[TeamBook], bytes], end: Callable[[Place], bytes]
    ) -> None:
        """``body`` encodes a row up to its place, and ``end`` the place."""
        self._books, self._body, self._end = books, body, end
        self._bodies = {no: body(team) for no, team in books.teams.items()}
        self._places = books.standing()
        self._current = books.current_round
        # The rows as they were last asked for, from top to bottom, with the places they show.
        self._rows = [self._row(place) for place in self._places]
        self._shown = self._places
        self._stale: set[int] = set()  # teams with another body since

    def apply(self, change: Change) -> bool:
        """Take in what changed in the books; whether a row is another one now."""
        changed = False
        # When the tournament goes on to another round, so does everybody who plays it.
        one = change.team if self._books.current_round == self._current else 0
        self._current = self._books.current_round
        for no in (one,) if one else self._books.teams:
            body = self._body(self._books.teams[no])
            if body != self._bodies[no]:
                self._bodies[no], changed = body, True
                self._stale.add(no)
        places = self._books.standing()
        if places is not self._places:
            changed |= places != self._places
            self._places = places
        return changed

    def encoded(self) -> list[bytes]:
        """All rows as they are now, from top to bottom; the list is the caller's."""
        rows, stale = self._rows, self._stale
        if self._places is not self._shown:
            for place, before in zip(self._places, self._shown, strict=True):
                if place is not before and place != before:
                    stale.discard(place.team)
                    rows[place.order - 1] = self._row(place)
            self._shown = self._places
        if stale:
            for place in [each for each in self._shown if each[0] in stale]:
                rows[place.order - 1] = self._row(place)
            stale.clear()
        return rows.copy()

    def _row(self, place: Place) -> bytes:
        return self._bodies[place.team] + self._end(place)
