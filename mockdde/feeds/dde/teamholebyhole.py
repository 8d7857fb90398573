"""Hole by hole: one document a team, with the score of every hole it has finished.

Keys of the document and of players stand in the order of the sample; what the sample leaves out
stands as the documentation lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

import orjson

from mockdde.books import Books, Change
from mockdde.errors import nearest
from mockdde.feeds import StateFeed
from mockdde.feeds.dde._scores import Displays, players
from mockdde.golf import Hole, is_playoff, yards
from mockdde.lines import HoleLine
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["FEED", "TeamHoleByHole"]

_NINE = 9


class TeamHoleByHole:
    """The rendering of the books. Each round of each team is kept encoded."""

    ABOUT: ClassVar[str] = "One team's score of every hole it has finished."
    FEED_TYPE: ClassVar[str] = "holebyhole"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "dde/teamholebyhole"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/teamholebyhole/{team}"
    KIND: ClassVar[str] = "state"
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books = books
        self._quirks = tournament.quirks
        self._displays = Displays(tournament.quirks)
        self._teams = {
            self.PATH.format(tournament=tournament.id, team=no): no for no in books.teams
        }
        self._paths = {no: path for path, no in self._teams.items()}
        self._par_so_far = tournament.quirks["nine-par"] == "so-far"
        self._scores_so_far = tournament.quirks["nine-scores"] == "so-far"
        self._layouts: dict[int, _Layout] = {}  # by the id of a round's holes
        self._rounds = {no: self._begun(team) for no, team in books.teams.items()}
        self._playoffs = {no: self._playoff(team) for no, team in books.teams.items()}
        self._pending = {no: team.pending for no, team in books.teams.items()}
        self._players = {no: self._names(team) for no, team in books.teams.items()}
        self._official = {no: self._is_official(team) for no, team in books.teams.items()}

    def streams(self) -> Iterator[str]:
        """A path a team, in the order of the field."""
        return iter(self._teams)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no team of this number; None where there is one."""
        team = params["team"]
        if team in self._paths:
            return None
        where = f"tournament {self._books.tournament.id}"
        return f"{where} has no team {team}{nearest(team, list(self._paths))}"

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The paths of teams with another hole, player or isOfficial than before."""
        if change.hole is None and not change.board:
            return ()
        found = [no for no in ((change.team,) if change.team else self._paths) if self._turn(no)]
        if change.hole is not None:
            round_no, team, _ = change.hole
            if self._renew(team, round_no) and team not in found:
                found.append(team)
        return [self._paths[no] for no in found]

    def _turn(self, no: int) -> bool:
        """Whether a team's players or isOfficial are others now."""
        team = self._books.teams[no]
        official, pending = self._is_official(team), team.pending
        if (official, pending) == (self._official[no], self._pending[no]):
            return False
        self._official[no], self._pending[no] = official, pending
        self._players[no] = self._names(team)
        return True

    def _renew(self, no: int, round_no: int) -> bool:
        """Whether a round of a team is another one now."""
        team = self._books.teams[no]
        if is_playoff(round_no):
            old, self._playoffs[no] = self._playoffs[no], self._playoff(team)
            return self._playoffs[no] != old
        book = team.rounds[round_no]
        before = self._rounds[no].pop(round_no, b"")
        now = self._round(book) if book.lines else b""
        if now:
            self._rounds[no][round_no] = now
        return now != before

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no = self._teams[path]
        rounds = self._rounds[no]
        return b"".join(
            (
                b'{"tournamentId":%d,"players":' % self._books.tournament.id,
                self._players[no],
                b',"timestamp":"%b",' % iso_millis(sent).encode(),
                self._playoffs[no],
                b'"isOfficial":true' if self._official[no] else b'"isOfficial":false',
                b',"seqNum":%d,"teamNo":%d,"roundScores":{' % (seq, no),
                b",".join(
                    b'"%d":%b' % (each, rounds.get(each, b"{}")) for each in self._shown(rounds)
                ),
                b"}}",
            )
        )

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def _shown(self, rounds: Mapping[int, bytes]) -> list[int]:
        """The rounds that stand in roundScores."""
        if self._quirks["unplayed-rounds"] == "empty":
            return list(self._books.specs)
        return sorted(no for no in rounds if not is_playoff(no))

    def _names(self, team: TeamBook) -> bytes:
        return orjson.dumps(players(team, gender=self._quirks["players-gender"] == "present"))

    def _is_official(self, team: TeamBook) -> bool:
        begun = [book for book in team.rounds.values() if book.started]
        if self._quirks["hole-by-hole-official"] == "end":
            over = team.is_out or self._books.phase == "Official"
        else:
            over = bool(begun)
        return over and all(book.official for book in begun)

    def _begun(self, team: TeamBook) -> dict[int, bytes]:
        """The rounds of which a hole is finished, playoffs not in it."""
        return {
            no: self._round(book)
            for no, book in team.rounds.items()
            if book.lines and not is_playoff(no)
        }

    def _round(self, book: TeamRoundBook) -> bytes:
        """An element of ``roundScores``."""
        layout = self._layouts.get(id(book.holes))
        if layout is None:
            layout = self._layouts[id(book.holes)] = _lay_out(book.holes)
        by_number = {line.hole.no: line for line in book.lines.values()}
        keys = {
            "holes": orjson.Fragment(self._holes(layout, by_number)),
            "inScore": self._nine(layout.back, by_number),
            "outScore": self._nine(layout.front, by_number),
            **self._totals(layout.par, [book]),
        }
        return orjson.dumps(keys)

    def _totals(self, par: int, books: list[TeamRoundBook]) -> dict[str, Any]:
        strokes = sum(book.strokes for book in books)
        return {
            "roundPar": self._displays.strokes(par),
            "roundScore": self._displays.strokes(strokes),
            "roundToPar": self._displays.to_par(sum(book.to_par for book in books)),
        }

    def _holes(self, layout: _Layout, lines: Mapping[int, HoleLine]) -> bytes:
        """``holes``: by number, whatever the order of play."""
        unplayed = self._quirks["unplayed-holes"]
        found: list[bytes] = []
        for order, hole in layout.holes:
            line = lines.get(hole.no)
            if line is not None:
                found.append(_encoded(hole.no, hole.par, hole.metres, order, line.strokes))
            elif unplayed == "bare":
                found.append(_encoded(hole.no, hole.par, hole.metres, order, None))
            elif unplayed == "null":
                found.append(b'"%d":null' % hole.no)
        return b"{%b}" % b",".join(found)

    def _nine(self, nine: _Nine, lines: Mapping[int, HoleLine]) -> dict[str, Any]:
        """``inScore`` or ``outScore``: nine holes, or as many of them as the round has."""
        count = strokes = par = yardage = 0
        for no in nine.numbers:
            if (line := lines.get(no)) is not None:
                count += 1
                strokes += line.strokes
                par += line.hole.par
                yardage += yards(line.hole.metres) if self._par_so_far else 0
        known = self._scores_so_far or count == len(nine.numbers)
        return {
            "par": par if self._par_so_far else nine.par,
            "score": strokes - par if known else None,
            "strokes": strokes if known else None,
            "yardage": yardage if self._par_so_far else nine.yardage,
        }

    def _playoff(self, team: TeamBook) -> bytes:
        """``playOffScore`` with its key and a comma: all playoffs, and the totals of them."""
        books = [book for no, book in team.rounds.items() if is_playoff(no) and book.lines]
        if not books:
            return b'"playOffScore":{},' if self._quirks["no-playoff"] == "empty" else b""
        lines = [line for book in books for _, line in sorted(book.lines.items())]
        played = [
            (line.hole.no, _hole(line.hole.par, line.hole.metres, line.order, line.strokes))
            for line in lines
        ]
        holes: Any = {str(no): hole for no, hole in played}
        if self._quirks["playoff-holes"] == "array":
            holes = [{"holeNo": no, **hole} for no, hole in played]
        par = sum(line.hole.par for line in lines)  # of what was played; who knows what will be
        keys = {"holes": holes, **self._totals(par, books)}
        return b'"playOffScore":%b,' % orjson.dumps(keys)


