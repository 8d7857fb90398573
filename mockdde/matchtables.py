"""What the matches of a tournament add up to: pools, places, the scores of squads.

Only matches that are decided count, by the word on their holes by now; one that a correction
reopens does not count any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from mockdde.golf import Squad, is_playoff, play_order
from mockdde.matchbook import MatchBook
from mockdde.matchplay import Meeting, Row, pool_rows

if TYPE_CHECKING:  # the books read their own tables
    from mockdde.books import Books

__all__ = [
    "Pool",
    "SquadScore",
    "Tables",
    "pools",
    "previous_matches",
    "ranking",
    "squad_scores",
]


class Pool(NamedTuple):
    """A pool; ``rows`` by team, from the top down."""

    no: int
    rows: Mapping[int, Row]
    over: bool  # all its matches are decided, but for a playoff
    winner: int | None  # the team that goes on, once that is known

    def shares(self, team: int) -> bool:
        """Whether others have a team's position too."""
        place = self.rows[team].position
        return [each.position for each in self.rows.values()].count(place) > 1


class SquadScore(NamedTuple):
    """What a squad has won: a point a match, and half a point where it is halved."""

    squad: Squad
    score: float
    projected: float  # if all matches that are played ended as they stand
    to_win: float  # with this many it has the cup, whatever else happens


class Tables(NamedTuple):
    """What a leaderboard says of a match and its teams that other matches decide."""

    pools: Mapping[int, Pool]  # by team
    places: Mapping[int, tuple[int, bool]]  # by team: its place, and whether others share it
    previous: Mapping[tuple[int, int], int]  # by match and team
    in_pool: Mapping[int, int]  # by match of a pool: its place in the pool
    in_round: Mapping[int, int]  # by match of a pool: its place in the round

    @classmethod
    def of(cls, books: Books) -> Tables:
        """As they are now."""
        by_team = {team: pool for pool in pools(books).values() for team in pool.rows}
        of_pools = [book for _, book in sorted(books.matches.all.items()) if book.group.pool]
        return cls(
            by_team,
            ranking(books),
            previous_matches(books),
            _positions(of_pools, lambda book: book.group.pool),
            _positions(of_pools, lambda book: book.round),
        )

    def about(self, book: MatchBook) -> tuple[object, ...]:
        """All of it that a row of a match shows."""
        of_teams = [
            (self.pools.get(no), self.places.get(no), self.previous[book.no, no])
            for no in book.teams
        ]
        return of_teams, self.in_pool.get(book.no), self.in_round.get(book.no)


# ── pools ─────────────────────────────────────────────────────────────────────────────────────


def pools(books: Books) -> dict[int, Pool]:
    """The pools by number; none where there are no pools. A playoff is no match of the table."""
    points = {spec.no: spec.points for spec in books.specs.values() if spec.points is not None}
    matches: dict[int, list[MatchBook]] = {}
    playoffs: dict[int, list[MatchBook]] = {}
    for book in books.matches.all.values():
        if book.group.pool:
            kind = playoffs if is_playoff(book.round) else matches
            kind.setdefault(book.group.pool, []).append(book)
    drawn = all(books.rounds[no].groups for no in points)
    found: dict[int, Pool] = {}
    for no, mine in sorted(matches.items()):
        teams = sorted({team for book in mine for team in book.teams})
        meetings = [Meeting(*book.teams, book.result) for book in mine if book.result is not None]
        table = pool_rows(teams, meetings, points[mine[0].round])
        rows = {row.team: row for row in table}
        over = drawn and len(meetings) == len(mine)
        found[no] = Pool(no, rows, over, _winner(rows, playoffs.get(no, ())) if over else None)
    return found


def _winner(rows: Mapping[int, Row], playoffs: Iterable[MatchBook]) -> int | None:
    """Who is left of those at the top once losers of playoff matches are out."""
    first = {no for no, row in rows.items() if row.position == 1}
    for book in playoffs:
        if book.winner is not None:
            first -= set(book.teams) - {book.winner}
    return first.pop() if len(first) == 1 else None


