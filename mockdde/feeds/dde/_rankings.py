"""The rankings of players, five documents of one shape: each keeps the bytes of every row.

A document is megabytes in a full field, and there are thousands of them. So a hole touches only the
rows whose numbers or ranks it changed, and a document is one joining of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

import orjson

from mockdde.books import Books
from mockdde.feeds.dde._ranks import Ranks, Statistic
from mockdde.feeds.dde._statistics import OfTournament, encoded_players
from mockdde.lines import HoleLine
from mockdde.moments import iso_millis
from mockdde.quirks import Quirks

__all__ = ["Rankings"]


class _Parts(NamedTuple):
    """A row but for its two ranks that move: of its last round, and of the tournament."""

    begin: bytes
    last: int
    middle: bytes
    end: bytes


class _Section:
    """One statistic in a document: its rows are a slice of the document's pieces."""

    def __init__(self, ranks: Ranks, name: str, begin: int) -> None:
        self.ranks = ranks
        self.name = name
        self.begin = begin  # of its rows among the document's pieces
        self.parts: dict[int, _Parts] = {}
        self.stale: set[int] = set()  # rows with other numbers
        self.moved: set[int] = set()  # rows with another rank
        self.first = -1  # the team whose row follows no comma
        self.averages = b""
        self.latest = 0  # the last round that anybody is in

    def count(
        self,
        hole: tuple[int, int],
        team: int,
        before: tuple[int, int] | None,
        after: tuple[int, int] | None,
    ) -> None:
        """A hole adds something else to a team."""
        self.latest = max(self.latest, hole[0])
        for number, teams in self.ranks.count(hole, team, before, after).items():
            # A rank of an earlier round stands in the fixed part of a row.
            (self.moved if number in (0, self.latest) else self.stale).update(teams)
        self.stale.add(team)
        self.averages = b""


class Rankings(OfTournament):
    """The fold of one category; ``TABLE`` makes its statistics."""

    KIND: ClassVar[str] = "state"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]]

    def __init__(self, books: Books) -> None:
        super().__init__(books)
        quirks = self.quirks
        self._places = {no: place for place, no in enumerate(books.teams)}
        self._share = quirks["field-average"] == "share"
        self._round_key = quirks["statistic-round-key"].encode()
        shown = quirks["ranking-players"] == "present"
        self._heads = [
            b'"players":%s,' % encoded_players(book.team) if shown else b""
            for book in books.teams.values()
        ]
        self._ids = [b"%d" % no for no in books.teams]
        self._rank = [b"%d" % rank for rank in range(len(self._ids) + 1)]
        self._pieces: list[bytes] = [b""]
        self._sections = [self._section(each) for each in type(self).TABLE(quirks)]
        self._pieces.append(b"")

    def _section(self, statistic: Statistic) -> _Section:
        by_total = self.quirks["statistic-rank"] == "total"
        printed = self.quirks["statistic-names"] == "printed" and statistic.printed
        name = printed or statistic.key
        self._pieces.append(b'%s{"rankings":[' % (b"" if len(self._pieces) == 1 else b","))
        section = _Section(Ranks(statistic, by_total=by_total), name, len(self._pieces))
        self._pieces += [b""] * len(self._ids)
        self._pieces.append(b'],"subCat":%s}' % orjson.dumps(name))
        return section

    def count(
        self, hole: tuple[int, int, int], before: HoleLine | None, after: HoleLine | None
    ) -> bool:
        """Count a hole anew in every statistic that it adds something else to."""
        round_no, number, order = hole
        team = self._places[number]
        changed = False
        for section in self._sections:
            adds = section.ranks.statistic.adds
            out = adds(before) if before else None
            into = adds(after) if after else None
            if (out or (0, 0)) != (into or (0, 0)):
                section.count((round_no, order), team, out, into)
                changed = True
        return changed

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now."""
        for section in self._sections:
            self._bring_up(section)
        averages = b",".join(section.averages for section in self._sections)
        self._pieces[0] = b'{"fieldAvgs":[%s],"seqNum":%d,"subCats":[' % (averages, seq)
        end = (iso_millis(sent).encode(), self.tournament.id)
        self._pieces[-1] = b'],"timestamp":"%s","tournamentId":%d}' % end
        return b"".join(self._pieces)

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def _bring_up(self, section: _Section) -> None:
        """Encode again what was touched."""
        if not section.averages:
            section.averages = self._averages(section)
        if not (section.stale or section.moved):
            return
        overall = section.ranks.levels[0]
        first = min(overall.cells, default=-1)
        if first != section.first:
            section.moved |= {first, section.first} & overall.cells.keys()
            section.first = first
        for team in section.stale:
            if team in overall.cells:
                section.parts[team] = self._parts(section, team)
                section.moved.add(team)
            else:
                section.moved.discard(team)
                self._pieces[section.begin + team] = b""
        levels, parts, begin, rank = section.ranks.levels, section.parts, section.begin, self._rank
        for team in section.moved:
            part = parts[team]
            self._pieces[begin + team] = b"".join(
                (
                    b"{" if team == first else b",{",
                    part.begin,
                    rank[levels[part.last].rank(team)],
                    part.middle,
                    rank[overall.rank(team)],
                    part.end,
                )
            )
        section.stale.clear()
        section.moved.clear()

    def _parts(self, section: _Section, team: int) -> _Parts:
        levels = section.ranks.levels
        rounds = sorted(no for no, level in levels.items() if no and team in level.cells)
        done = [
            b"%s%d%s}," % (begin, levels[no].rank(team), end)
            for no in rounds[:-1]
            for begin, end in [self._cell(section, no, team)]
        ]
        begin, middle = self._cell(section, rounds[-1], team)
        before, end = self._cell(section, 0, team)
        return _Parts(
            b'%s"rounds":[%s%s' % (self._heads[team], b"".join(done), begin),
            rounds[-1],
            b'%s}],"teamId":%s,"total":%s' % (middle, self._ids[team], before),
            b"%s}}" % end,
        )

    def _cell(self, section: _Section, number: int, team: int) -> tuple[bytes, bytes]:
        """A team's numbers at one level, but for the rank between the two."""
        total, divisor = section.ranks.levels[number].cells[team]
        of = b',"%s":%d' % (self._round_key, number) if number else b""
        unit = section.ranks.statistic.unit
        shown = orjson.dumps(total if unit == 1 else total / unit)
        return b'{"divisor":%d,"rank":' % divisor, b'%s,"total":%s' % (of, shown)

    def _averages(self, section: _Section) -> bytes:
        ranks, share = section.ranks, self._share
        return orjson.dumps(
            {
                "rounds": [
                    {
                        "average": ranks.average(no, share=share),
                        self.quirks["statistic-round-key"]: no,
                    }
                    for no in sorted(ranks.levels)
                    if no and ranks.levels[no].cells
                ],
                "subCat": section.name,
                "total": ranks.average(0, share=share),
            }
        )
