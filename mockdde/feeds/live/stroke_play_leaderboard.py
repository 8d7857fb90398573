"""The leaderboard of stroke play (live-data-golf-api §7).

The page was read as far as a team's players: what follows those, and what follows the teams, is
what the DDE feed's leaderboard has, its keys spelt as all others are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import StateFeed
from mockdde.feeds._boardrows import BoardRows
from mockdde.feeds.live._envelope import STANDINGS, payload_of
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._scores import Scores
from mockdde.feeds.live._states import (
    STATUS_WORDS,
    Envelopes,
    board_players,
    present,
    timestamps,
)
from mockdde.feeds.live._statuses import round_status, tournament_status
from mockdde.log import Event
from mockdde.standing import Place
from mockdde.teambook import TeamBook, TeamRoundBook

__all__ = ["FEED", "StrokePlayLeaderboard"]


class StrokePlayLeaderboard:
    """The rendering of the books. Each row is kept encoded; only what changes is encoded again."""

    ABOUT: ClassVar[str] = "Who stands where, with the scores of all rounds, as a CloudEvent."
    FEED_TYPE: ClassVar[str] = "stroke-play-leaderboard"
    PLAY: ClassVar[str] = "stroke"

    NAME: ClassVar[str] = "live/stroke-play-leaderboard"
    PATH: ClassVar[str] = "/golf/stream/v1/tournaments/{tournament}/stroke-play-leaderboard"
    REST: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/stroke-play-leaderboard"
    KIND: ClassVar[str] = "state"
    bare = staticmethod(payload_of)
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books, self._ids = books, Ids(tournament)
        self._quirks = tournament.quirks
        self._scores = Scores(tournament.quirks)
        self._moment = timestamps(tournament.quirks)
        self._by_round = tournament.quirks["live-total-score"] == "round"
        self._path = self.PATH.format(tournament=tournament.id)
        self._envelopes = Envelopes(tournament, self._ids, STANDINGS)
        ids = {"tournament_id": tournament.id, "sr_tournament_id": urn("stage", tournament.id)}
        self._first = orjson.dumps(ids)[:-1] + b',"timestamp":"'
        self._players: dict[tuple[int, bool], orjson.Fragment] = {}  # and whether it is pending
        self._turns = books.turns()
        self._rounds = self._statuses(), self._behind()
        self._rows = BoardRows(
            books,
            self._body,
            self._place,
            by_round=self._by_round,
            says_finished=self._scores.in_pairs,
        )

    def streams(self) -> Iterator[str]:
        """The one path."""
        return iter((self._path,))

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """Every tournament in stroke play has this leaderboard."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The path, if anything but ids and moments is different now."""
        if not change.board:
            return ()
        changed = self._rows.apply(change)
        turns = self._books.turns()
        if turns != self._turns:
            before, self._rounds = self._rounds, (self._statuses(), self._behind())
            self._turns, changed = turns, changed or before != self._rounds
        return (self._path,) if changed else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        statuses, behind = self._rounds
        rows = self._rows.encoded()
        first = b'%b%b",%b,"team_standings":[' % (
            self._first,
            self._moment(sent).encode(),
            statuses,
        )
        rows[0] = first + rows[0]
        rows[-1] += b"]," + behind
        return self._envelopes.around(path, seq, sent, (b",".join(rows),))

    # ── rows ──────────────────────────────────────────────────────────────────────────────────

    def _place(self, place: Place) -> bytes:
        """What moves without the team's doing, and the end of the row."""
        return _place(place.order, place.value, place.tied, self._scores.in_pairs)

    def _body(self, team: TeamBook) -> bytes:
        """A team's row up to its position."""
        now, scores = self._books.round_of(team), self._scores
        id_ = self._ids.team(team.team.no)
        row = {
            "team_id": id_,
            "sr_team_id": urn("competitor", id_),
            "players": self._names(team),
            "status": STATUS_WORDS[team.status],
            "current_round": now.round if now else next(iter(self._books.specs)),
            "holes_through": scores.holes(
                now.through if now else 0, complete=bool(now and now.complete)
            ),
            "to_par": scores.to_par(team.to_par, played=team.begun),
            "to_par_today": scores.to_par(now.to_par if now else 0, played=bool(now and now.lines)),
            "total_score": self._total(team),
            "round_info": {str(no): self._round(book) for no, book in team.rounds.items()},
        }
        return orjson.dumps(present(row))[:-1]

    def _names(self, team: TeamBook) -> orjson.Fragment:
        key = (team.team.no, team.pending)
        if key not in self._players:
            self._players[key] = orjson.Fragment(orjson.dumps(board_players(team)))
        return self._players[key]

    def _total(self, team: TeamBook) -> Any:
        if not self._by_round:
            return self._scores.strokes(team.strokes, played=team.begun)
        whole = team.whole_rounds
        return self._scores.strokes(whole or 0, played=whole is not None)

    def _round(self, book: TeamRoundBook) -> dict[str, Any]:
        """A value of ``round_info``."""
        played = bool(book.lines)
        position, tied = book.position or (None, None)
        keys = {
            "score": self._scores.strokes(book.strokes, played=played),
            "to_par": self._scores.to_par(book.to_par, played=played),
            "tee_time": self._moment(book.group.tee_time),
            "start_hole": book.group.tee,
            "round_finished_position": position,
            "round_finished_is_tied": tied,
        }
        return present(keys)

    # ── the tournament's keys ─────────────────────────────────────────────────────────────────

    def _statuses(self) -> bytes:
        """What stands between the timestamp and the teams."""
        keys = {
            "tournament_status": tournament_status(self._books),
            "round_statuses": [
                {
                    "round_number": each.no,
                    "status": round_status(each, self._quirks, "stroke-play-leaderboard"),
                }
                for each in self._books.rounds.values()
            ],
        }
        return orjson.dumps(keys)[1:-1]

    def _behind(self) -> bytes:
        """What stands behind the teams, with the last brace."""
        books = self._books
        keys = {
            "current_round": books.current_round,
            "cutline": {"cut": books.cut, "required": books.is_cut_round},
            "is_play_suspended_overnight": books.overnight,
        }
        return orjson.dumps(keys)[1:]


@lru_cache(maxsize=65_536)  # a field of 156 comes to some ten thousand
def _place(order: int, value: int, tied: bool, in_pairs: bool) -> bytes:
    keys: dict[str, Any] = {"position": value, "is_tied": tied, "order": order}
    if in_pairs:
        place = {
            "order": order,
            "value": value,
            "format": "TIED" if tied else "ABSOLUTE",
            "display_value": ("T" if tied else "") + str(value),
        }
        keys = {"position": place}
    return b"," + orjson.dumps(keys)[1:]


FEED: type[StateFeed] = StrokePlayLeaderboard
