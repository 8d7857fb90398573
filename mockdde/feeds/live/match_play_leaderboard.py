"""The leaderboard of match play (live-data-golf-api §7).

The page was read into the players of a match: what follows those, and what follows the matches, is
what the DDE feed's leaderboard has, its keys spelt as all others are here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import Packet, StateFeed
from mockdde.feeds._matchrows import MatchRows
from mockdde.feeds.live._envelope import STANDINGS, payload_of
from mockdde.feeds.live._ids import Ids, urn
from mockdde.feeds.live._scores import Scores
from mockdde.feeds.live._states import ABSENT, Envelopes, board_players, present, timestamps
from mockdde.feeds.live._statuses import round_status, tournament_status
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.matchtables import Pool, SquadScore, Tables, squad_scores
from mockdde.roundnames import round_name

__all__ = ["FEED", "MatchPlayLeaderboard"]


class MatchPlayLeaderboard:
    """The rendering of the books. Each match is kept encoded."""

    ABOUT: ClassVar[str] = "Every match with its score, and the scores of squads, as a CloudEvent."
    FEED_TYPE: ClassVar[str] = "match-play-leaderboard"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "live/match-play-leaderboard"
    PATH: ClassVar[str] = "/golf/stream/v1/tournaments/{tournament}/match-play-leaderboard"
    REST: ClassVar[str] = "/golf/rest/v1/tournaments/{tournament}/match-play-leaderboard"
    KIND: ClassVar[str] = "state"
    bare = staticmethod(payload_of)
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books, self._ids = books, Ids(tournament)
        self._quirks = tournament.quirks
        self._scores = Scores(tournament.quirks)
        self._moment = timestamps(tournament.quirks)
        self._path = self.PATH.format(tournament=tournament.id)
        self._envelopes = Envelopes(tournament, self._ids, STANDINGS)
        self._around = self._keys()
        self._rows = MatchRows(books, self._row)

    def streams(self) -> Iterator[str]:
        """The one path."""
        return iter((self._path,))

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """Every tournament in match play has this leaderboard."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The path, if anything but ids and moments is different now."""
        if not change.board:
            return ()
        before, self._around = self._around, self._keys()
        changed = self._rows.apply(change) or before != self._around
        return (self._path,) if changed else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:
        """The document as it is now, encoded."""
        first, statuses, squads = self._around
        moment = b',"timestamp":"%b",' % self._moment(sent).encode()
        payload = (first, moment, statuses, b',"matches":[', self._rows.encoded(), b"]", squads)
        return self._envelopes.around(path, seq, sent, payload)

    # ── matches ───────────────────────────────────────────────────────────────────────────────

    def _row(self, book: MatchBook, tables: Tables) -> bytes:
        """An element of ``matches``."""
        books, group = self._books, book.group
        id_, status = self._ids.match(book.no), "IN_PROGRESS" if book.started else "NOT_STARTED"
        keys = {
            "match_id": id_,
            "sr_match_id": urn("match", id_),
            "course_id": group.course,
            "sr_course_id": urn("venue", group.course),
            "round_number": book.round,
            "round_name": round_name(books.tournament, book.round, books.rounds[book.round].groups),
            "match_status": "ENDED" if book.complete else status,
            "start_hole": group.tee,
            "tee_time": self._moment(group.tee_time),
            "teams": [self._team(book, side, tables) for side in (0, 1)],
            "pool_number": group.pool or ABSENT,
            "pool_match_position": tables.in_pool.get(book.no, ABSENT),
        }
        return orjson.dumps(present(keys))

    def _team(self, book: MatchBook, side: int, tables: Tables) -> Packet:
        """An element of ``teams``."""
        no = book.teams[side]
        team = self._books.teams[no]
        id_ = self._ids.team(no)
        place, tied = tables.places.get(no, (ABSENT, False))
        previous = tables.previous[book.no, no]
        keys = {
            "team_id": id_,
            "sr_team_id": urn("competitor", id_),
            **self._squad_ids(team.team.squad),
            "players": board_players(team),
            "final_match_score": self._final_score(book, side),
            "current_match_score": book.current_score(side),
            "match_leader": book.leads(side),
            "match_winner": book.winner == no,
            "thru": self._thru(book),
            "seed": ABSENT if team.team.seed is None else team.team.seed,
            "previous_match": self._ids.match(previous) if previous else None,
            "position": place,
            "is_tied": tied,
            **_pool_columns(tables.pools.get(no), no),
        }
        return present(keys)

    def _squad_ids(self, no: int) -> Packet:
        """Of a team that is of a squad."""
        if not no:
            return {}
        id_ = self._ids.squad(no)
        return {"squad_id": id_, "sr_squad_id": urn("competitor", id_)}

    def _final_score(self, book: MatchBook, side: int) -> Any:
        """``final_match_score``, and what stands for it before the match is decided."""
        score = book.final_score(side)
        if score is None and self._quirks["live-final-match-score"] == "absent":
            return ABSENT
        return score

    def _thru(self, book: MatchBook) -> int | str:
        """Holes completed; in the DDE feed's words a text."""
        if not self._scores.in_pairs:
            return book.played
        return "F" if book.complete else str(book.played or "-")

    # ── the tournament's keys ─────────────────────────────────────────────────────────────────

    def _keys(self) -> tuple[bytes, bytes, bytes]:
        """What stands before the timestamp, before the matches, and behind them."""
        books, id_ = self._books, self._books.tournament.id
        first = {
            "tournament_id": id_,
            "sr_tournament_id": urn("stage", id_),
            "tournament_status": tournament_status(books),
            "current_round": books.current_round,
        }
        statuses = {
            "round_statuses": [
                {
                    "round_number": each.no,
                    "status": round_status(each, self._quirks, "match-play-leaderboard"),
                }
                for each in books.rounds.values()
            ]
        }
        return orjson.dumps(first)[:-1], orjson.dumps(statuses)[1:-1], self._squads()

    def _squads(self) -> bytes:
        """What stands behind the matches, with the last brace."""
        if not self._books.tournament.squads:
            return b"}"
        scores = [self._squad(each) for each in squad_scores(self._books)]
        keyed = self._quirks["live-tournament-scores"] == "keyed"
        found = {str(each["squad_id"]): each for each in scores} if keyed else scores
        return b"," + orjson.dumps({"tournament_scores": found})[1:]

    def _squad(self, each: SquadScore) -> Packet:
        """An element of ``tournament_scores``."""
        return {
            **self._squad_ids(each.squad.no),
            "squad_name": each.squad.name,
            "host": each.squad.host,
            "score": each.score,
            "projected_score": each.projected,
            "score_to_win": each.to_win,
        }


def _pool_columns(pool: Pool | None, team: int) -> Packet:
    """What a team has won in its pool so far, and once the pool is over in all of it."""
    if pool is None:
        return {}
    row = pool.rows[team]
    columns = {"wins": row.wins, "halves": row.halves, "losses": row.losses, "points": row.points}
    totals = {f"total_pool_{key}": value for key, value in columns.items()} if pool.over else {}
    return {
        "pool_play_group_number": pool.no,
        "pool_winner": pool.winner == team,
        **{f"pool_{key}": value for key, value in columns.items()},
        **totals,
    }


FEED: type[StateFeed] = MatchPlayLeaderboard
