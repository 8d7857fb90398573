"""The score of a match: one document a match, sent whole whenever a hole of it is another one.

Keys stand in the order of the documentation's tables; there is no sample of this document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import StateFeed
from mockdde.feeds._matchholes import MatchHoles, MatchScores
from mockdde.feeds.dde._holescores import HoleScores
from mockdde.feeds.dde._scores import players
from mockdde.fixtures import no_match
from mockdde.log import Event
from mockdde.matchbook import MatchLine
from mockdde.matchtotals import SideTotal
from mockdde.moments import iso_millis

__all__ = ["FEED", "MatchScore"]


class MatchScore:
    """The rendering of the books. Each hole of each side is kept encoded.

    A match that is not drawn yet has a document without teams.
    """

    ABOUT: ClassVar[str] = "One match: how each side has played every hole of it."
    FEED_TYPE: ClassVar[str] = "matchscore"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "dde/matchscore"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/matchscore/{match}"
    KIND: ClassVar[str] = "state"
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament, quirks = books.tournament, books.tournament.quirks
        self._books = books
        scoring = quirks["match-scoring"]
        self._points = scoring.startswith("points")
        self._scoring = b""
        if scoring != "absent":
            self._scoring = (
                b'"scoringType":"points",' if self._points else b'"scoringType":"strokes",'
            )
        self._null_winner = quirks["winning-team"] == "null"
        self._says_squad = quirks["team-squad"] == "present"
        self._words = HoleScores(quirks)
        self._matches = {
            self.PATH.format(tournament=tournament.id, match=no): no
            for no in tournament.match_numbers
        }
        self._paths = {no: path for path, no in self._matches.items()}
        self._scores = MatchScores(
            books,
            self,
            lists_unplayed=quirks["unplayed-match-holes"] == "listed",
            at_end=quirks["match-official"] == "end",
        )

    def streams(self) -> Iterator[str]:
        """A path a match, of all that there may ever be."""
        return iter(self._matches)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no match of this number; None where there may be one."""
        return no_match(self._books, params["match"])

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The paths of matches with another hole, player, winner or isOfficial than before."""
        return [self._paths[no] for no in self._scores.apply(change)]

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no = self._matches[path]
        facts = self._scores.facts[no]
        return b"".join(
            (
                b'{"tournamentId":%d,"timestamp":"' % self._books.tournament.id,
                iso_millis(sent).encode(),
                b'","teamScores":[',
                self._scores.scores(no),
                b'],"isOfficial":true' if facts.official else b'],"isOfficial":false',
                b',"seqNum":%d,' % seq,
                self._scoring,
                self._winner(facts.winner),
                b'"matchId":%d}' % no,
            )
        )

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def _winner(self, team: int | None) -> bytes:
        if team is not None:
            return b'"winningTeamNo":%d,' % team
        return b'"winningTeamNo":null,' if self._null_winner else b""

    def hole(
        self, holes: MatchHoles, order: int, line: MatchLine | None, side: int, total: SideTotal
    ) -> bytes:
        """An element of ``holeScores``."""
        return self._words.hole(holes, order, line, side, total)

    def side(self, holes: MatchHoles, side: int) -> bytes:
        """An element of ``teamScores``."""
        team = self._books.teams[holes.book.teams[side]]
        total = holes.totals[side]
        keys: dict[str, Any] = {"matchTotalToPar": total.to_par, "players": players(team)}
        if self._points:
            keys["matchPoints"] = total.points
        keys["matchStrokes"] = total.strokes
        keys["holeScores"] = orjson.Fragment(holes.encoded(side))
        keys["teamNo"] = team.team.no
        if self._says_squad and team.team.squad:
            keys["squadNo"] = team.team.squad
        return orjson.dumps(keys)


FEED: type[StateFeed] = MatchScore
