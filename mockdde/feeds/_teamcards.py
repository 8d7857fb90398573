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
    """What the documents of all teams are made of, by the team's number.

    A round is encoded when somebody asks for it.
    """

    def __init__(self, books: Books, words: _Words, *, at_end: bool) -> None:
        """``at_end``: a team's holes are official when its part in the tournament is."""
        self._books, self._words, self._at_end = books, words, at_end
        self._rounds: dict[int, dict[int, bytes]] = {no: {} for no in books.teams}
        # Rounds that are other ones since they were encoded; at first all of which a hole is.
        self._stale = {
            no: {each for each, book in team.rounds.items() if book.lines and not is_playoff(each)}
            for no, team in books.teams.items()
        }
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
        if change.hole is not None and self._renew(change) and change.team not in found:
            found.append(change.team)
        return found

    def rounds(self, no: int) -> dict[int, bytes]:
        """The rounds of a team of which a hole is finished, playoffs not in it."""
        rounds, stale = self._rounds[no], self._stale[no]
        for each in stale:
            book = self._books.teams[no].rounds[each]
            if book.lines:
                rounds[each] = self._words.round(book)
            else:
                rounds.pop(each, None)
        stale.clear()
        return rounds

    def _turn(self, no: int) -> bool:
        """Whether a team's players are others now, or whether they are official."""
        team = self._books.teams[no]
        official, pending = self._is_official(team), team.pending
        if (official, pending) == (self.official[no], self._pending[no]):
            return False
        self.official[no], self._pending[no] = official, pending
        self.players[no] = self._words.players(team)
        return True

    def _renew(self, change: Change) -> bool:
        """Whether the round of a hole is another one now: it shows nothing but strokes of it."""
        assert change.hole is not None, "a hole is another one"
        round_no, no, _ = change.hole
        if is_playoff(round_no):
            old, self.playoffs[no] = self.playoffs[no], self._words.playoff(self._books.teams[no])
            return self.playoffs[no] != old
        before, after = change.before, change.after
        if before is not None and after is not None and before.strokes == after.strokes:
            return False
        self._stale[no].add(round_no)
        return True

    def _is_official(self, team: TeamBook) -> bool:
        over = self._at_end and (team.is_out or self._books.phase == "Official")
        for book in team.rounds.values():
            if book.started:
                if not book.official:
                    return False
                over |= not self._at_end
        return over
