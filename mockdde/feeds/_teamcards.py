"""The finished holes of every team, kept encoded by round: hole by hole of both dialects."""

from __future__ import annotations

from typing import Protocol

from mockdde.books import Books, Change
from mockdde.golf import is_playoff
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["TeamCards"]


class _Words(Protocol):
    """How a dialect encodes what is kept."""

    def round(self, book: TeamRoundBook) -> bytes:
        """A round of which a hole is finished."""
        ...

    def playoff(self, team: TeamBook) -> bytes:
        """All playoffs of a team."""
        ...

    def players(self, team: TeamBook) -> bytes:
        """The players of a team."""
        ...


class TeamCards:
    """What the documents of all teams are made of, by the team's number."""

    def __init__(self, books: Books, words: _Words, *, at_end: bool) -> None:
        """``at_end``: a team's holes are official when its part in the tournament is."""
        self._books, self._words, self._at_end = books, words, at_end
        self.rounds = {no: self._begun(team) for no, team in books.teams.items()}
        self.playoffs = {no: words.playoff(team) for no, team in books.teams.items()}
        self._pending = {no: team.pending for no, team in books.teams.items()}
        self.players = {no: words.players(team) for no, team in books.teams.items()}
        self.official = {no: self._is_official(team) for no, team in books.teams.items()}

    def apply(self, change: Change) -> list[int]:
        """Take in what changed in the books; the teams of which something is another one now."""
        if change.hole is None and not change.board:
            return []
        teams = (change.team,) if change.team else self._books.teams
        found = [no for no in teams if self._turn(no)]
        if change.hole is not None:
            round_no, team, _ = change.hole
            if self._renew(team, round_no) and team not in found:
                found.append(team)
        return found

    def _turn(self, no: int) -> bool:
        """Whether a team's players are others now, or whether they are official."""
        team = self._books.teams[no]
        official, pending = self._is_official(team), team.pending
        if (official, pending) == (self.official[no], self._pending[no]):
            return False
        self.official[no], self._pending[no] = official, pending
        self.players[no] = self._words.players(team)
        return True

    def _renew(self, no: int, round_no: int) -> bool:
        """Whether a round of a team is another one now."""
        team = self._books.teams[no]
        if is_playoff(round_no):
            old, self.playoffs[no] = self.playoffs[no], self._words.playoff(team)
            return self.playoffs[no] != old
        book = team.rounds[round_no]
        before = self.rounds[no].pop(round_no, b"")
        now = self._words.round(book) if book.lines else b""
        if now:
            self.rounds[no][round_no] = now
        return now != before

    def _begun(self, team: TeamBook) -> dict[int, bytes]:
        """The rounds of which a hole is finished, playoffs not in it."""
        return {
            no: self._words.round(book)
            for no, book in team.rounds.items()
            if book.lines and not is_playoff(no)
        }

    def _is_official(self, team: TeamBook) -> bool:
        begun = [book for book in team.rounds.values() if book.started]
        over = bool(begun)
        if self._at_end:
            over = team.is_out or self._books.phase == "Official"
        return over and all(book.official for book in begun)
