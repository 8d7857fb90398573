"""The matches of a leaderboard, kept encoded: match-play leaderboards of both dialects."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from mockdde.books import Books, Change
from mockdde.matchbook import MatchBook
from mockdde.matchtables import Tables
from mockdde.roundnames import round_name

__all__ = ["MatchRows"]

_Facts: TypeAlias = tuple[object, ...]


class MatchRows:
    """All matches that are drawn, by number.

    Rows are encoded when somebody asks for them, and each only if it is another one then. Until
    then it is enough to know that one is, by the facts that it is made of.
    """

    def __init__(self, books: Books, row: Callable[[MatchBook, Tables], bytes]) -> None:
        """``row`` encodes a match."""
        self._books, self._row = books, row
        self._facts = self._of_all()
        self._tables: Tables | None = None  # None where they may be others by now
        self._stale: set[int] = set()  # matches with other facts since they were encoded
        # As they were last asked for, with what they were made of.
        self._rows: dict[int, tuple[_Facts, bytes]] = {}

    def apply(self, change: Change) -> bool:
        """Take in what changed in the books; whether a match is another one now.

        Places and pools move only when a match is decided, or is not any more, or one is drawn: a
        row of that match shows it too.
        """
        book = self._books.matches.all.get(change.match)
        if book is None:
            before, self._facts = self._facts, self._of_all()
            changed = before != self._facts
            if changed:
                self._tables = None
            return changed
        was, now = self._facts[book.no], self._of(book)
        if was == now:
            return False
        self._facts[book.no] = now
        self._stale.add(book.no)
        if was[0] != now[0]:
            self._tables = None
        return True

    def encoded(self) -> bytes:
        """All rows, a comma between two."""
        books, tables = self._books.matches.all, self._tables
        if tables is None:
            self._tables = tables = Tables.of(self._books)
            self._rows = {no: self._encode(books[no], tables) for no in sorted(books)}
        else:
            self._rows |= {no: self._encode(books[no], tables) for no in self._stale}
        self._stale.clear()
        return b",".join([row for _, row in self._rows.values()])

    def _encode(self, book: MatchBook, tables: Tables) -> tuple[_Facts, bytes]:
        made_of = (self._facts[book.no], tables.about(book))
        kept = self._rows.get(book.no)
        return kept if kept and kept[0] == made_of else (made_of, self._row(book, tables))

    def _of_all(self) -> dict[int, _Facts]:
        return {no: self._of(book) for no, book in self._books.matches.all.items()}

    def _of(self, book: MatchBook) -> _Facts:
        """The result, and all else that a row shows but what is in tables."""
        books, group, result = self._books, book.group, book.result
        final = result is not None and (book.final_score(0), book.final_score(1))
        return (
            result,
            [(no, books.teams[no].pending) for no in book.teams],
            (group.pool, group.course, group.tee, group.tee_time),
            book.round,
            round_name(books.tournament, book.round, books.rounds[book.round].groups),
            (book.started, book.up, book.played),
            (final, bool(book.conceded)),
        )
