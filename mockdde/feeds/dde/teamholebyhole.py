"""Hole by hole: one document a team, with the score of every hole it has finished.

Keys of the document and of players stand in the order of the sample; what the sample leaves out
stands as the documentation lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.errors import nearest
from mockdde.feeds import StateFeed
from mockdde.feeds._teamcards import TeamCards
from mockdde.feeds.dde._scores import Displays, players
from mockdde.golf import is_playoff, yards
from mockdde.layouts import Layout, Layouts, Nine
from mockdde.lines import HoleLine
from mockdde.log import Event
from mockdde.moments import iso_millis
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["FEED", "TeamHoleByHole"]


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
        self._layouts = Layouts()
        at_end = tournament.quirks["hole-by-hole-official"] == "end"
        self._cards = TeamCards(books, self, at_end=at_end)

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
        return [self._paths[no] for no in self._cards.apply(change)]

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no = self._teams[path]
        cards = self._cards
        rounds = cards.rounds(no)
        return b"".join(
            (
                b'{"tournamentId":%d,"players":' % self._books.tournament.id,
                cards.players[no],
                b',"timestamp":"%b",' % iso_millis(sent).encode(),
                cards.playoffs[no],
                b'"isOfficial":true' if cards.official[no] else b'"isOfficial":false',
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

    def players(self, team: TeamBook) -> bytes:
        """``players``."""
        return orjson.dumps(players(team, gender=self._quirks["players-gender"] == "present"))

    def round(self, book: TeamRoundBook) -> bytes:
        """An element of ``roundScores``."""
        layout = self._layouts.of(book.holes)
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

    def _holes(self, layout: Layout, lines: Mapping[int, HoleLine]) -> bytes:
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

    def _nine(self, nine: Nine, lines: Mapping[int, HoleLine]) -> dict[str, Any]:
        """``inScore`` or ``outScore``: nine holes, or as many of them as the round has."""
        score = nine.score(lines)
        known = self._scores_so_far or score.holes == len(nine.numbers)
        return {
            "par": score.par if self._par_so_far else nine.par,
            "score": score.strokes - score.par if known else None,
            "strokes": score.strokes if known else None,
            "yardage": score.yardage if self._par_so_far else nine.yardage,
        }

    def playoff(self, team: TeamBook) -> bytes:
        """``playOffScore`` with its key and a comma: all playoffs, and the totals of them."""
        books = team.playoffs
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
