"""The matches of a leaderboard, kept encoded: match-play leaderboards of both dialects."""

from __future__ import annotations

from collections.abc import Callable

from mockdde.books import Books, Change
from mockdde.matchbook import MatchBook
from mockdde.matchtables import Tables

__all__ = ["MatchRows"]


class MatchRows:
    """All matches that are drawn, by number.

    Places and pools move only when a match is decided, or is not any more: then all are encoded
    again, and in between only the match that is played.
    """

    def __init__(self, books: Books, row: Callable[[MatchBook, Tables], bytes]) -> None:
        """``row`` encodes a match."""
        self._books, self._row = books, row
        self._renew()

    def apply(self, change: Change) -> bool:
        """Take in what changed in the books; whether a match is another one now."""
        book = self._books.matches.all.get(change.match)
        if book is not None and self._results[book.no] == book.result:
            row, self._rows[book.no] = self._rows[book.no], self._row(book, self._tables)
            return row != self._rows[book.no]
        rows = self._rows
        self._renew()
        return rows != self._rows

    def encoded(self) -> bytes:
        """All rows, a comma between two."""
        return b",".join(self._rows.values())

    def _renew(self) -> None:
        """Encode all matches: the tables are others now."""
        self._tables = Tables.of(self._books)
        matches = sorted(self._books.matches.all.items())
        self._results = {no: book.result for no, book in matches}
        self._rows = {no: self._row(book, self._tables) for no, book in matches}
