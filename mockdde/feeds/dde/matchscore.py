"""The score of a match: one document a match, sent whole whenever a hole of it is another one.

Keys stand in the order of the documentation's tables; there is no sample of this document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, NamedTuple

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import StateFeed
from mockdde.feeds.dde._holescores import HoleScores
from mockdde.feeds.dde._scores import players
from mockdde.fixtures import no_match
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.moments import iso_millis

__all__ = ["FEED", "MatchScore"]


class _Facts(NamedTuple):
    """What a document says of its match, but for timestamp and seqNum."""

    scores: bytes = b""  # the elements of teamScores
    official: bool = False
    winner: int | None = None


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
        self._at_the_end = quirks["match-official"] == "end"
        self._phase = books.phase
        self._matches = {
            self.PATH.format(tournament=tournament.id, match=no): no
            for no in tournament.match_numbers
        }
        self._paths = {no: path for path, no in self._matches.items()}
        self._holes: dict[int, HoleScores] = {}
        self._facts = {no: self._of(no) for no in self._paths}

    def streams(self) -> Iterator[str]:
        """A path a match, of all that there may ever be."""
        return iter(self._matches)

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no match of this number; None where there may be one."""
        return no_match(self._books, params["match"])

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The paths of matches with another hole, player, winner or isOfficial than before."""
        found = []
        for no in self._touched(change):
            before, self._facts[no] = self._facts[no], self._of(no)
            if self._facts[no] != before:
                found.append(self._paths[no])
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
        return books if self._at_the_end and self._phase != before else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no = self._matches[path]
        facts = self._facts[no]
        return b"".join(
            (
                b'{"tournamentId":%d,"timestamp":"' % self._books.tournament.id,
                iso_millis(sent).encode(),
                b'","teamScores":[',
                facts.scores,
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

    def _of(self, no: int) -> _Facts:
        book = self._books.matches.all.get(no)
        if book is None:
            return _Facts()
        holes = self._holes.get(no)
        if holes is None or holes.book is not book:  # it was drawn again
            teams = [self._books.teams[team].team for team in book.teams]
            holes = self._holes[no] = HoleScores(book, teams, self._books.tournament.quirks)
        holes.update()
        official = book.official
        if self._at_the_end:
            official = official and self._books.phase == "Official"
        scores = b",".join(self._team(book, holes, side) for side in (0, 1))
        return _Facts(scores, official, book.winner)

    def _team(self, book: MatchBook, holes: HoleScores, side: int) -> bytes:
        """An element of ``teamScores``."""
        team = self._books.teams[book.teams[side]]
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