class _Nine(NamedTuple):
    """The holes of a round that are of the first or of the last nine of the course."""

    numbers: tuple[int, ...]
    par: int
    yardage: int


class _Layout(NamedTuple):
    """What of a round's holes does not change while they are played."""

    of: tuple[Hole, ...]  # kept, because the layout is found by its id
    holes: list[tuple[int, Hole]]  # with their order of play, sorted by number
    front: _Nine
    back: _Nine
    par: int


def _lay_out(holes: tuple[Hole, ...]) -> _Layout:
    ordered = sorted(enumerate(holes, 1), key=lambda each: each[1].no)
    front = _nine_of([hole for _, hole in ordered if hole.no <= _NINE])
    back = _nine_of([hole for _, hole in ordered if hole.no > _NINE])
    return _Layout(holes, ordered, front, back, front.par + back.par)


def _nine_of(holes: list[Hole]) -> _Nine:
    numbers = tuple(hole.no for hole in holes)
    return _Nine(
        numbers, sum(hole.par for hole in holes), sum(yards(hole.metres) for hole in holes)
    )


def _hole(par: int, metres: int, order: int, strokes: int | None) -> dict[str, Any]:
    return {
        "holeScore": None if strokes is None else strokes - par,
        "holePar": par,
        "holeOrder": order,
        "holeYardage": yards(metres),
        "holeStrokes": strokes,
    }


@lru_cache(maxsize=16_384)
def _encoded(no: int, par: int, metres: int, order: int, strokes: int | None) -> bytes:
    """A hole with its key; most of them are alike for many teams."""
    return b'"%d":%b' % (no, orjson.dumps(_hole(par, metres, order, strokes)))


FEED: type[StateFeed] = TeamHoleByHole
