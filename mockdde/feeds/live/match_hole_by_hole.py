"""Hole by hole of a match (live-data-golf-api §7, §13.9).

Its page has numbers of teams and squads where others have ids, ``time`` where others have
``timestamp``, and the DDE feed's words for how a hole ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import Packet, StateFeed
from mockdde.feeds._matchholes import MatchHoles, MatchScores
from mockdde.feeds.live._envelope import STATISTICS, payload_of
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._states import ABSENT, Envelopes, card_players, present, timestamps
from mockdde.fixtures import no_match
from mockdde.golf import yards
from mockdde.log import Event
from mockdde.matchbook import BallLine, MatchLine
from mockdde.matchplay import advantage
from mockdde.matchtotals import SideTotal, balls_of, hole_points

__all__ = ["FEED", "MatchHoleByHole"]

_ENDINGS: Final = {  # hole_finished_by in the words of events
    "BallHoled": "BALL_HOLED",
    "HoleWon": "HOLE_WON",
    "LossOfHole": "HOLE_LOST",
    "HoleConceded": "HOLE_CONCEDED",
}


class MatchHoleByHole:
    """The rendering of the books. Each hole of each side is kept encoded.

    A match that is not drawn yet has a document without teams.
    """

    ABOUT: ClassVar[str] = "How each side has played every hole of a match, as a CloudEvent."
    FEED_TYPE: ClassVar[str] = "match-hole-by-hole"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "live/match-hole-by-hole"
    PATH: ClassVar[str] = "/golf/stream/v1/tournaments/{tournament}/match-hole-by-hole/{match}"
    REST: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/match-hole-by-hole/{match}"
    KIND: ClassVar[str] = "state"
    bare = staticmethod(payload_of)
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament, quirks = books.tournament, books.tournament.quirks
        self._books, self._ids = books, Ids(tournament)
        self._moment = timestamps(quirks)
        self._envelopes = Envelopes(tournament, self._ids, STATISTICS)
        self._scoring = quirks["live-match-scoring"]
        self._by_id = quirks["live-match-numbers"] == "ids"
        self._in_capitals = quirks["live-hole-finished-by"] == "HOLE_WON"
        self._none = None if quirks["live-empty-match-values"] == "null" else ABSENT
        self._matches = {
            self.PATH.format(tournament=tournament.id, match=self._ids.match(no)): no
            for no in tournament.match_numbers
        }
        self._paths = {no: path for path, no in self._matches.items()}
        self._scores = MatchScores(
            books,
            self,
            lists_unplayed=quirks["live-unplayed-match-holes"] == "listed",
            at_end=quirks["live-official"] == "end",
        )

    def streams(self) -> Iterator[str]:
        """A path a match, of all that there may ever be."""
        return iter(self._matches)

    def canonical(self, params: Mapping[str, int]) -> Mapping[str, int]:
        """A match can be asked for by its DDE number, too."""
        return {**params, "match": self._ids.match(self._ids.match_no(params["match"]))}

    def unknown(self, params: Mapping[str, int]) -> str | None:
        """Why there is no match of this number; None where there may be one."""
        return no_match(self._books, self._ids.match_no(params["match"]))

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The paths of matches with another hole, player, winner or is_official than before."""
        return [self._paths[no] for no in self._scores.apply(change)]

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        no = self._matches[path]
        facts, id_ = self._scores.facts[no], self._ids.match(no)
        tournament = self._books.tournament.id
        keys = {
            "is_official": facts.official,
            "match_id": id_,
            "sr_match_id": urn("match", id_),
            "scoring_type": self._scoring.partition("-")[0],
            "time": self._moment(sent),
            "tournament_id": tournament,
            "sr_tournament_id": urn("stage", tournament),
            "winning_team_number": self._number(facts.winner),
        }
        if self._scoring == "absent":
            del keys["scoring_type"]
        if facts.winner is None:
            del keys["winning_team_number"]
        first = orjson.dumps(keys)[:-1]
        payload = (first, b',"team_scores":[', self._scores.scores(no), b"]}")
        return self._envelopes.around(path, seq, sent, payload)

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def _number(self, team: int | None) -> int | None:
        """``team_number``."""
        return self._ids.team(team) if self._by_id and team is not None else team

    def _squad_number(self, squad: int) -> int:
        return self._ids.squad(squad) if self._by_id else squad

    def side(self, holes: MatchHoles, side: int) -> bytes:
        """An element of ``team_scores``; its players are where the page was not read."""
        team, total = self._books.teams[holes.book.teams[side]], holes.totals[side]
        squad = team.team.squad
        keys = {
            "team_number": self._number(team.team.no),
            "squad_number": self._squad_number(squad) if squad else ABSENT,
            "match_score_to_par": total.to_par,
            "match_points": total.points if self._scoring.startswith("points") else ABSENT,
            "match_strokes": total.strokes,
            "hole_scores": orjson.Fragment(holes.encoded(side)),
            "players": card_players(team),
        }
        return orjson.dumps(present(keys))

    def hole(
        self, holes: MatchHoles, order: int, line: MatchLine | None, side: int, total: SideTotal
    ) -> bytes:
        """An element of ``hole_scores``."""
        book, none = holes.book, self._none
        hole = book.holes[order - 1] if line is None else line.hole
        own = None if line is None else line.sides[side]
        strokes = none if own is None or own.strokes is None else own.strokes
        keys = {
            "cumulative_score_to_par": none if own is None else total.to_par,
            "cumulative_holes_advantage": none if own is None else advantage(total.up),
            "hole_number": hole.no,
            "yardage": yards(hole.metres),
            "par": hole.par,
            "score_to_par": none if own is None or own.strokes is None else own.strokes - hole.par,
            "strokes": strokes,
            "hole_finished": line is not None,
            "points": self._points(line, side, total),
            "hole_finished_by": none if own is None else self._ending(own.reason),
            "playoff_sequence": max(0, order - book.over),
            "player_scores": self._balls(holes, line, side),
        }
        return orjson.dumps(present(keys))

    def _points(self, line: MatchLine | None, side: int, total: SideTotal) -> Any:
        """``points``, which are there only where points are counted."""
        if not self._scoring.startswith("points"):
            return ABSENT
        if line is None:
            return self._none
        return total.points if self._scoring == "points-so-far" else hole_points(line, side)

    def _ending(self, reason: str) -> str:
        """``hole_finished_by``."""
        return _ENDINGS[reason] if self._in_capitals else reason

    def _balls(self, holes: MatchHoles, line: MatchLine | None, side: int) -> Any:
        """``player_scores``, in fourballs."""
        if holes.book.play != "FOUR_BALL":
            return ABSENT
        if line is None:
            return self._none
        balls = balls_of(holes.book, line, side, holes.players[side])
        return [self._ball(ball, line.hole.par) for ball in balls] or self._none

    def _ball(self, ball: BallLine, par: int) -> Packet:
        keys = {
            "player_id": ball.player,
            "sr_player_id": urn("competitor", ball.player),
            "strokes": ball.strokes,
            "score_to_par": ball.strokes - par if ball.holed else self._none,
            "is_ball_holed": ball.holed,
        }
        return present(keys)


FEED: type[StateFeed] = MatchHoleByHole
