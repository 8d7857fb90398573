"""The leaderboard of match play: every match that is drawn, and what squads have won.

Keys stand in the order of the documentation's tables; there is no sample of this document.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

import orjson

from mockdde.books import Books, Change
from mockdde.feeds import StateFeed
from mockdde.feeds._matchrows import MatchRows
from mockdde.golf import Team
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.matchtables import Pool, SquadScore, Tables, squad_scores
from mockdde.moments import iso_at_venue, iso_millis
from mockdde.roundnames import round_name

__all__ = ["FEED", "MatchPlayLeaderboard"]

_ABSENT: Final[Any] = object()  # in place of a value: the key is not there


class MatchPlayLeaderboard:
    """The rendering of the books. Each match is kept encoded."""

    ABOUT: ClassVar[str] = "Every match with its score, and the scores of pools and squads."
    FEED_TYPE: ClassVar[str] = "matchplayleaderboard"
    PLAY: ClassVar[str] = "match"

    NAME: ClassVar[str] = "dde/matchplayleaderboard"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/matchplayleaderboard"
    KIND: ClassVar[str] = "state"
    hears_all = False

    def __init__(self, books: Books) -> None:
        tournament = books.tournament
        self._books = books
        self._quirks = tournament.quirks
        self._path = self.PATH.format(tournament=tournament.id)
        self._head, self._tail = self._rounds(), self._squads()
        self._rows = MatchRows(books, self._row)

    def streams(self) -> Iterator[str]:
        """The one path."""
        return iter((self._path,))

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """Every tournament in match play has this leaderboard."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:  # noqa: ARG002
        """The path, if anything but timestamp and seqNum is different now."""
        if not change.board:
            return ()
        before = (self._head, self._tail)
        self._head, self._tail = self._rounds(), self._squads()
        changed = before != (self._head, self._tail)
        changed |= self._rows.apply(change)
        return (self._path,) if changed else ()

    def document(self, path: str, seq: int, sent: int) -> bytes:  # noqa: ARG002
        """The document as it is now, encoded."""
        books = self._books
        return b"".join(
            (
                b'{"tournamentId":%d,"timestamp":"' % books.tournament.id,
                iso_millis(sent).encode(),
                b'","finished":true' if books.phase == "Official" else b'","finished":false',
                b',"seqNum":%d,' % seq,
                self._head,
                b',"matches":[',
                self._rows.encoded(),
                b"]",
                self._tail,
            )
        )

    # ── matches ───────────────────────────────────────────────────────────────────────────────

    def _row(self, book: MatchBook, tables: Tables) -> bytes:
        """An element of ``matches``."""
        books, group = self._books, book.group
        course: int | str = group.course
        in_pool = self._quirks["pool-match-position"] == "pool"
        positions = tables.in_pool if in_pool else tables.in_round
        status = "In Progress" if book.started else "Not Started"
        return _encoded(
            {
                "poolNo": group.pool or _ABSENT,
                "courseId": str(course) if self._quirks["course-id"] == "string" else course,
                "matchNo": book.no,
                "poolMatchPosition": positions.get(book.no, _ABSENT),
                "teams": [orjson.Fragment(self._team(book, side, tables)) for side in (0, 1)],
                "roundNo": book.round,
                "roundName": round_name(
                    books.tournament, book.round, books.rounds[book.round].groups
                ),
                "matchStatus": "MatchComplete" if book.complete else status,
                "startHole": group.tee,
                "teeTime": iso_at_venue(group.tee_time, books.tournament.utc_offset),
            }
        )

    def _team(self, book: MatchBook, side: int, tables: Tables) -> bytes:
        """An element of ``teams``."""
        no = book.teams[side]
        team = self._books.teams[no]
        pool = tables.pools.get(no)
        place, tied = tables.places.get(no, (_ABSENT, False))
        if pool is not None and self._quirks["match-position"] == "pool":
            place = pool.rows[no].position
            tied = pool.shares(no)
        names_squad = team.team.squad and self._quirks["team-squad"] == "present"
        now, in_all = _pool_columns(pool, no), self._totals(pool, no)
        return _encoded(
            {
                "players": _players(team.team, known=not team.pending),
                self._quirks["final-score-key"]: self._final_score(book, side),
                "matchLeader": int(book.leads(side)),
                "seed": _ABSENT if team.team.seed is None else team.team.seed,
                "matchWinner": book.winner == no,
                "totalPoolPoints": in_all["points"],
                "currentMatchScore": book.current_score(side),
                "totalPoolHalves": in_all["halves"],
                "poolPlayGroupNo": pool.no if pool is not None else _ABSENT,
                "totalPoolLosses": in_all["losses"],
                "poolWinner": pool.winner == no if pool is not None else _ABSENT,
                "poolWins": now["wins"],
                "teamNo": no,
                "previousMatch": tables.previous[book.no, no],
                "thru": self._thru(book),
                "isTied": int(tied),
                "poolLosses": now["losses"],
                "position": place,
                "totalPoolWins": in_all["wins"],
                "poolPoints": now["points"],
                "poolHalves": now["halves"],
                "squadNo": team.team.squad if names_squad else _ABSENT,
            }
        )

    def _final_score(self, book: MatchBook, side: int) -> Any:
        """``finalMatchScore``, and what stands for it before the match is decided."""
        if book.conceded and self._quirks["conceded-match-score"] == "C":
            return "C"
        if book.complete and not book.over and self._quirks["playoff-match-score"] == "up":
            return book.current_score(side)
        none = {"null": None, "empty": "", "absent": _ABSENT}[self._quirks["final-match-score"]]
        return none if (score := book.final_score(side)) is None else score

    def _thru(self, book: MatchBook) -> str:
        if book.complete:
            return "F"
        if book.started and not book.played:
            return self._quirks["thru-begun"]
        return str(book.played or "-")

    def _totals(self, pool: Pool | None, team: int) -> dict[str, Any]:
        """The columns of a pool that is over, and what they have before it is."""
        if pool is None or pool.over or self._quirks["pool-totals"] == "so-far":
            return _pool_columns(pool, team)
        none = None if self._quirks["pool-totals"] == "null" else _ABSENT
        return dict.fromkeys(_pool_columns(pool, team), none)

    # ── the tournament's keys ─────────────────────────────────────────────────────────────────

    def _rounds(self) -> bytes:
        """What stands between seqNum and the matches."""
        books = self._books
        suspended = books.status == "Suspended"
        keys = {
            "currentRound": books.current_round,
            "tournamentStatus": (
                self._quirks["match-suspended-word"] if suspended else books.status
            ),
            "roundStatuses": [
                {"number": each.no, "status": each.status} for each in books.rounds.values()
            ],
        }
        return orjson.dumps(keys)[1:-1]

    def _squads(self) -> bytes:
        """What stands behind the matches, with the last brace."""
        if not self._books.tournament.squads:
            return b"}"
        halves = self._quirks["projected-score"] == "all"
        scores = {
            str(each.squad.no): self._squad(each)
            for each in squad_scores(self._books, halves_unplayed=halves)
        }
        keyed = self._quirks["tournament-scores"] == "keyed"
        key = self._quirks["tournament-scores-key"]
        return b"," + orjson.dumps({key: scores if keyed else list(scores.values())})[1:]

    def _squad(self, each: SquadScore) -> dict[str, Any]:
        """An element of ``TournamentScores``."""
        capital = self._quirks["tournament-scores-key"] == "TournamentScores"
        whole = self._quirks["score-to-win"] == "integer"
        return {
            "scoreToWin": math.ceil(each.to_win) if whole else each.to_win,
            "host": each.squad.host,
            "score": each.score,
            "squadName": each.squad.name,
            "SquadNo" if capital else "squadNo": each.squad.no,
            "projectedScore": each.projected,
        }


def _encoded(keys: Mapping[str, Any]) -> bytes:
    """An object of the keys that are there."""
    return orjson.dumps({key: value for key, value in keys.items() if value is not _ABSENT})


def _pool_columns(pool: Pool | None, team: int) -> dict[str, Any]:
    """What a team has won in its pool so far."""
    if pool is None:
        return dict.fromkeys(("wins", "halves", "losses", "points"), _ABSENT)
    row = pool.rows[team]
    return {"wins": row.wins, "halves": row.halves, "losses": row.losses, "points": row.points}


def _players(team: Team, *, known: bool) -> list[dict[str, Any]]:
    """``players``: fewer keys than elsewhere."""
    return [
        {
            "id": each.id,
            "country": each.country,
            "lastName": each.last_name if known else "Unknown",
            "firstName": each.first_name if known else "Unknown",
        }
        for each in team.players
    ]


FEED: type[StateFeed] = MatchPlayLeaderboard