def _positions(books: Iterable[MatchBook], among: Callable[[MatchBook], int]) -> dict[int, int]:
    """By match: the how many it is among those that are alike."""
    counts: dict[int, int] = {}
    found = {}
    for book in books:
        key = among(book)
        found[book.no] = counts[key] = counts.get(key, 0) + 1
    return found


# ── places ────────────────────────────────────────────────────────────────────────────────────


def ranking(books: Books) -> dict[int, tuple[int, bool]]:
    """The place of each team in the tournament by now, and whether others share it.

    Further in the knock-out is higher, whoever it is against. Who is not in it yet, or never,
    stands by its points of the pools, below those who have won one. Of squads there is no such
    order.
    """
    if books.tournament.squads:
        return {}
    keys = dict.fromkeys(books.teams, (0, 0, 0, 0.0))
    for pool in pools(books).values():
        keys |= {no: (0, int(no == pool.winner), 0, row.points) for no, row in pool.rows.items()}
    knocked_out: set[int] = set()
    for book in _in_order(books):
        spec = books.specs.get(book.round)
        if spec is None or not spec.knocks_out:
            continue
        result = book.result
        for side, no in enumerate(book.teams):
            mine = 0 if result is None else -result if side else result
            stage, last, _, _ = keys[no]
            if no in knocked_out:  # a consolation match is about the places behind the others
                keys[no] = (stage, last, mine, 0.0)
            else:
                keys[no] = (stage + 1, mine, 0, 0.0)
        knocked_out |= {no for no in book.teams if keys[no][1] < 0}
    ordered = sorted(keys.values(), reverse=True)
    return {no: (ordered.index(key) + 1, ordered.count(key) > 1) for no, key in keys.items()}


def previous_matches(books: Books) -> dict[tuple[int, int], int]:
    """By match and team: the last match before that any player of the team was drawn in, or 0."""
    last: dict[int, int] = {}  # by player
    found: dict[tuple[int, int], int] = {}
    for book in _in_order(books):
        for team in book.teams:
            players = [player.id for player in books.teams[team].team.players]
            found[book.no, team] = max(last.get(player, 0) for player in players)
            last |= dict.fromkeys(players, book.no)
    return found


def _in_order(books: Books) -> list[MatchBook]:
    """All matches that are drawn, as they are played."""
    return sorted(books.matches.all.values(), key=lambda book: (*play_order(book.round), book.no))


# ── squads ────────────────────────────────────────────────────────────────────────────────────


def squad_scores(books: Books, *, halves_unplayed: bool = False) -> list[SquadScore]:
    """The squads in the order of the scenario; ``halves_unplayed``: in projections a match that is
    not begun is halved, or else not in them.
    """
    tournament = books.tournament
    score = {squad.no: 0.0 for squad in tournament.squads}
    projected = dict(score)
    undrawn = len(tournament.match_numbers) - len(books.matches.all)
    for book in books.matches.all.values():
        if book.result is not None:
            _add(score, books, book, book.result)
            _add(projected, books, book, book.result)
        elif book.started:
            _add(projected, books, book, (book.up > 0) - (book.up < 0))
        else:
            undrawn += 1
    half = len(tournament.match_numbers) / 2
    return [
        SquadScore(
            squad,
            score[squad.no],
            projected[squad.no] + (undrawn / 2 if halves_unplayed else 0.0),
            half if squad.holder else half + 0.5,
        )
        for squad in tournament.squads
    ]


def _add(score: dict[int, float], books: Books, book: MatchBook, result: int) -> None:
    """A match with this result; 1: the first side has won."""
    for side, team in enumerate(book.teams):
        squad = books.teams[team].team.squad
        score[squad] += (1 + (-result if side else result)) / 2
