"""The rankings of players, five documents of one shape: each keeps the bytes of every row.

A document is megabytes in a full field, and there are thousands of them. So a hole touches only the
rows whose numbers or ranks it changed, and a document is one joining of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

import orjson

from mockdde.books import Books, Change
from mockdde.feeds.dde._ranks import Ranks, Statistic
from mockdde.feeds.dde._statistics import OfTournament, encoded_players
from mockdde.lines import HoleLine
from mockdde.moments import iso_millis
from mockdde.quirks import Quirks

__all__ = ["Rankings"]


_NOTHING = (0, 0)


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
        self.averages: dict[int, tuple[tuple[int, int], bytes]] = {}  # of the field, by round
        self.average = b""  # all of them
        self.latest = 0  # the last round that anybody is in

    def settle(self) -> None:
        """Note the rows whose ranks are other ones now."""
        for number in self.ranks.levels:
            # A rank of an earlier round stands in the fixed part of a row.
            rows = self.moved if number in (0, self.latest) else self.stale
            rows |= self.ranks.settle(number)


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
        guessed = quirks["undefined-statistics"] == "guessed"
        table = [each for each in type(self).TABLE(quirks) if guessed or not each.guessed]
        self._sections = [self._section(each) for each in table]
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
            out = (adds(before) if before else None) or _NOTHING
            into = (adds(after) if after else None) or _NOTHING
            if out != into:
                section.ranks.count((round_no, order), team, out, into)
                section.stale.add(team)
                section.latest = max(section.latest, round_no)
                changed = True
        return changed

    def count_new(self, changes: Sequence[Change]) -> None:
        """Count the holes of each team's round at once: in each statistic they are one sum."""
        holes: dict[tuple[int, int], list[HoleLine]] = {}
        for change in changes:
            assert change.hole is not None, "a hole is finished"
            assert change.after is not None, "and has a line"
            holes.setdefault(change.hole[:2], []).append(change.after)
        for (round_no, number), lines in holes.items():
            team = self._places[number]
            for section in self._sections:
                if section.ranks.count_new(round_no, team, lines):
                    section.stale.add(team)
                    section.latest = max(section.latest, round_no)

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now."""
        self.settle()
        for section in self._sections:
            if section.stale or not section.average:
                section.settle()
                self._renew(section)
                self._rerank(section)
                self._averages(section)
        averages = b",".join([section.average for section in self._sections])
        self._pieces[0] = b'{"fieldAvgs":[%s],"seqNum":%d,"subCats":[' % (averages, seq)
        end = (iso_millis(sent).encode(), self.tournament.id)
        self._pieces[-1] = b'],"timestamp":"%s","tournamentId":%d}' % end
        return b"".join(self._pieces)

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def _renew(self, section: _Section) -> None:
        """Rows with other numbers, of teams that came or left, too."""
        cells, parts = section.ranks.levels[0].cells, section.parts
        others = False  # whether a team came or left
        for team in section.stale:
            if team in cells:
                others |= team not in parts
                parts[team] = self._parts(section, team)
                section.moved.add(team)
            elif team in parts:
                del parts[team]
                section.moved.discard(team)
                self._pieces[section.begin + team] = b""
                others = True
        section.stale.clear()
        if others:
            first = min(parts, default=-1)
            section.moved |= {first, section.first} & parts.keys()
            section.first = first

    def _rerank(self, section: _Section) -> None:
        """Put the rows together whose numbers or ranks are other ones."""
        parts, pieces, begin, first = section.parts, self._pieces, section.begin, section.first
        levels, text = section.ranks.levels, self._rank
        overall = levels[0].rank
        for team in section.moved:
            before, last, middle, end = parts[team]
            pieces[begin + team] = b"".join(
                (
                    b"{" if team == first else b",{",
                    before,
                    text[levels[last].rank[team]],
                    middle,
                    text[overall[team]],
                    end,
                )
            )
        section.moved.clear()

    def _parts(self, section: _Section, team: int) -> _Parts:
        levels = section.ranks.levels
        rounds = [no for no, level in levels.items() if no and team in level.cells]
        done = [
            b"%s%d%s}," % (begin, levels[no].rank[team], end)
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

    def _averages(self, section: _Section) -> None:
        found, ranks, changed = section.averages, section.ranks, not section.average
        for no, level in ranks.levels.items():
            pair = total, divisor = ranks.average(no, share=self._share)
            if no in found and found[no][0] == pair:
                continue
            changed = True
            mean = round(total / divisor / ranks.statistic.unit, 3) if divisor else 0.0
            average = orjson.dumps(mean)
            if no:
                of_round = b'{"average":%s,"%s":%d}' % (average, self._round_key, no)
                average = of_round if level.cells else b""
            found[no] = (pair, average)
        if changed:
            rounds = b",".join(found[no][1] for no in ranks.levels if no and found[no][1])
            form = b'{"rounds":[%s],"subCat":%s,"total":%s}'
            section.average = form % (rounds, orjson.dumps(section.name), found[0][1])
