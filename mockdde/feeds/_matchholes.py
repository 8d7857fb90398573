"""The holes of every match, kept encoded for each side: match scores of both dialects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from mockdde.books import Books, Change
from mockdde.golf import Team
from mockdde.matchbook import MatchBook, MatchLine
from mockdde.matchtotals import SideTotal

__all__ = ["MatchFacts", "MatchHoles", "MatchScores"]


class _HoleWords(Protocol):
    """How a dialect encodes a hole of a match."""

    def hole(
        self, holes: MatchHoles, order: int, line: MatchLine | None, side: int, total: SideTotal
    ) -> bytes:
        """A hole for a side (0 or 1); ``total`` is with it. It has no line before it is played."""
        ...


class _Words(_HoleWords, Protocol):
    """How a dialect encodes the score of a match."""

    def side(self, holes: MatchHoles, side: int) -> bytes:
        """A side (0 or 1) with its holes."""
        ...


class MatchHoles:
    """The holes of both sides. Each is encoded again only when it is another one."""

    def __init__(
        self, book: MatchBook, teams: Sequence[Team], words: _HoleWords, *, lists_unplayed: bool
    ) -> None:
        """``lists_unplayed``: holes of regulation play are there before they are finished."""
        self.book = book
        self.totals = [SideTotal(), SideTotal()]
        self.players = [[player.id for player in team.players] for team in teams]
        self._words, self._lists_unplayed = words, lists_unplayed
        # By order: what a hole was made of, and its bytes.
        self._kept: list[dict[int, tuple[object, bytes]]] = [{}, {}]

    def encoded(self, side: int) -> bytes:
        """The list of a side's holes, as they were at the last update."""
        return b"[%b]" % b",".join(fragment for _, fragment in self._kept[side].values())

    def update(self) -> None:
        """Take in what the book has by now."""
        for side in (0, 1):
            total, before = SideTotal(), self._kept[side]
            now: dict[int, tuple[object, bytes]] = {}
            for order in self._orders():
                line = self.book.lines.get(order)
                total = total if line is None else total.after(line, side)
                made_of = (line, total)
                kept = before.get(order)
                if kept is None or kept[0] != made_of:
                    kept = (made_of, self._words.hole(self, order, line, side, total))
                now[order] = kept
            self.totals[side], self._kept[side] = total, now

    def _orders(self) -> list[int]:
        """The holes that are listed: more than those of regulation play only once played."""
        lines = self.book.lines
        if not self._lists_unplayed:
            return sorted(lines)
        over = self.book.over
        return [*range(1, over + 1), *sorted(order for order in lines if order > over)]


class MatchFacts(NamedTuple):
    """What a document says of its match; one that is not drawn has no scores."""

    official: bool = False
    winner: int | None = None
    made_of: tuple[object, ...] = ()  # the scores of both sides


class MatchScores:
    """What the documents of all matches are made of, by the match's number.

    Scores are encoded when somebody asks for them.
    """

    def __init__(self, books: Books, words: _Words, *, lists_unplayed: bool, at_end: bool) -> None:
        """``at_end``: no match is official before the tournament is."""
        self._books, self._words = books, words
        self._lists_unplayed, self._at_end = lists_unplayed, at_end
        self._phase = books.phase
        self._holes: dict[int, MatchHoles] = {}
        self.facts = {no: self._of(no) for no in books.tournament.match_numbers}
        self._scores: dict[int, tuple[object, bytes]] = {}  # with what they were made of

    def apply(self, change: Change) -> list[int]:
        """Take in what changed in the books; the matches with other facts than before."""
        found = []
        for no in self._touched(change):
            before, self.facts[no] = self.facts[no], self._of(no)
            if self.facts[no] != before:
                found.append(no)
        return found

    def _touched(self, change: Change) -> Iterable[int]:
        """The matches that may be others now."""
        books = self._books.matches.all
        before, self._phase = self._phase, self._books.phase
        if change.match:
            return (change.match,)
        if change.draw:
            return [no for no, book in books.items() if book.round == change.draw]
        if change.team:
            return [no for no, book in books.items() if change.team in book.teams]
        return books if self._at_end and self._phase != before else ()

    def scores(self, no: int) -> bytes:
        """Those of both sides of a match; nothing where it is not drawn."""
        book, kept = self._books.matches.all.get(no), self._scores.get(no)
        if book is None:
            return b""
        made_of = (book, self.facts[no].made_of)
        if kept is None or kept[0] != made_of:
            holes = self._holes_of(book)
            sides = b",".join(self._words.side(holes, side) for side in (0, 1))
            kept = self._scores[no] = (made_of, sides)
        return kept[1]

    def _holes_of(self, book: MatchBook) -> MatchHoles:
        """The holes of a match as they are now."""
        holes = self._holes.get(book.no)
        if holes is None or holes.book is not book:  # it was drawn again
            teams = [self._books.teams[team].team for team in book.teams]
            holes = self._holes[book.no] = MatchHoles(
                book, teams, self._words, lists_unplayed=self._lists_unplayed
            )
        holes.update()
        return holes

    def _of(self, no: int) -> MatchFacts:
        book = self._books.matches.all.get(no)
        if book is None:
            return MatchFacts()
        official = book.official
        if self._at_end:
            official = official and self._books.phase == "Official"
        pending = [self._books.teams[team].pending for team in book.teams]
        unplayed = (book.play, book.over, book.holes) if self._lists_unplayed else ()
        return MatchFacts(official, book.winner, (book.teams, pending, book.changes, unplayed))
