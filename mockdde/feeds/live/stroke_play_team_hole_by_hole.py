"""Hole by hole of a team (live-data-golf-api §7).

The page was read into a round, after whose holes the next key begins with ``in_``: that and what
follows it is what the DDE feed has.
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
from mockdde.feeds.live._envelope import STATISTICS, payload_of
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._states import Envelopes, card_players, timestamps
from mockdde.golf import yards
from mockdde.layouts import Layout, Layouts, Nine
from mockdde.lines import HoleLine
from mockdde.log import Event
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["FEED", "StrokePlayTeamHoleByHole"]


class StrokePlayTeamHoleByHole:
    """The rendering of the books. Each round of each team is kept encoded."""

    ABOUT: ClassVar[str] = "One team's score of every hole it has finished, as a CloudEvent."
    FEED_TYPE: ClassVar[str] = "stroke-play-team-hole-by-hole"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "live/stroke-play-team-hole-by-hole"
    PATH: ClassVar[str] = (
        "/golf/stream/v1/tournaments/{tournament}/stroke-play-team-hole-by-hole/{team}"
    )
    REST: ClassVar[str] = (
        "/golf/rest/v1/tournaments/{tournament}/stroke-play-team-hole-by-hole/{team}"
    )
    KIND: ClassVar[str] = "state"
    bare = staticmethod(payload_of)
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books, self._ids = books, Ids(tournament)
        self._moment = timestamps(tournament.quirks)
        self._envelopes = Envelopes(tournament, self._ids, STATISTICS)
        self._teams = {
            self.PATH.format(tournament=tournament.id, team=self._ids.team(no)): no
            for no in books.teams
        }
        self._paths = {no: path for path, no in self._teams.items()}
        self._unplayed = tournament.quirks["live-unplayed-holes"]
        self._on_course = tournament.quirks["live-hole-sequence"] == "course"
        self._layouts = Layouts()
        at_end = tournament.quirks["live-official"] == "end"
        self._cards = TeamCards(books, self, at_end=at_end)

    def streams(self) -> Iterator[str]:
        """A path a team, in the order of the field."""
        return iter(self._teams)

    def canonical(self, params: Mapping[str, int]) -> Mapping[str, int]:
        """A team can be asked for by its DDE number, too."""
        no = self._ids.team_no(params["team"])
        return {**params, "team": self._ids.team(no) if no in self._paths else no}

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no team of this number; None where there is one."""
        team = self._ids.team_no(params["team"])
        if team in self._paths:
            return None
        where = f"tournament {self._books.tournament.id}"
        return f"{where} has no team {team}{nearest(team, list(self._paths))}"

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The paths of teams with another hole, player or is_official than before."""
        return [self._paths[no] for no in self._cards.apply(change)]

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no, cards = self._teams[path], self._cards
        rounds = sorted(cards.rounds(no).items())
        payload = (
            b'{"is_official":true' if cards.official[no] else b'{"is_official":false',
            b',"timestamp":"%b",' % self._moment(sent).encode(),
            cards.playoffs[no],
            b'"players":',
            cards.players[no],
            b',"round_scores":{',
            b",".join(b'"%d":%b' % each for each in rounds),
            b"}}",
        )
        return self._envelopes.around(path, seq, sent, payload)

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def players(self, team: TeamBook) -> bytes:
        """``players``."""
        return orjson.dumps(card_players(team))

    def round(self, book: TeamRoundBook) -> bytes:
        """A value of ``round_scores``."""
        layout = self._layouts.of(book.holes)
        by_number = {line.hole.no: line for line in book.lines.values()}
        keys = {
            "holes": orjson.Fragment(self._holes(layout, by_number)),
            "in_score": _nine(layout.back, by_number),
            "out_score": _nine(layout.front, by_number),
            **_totals(layout.par, [book]),
        }
        return orjson.dumps(keys)

    def playoff(self, team: TeamBook) -> bytes:
        """``playoff_score`` with its key and a comma: all playoffs, and the totals of them."""
        books = team.playoffs
        if not books:
            return b""
        lines = [line for book in books for _, line in sorted(book.lines.items())]
        holes = [{"hole_number": line.hole.no, **self._played(line)} for line in lines]
        par = sum(line.hole.par for line in lines)  # of what was played; who knows what will be
        return b'"playoff_score":%b,' % orjson.dumps({"holes": holes, **_totals(par, books)})

    def _played(self, line: HoleLine) -> dict[str, Any]:
        hole = line.hole
        return _hole(self._sequence(hole.no, line.order), hole.par, hole.metres, line.strokes)

    def _sequence(self, no: int, order: int) -> int:
        """``hole_sequence`` (§13.2)."""
        return no if self._on_course else order

    def _holes(self, layout: Layout, lines: Mapping[int, HoleLine]) -> bytes:
        """``holes``: by number, whatever the order of play."""
        found: list[bytes] = []
        for order, hole in layout.holes:
            line, sequence = lines.get(hole.no), self._sequence(hole.no, order)
            if line is not None:
                found.append(_encoded(hole.no, sequence, hole.par, hole.metres, line.strokes))
            elif self._unplayed == "listed":
                found.append(_encoded(hole.no, sequence, hole.par, hole.metres, None))
            elif self._unplayed == "null":
                found.append(b'"%d":null' % hole.no)
        return b"{%b}" % b",".join(found)


def _nine(nine: Nine, lines: Mapping[int, HoleLine]) -> dict[str, int]:
    """``in_score`` or ``out_score``: par and length are of the whole nine."""
    score = nine.score(lines)
    return {
        "par": nine.par,
        "score_to_par": score.strokes - score.par,
        "strokes": score.strokes,
        "yardage": nine.yardage,
    }


def _totals(par: int, books: list[TeamRoundBook]) -> dict[str, int]:
    return {
        "round_par": par,
        "round_strokes": sum(book.strokes for book in books),
        "round_score_to_par": sum(book.to_par for book in books),
    }


def _hole(sequence: int, par: int, metres: int, strokes: int | None) -> dict[str, Any]:
    return {
        "hole_sequence": sequence,
        "hole_par": par,
        "hole_score_to_par": None if strokes is None else strokes - par,
        "hole_strokes": strokes,
        "hole_yardage": yards(metres),
    }


@lru_cache(maxsize=16_384)
def _encoded(no: int, sequence: int, par: int, metres: int, strokes: int | None) -> bytes:
    """A hole with its key; most of them are alike for many teams."""
    return b'"%d":%b' % (no, orjson.dumps(_hole(sequence, par, metres, strokes)))


FEED: type[StateFeed] = StrokePlayTeamHoleByHole
