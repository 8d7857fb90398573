"""The rows of a leaderboard, kept encoded: only what changes is encoded again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from mockdde.books import Books, Change
from mockdde.golf import STATUSES
from mockdde.standing import Place
from mockdde.teambook import TeamBook

__all__ = ["BoardRows"]

_Facts: TypeAlias = tuple[object, ...]


class BoardRows:
    """A row is what is said of a team, and behind it what moves without the team's doing.

    Rows are encoded when somebody asks for them. Until then it is enough to know that they are
    others, by the facts that they are made of.
    """

    def __init__(
        self,
        books: Books,
        body: Callable[[TeamBook], bytes],
        end: Callable[[Place], bytes],
        *,
        by_round: bool,
        says_finished: bool,
    ) -> None:
        """``body`` encodes a row up to its place, and ``end`` the place.

        ``by_round``: the total is that of whole rounds; ``says_finished``: a round that is over
        looks otherwise than one of which all holes are finished.
        """
        self._books, self._body, self._end = books, body, end
        self._by_round, self._says_finished = by_round, says_finished
        self._facts = {no: self._facts_of(team) for no, team in books.teams.items()}
        self._current = books.current_round
        # The rows as they were last asked for, from top to bottom, with the places they show.
        self._bodies: dict[int, bytes] = {}
        self._shown = books.standing()
        self._rows = [b""] * len(self._shown)
        self._stale = set(books.teams)  # teams with another body since

    def apply(self, change: Change) -> bool:
        """Take in what changed in the books; whether a row is another one now."""
        changed = False
        # When the tournament goes on to another round, so does everybody who plays it.
        one = change.team if self._books.current_round == self._current else 0
        self._current = self._books.current_round
        for no in (one,) if one else self._books.teams:
            facts = self._facts_of(self._books.teams[no])
            if facts != self._facts[no]:
                self._facts[no], changed = facts, True
                self._stale.add(no)
        return changed

    def _facts_of(self, team: TeamBook) -> _Facts:
        """All that a row shows, and that decides the team's place."""
        now, rounds = self._books.round_of(team), team.rounds.values()
        return (
            STATUSES[team.status],
            team.pending,
            team.won,
            team.to_par,
            team.strokes,
            now and (now.round, len(now.lines), now.to_par),
            self._says_finished and now is not None and now.complete,
            self._by_round and team.whole_rounds,
            [
                (book.round, bool(book.lines), book.strokes, book.to_par, book.position)
                for book in rounds
            ],
            [(book.group.tee_time, book.group.tee) for book in rounds],
        )

    def encoded(self) -> list[bytes]:
        """All rows as they are now, from top to bottom; the list is the caller's."""
        rows, stale, places = self._rows, self._stale, self._books.standing()
        for no in stale:
            self._bodies[no] = self._body(self._books.teams[no])
        if places is not self._shown:
            for place, before in zip(places, self._shown, strict=True):
                if place is not before and place != before:
                    stale.discard(place.team)
                    rows[place.order - 1] = self._row(place)
            self._shown = places
        if stale:
            for place in [each for each in places if each[0] in stale]:
                rows[place.order - 1] = self._row(place)
            stale.clear()
        return rows.copy()

    def _row(self, place: Place) -> bytes:
        return self._bodies[place.team] + self._end(place)
