"""A tournament whose log is written by hand, with what must hold after every event of any log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from mockdde import log, schemas
from mockdde.books import Books, Change
from mockdde.broadcast import name_of
from mockdde.feeds import StateFeed, state_feeds
from mockdde.golf import Group, TeamRound, is_playoff
from mockdde.scenario import load_text
from mockdde.scenario.model import PlayoffSpec
from mockdde.standing import Ranking
from mockdde.world import Log, Tournament, stage
from quickly import quick

__all__ = ["FEEDS", "TEE_TIME", "Ledger", "audit", "check_valid", "tournament", "whole_tournament"]

TEE_TIME = 1_740_034_800_000  # 2025-02-20T07:00:00Z
PAR = 4  # of every hole
FEEDS = {
    "dde/leaderboard",
    "dde/teamholebyhole",
    "live/stroke-play-leaderboard",
    "live/stroke-play-team-hole-by-hole",
}
_PLACE = ("position", "is_tied", "order")  # of a row

_SCENARIO = """
title: Written by hand
tournament: {{id: 7, tour: {tour}, utcOffset: 3, course: {{holes: [{pars}]}}}}
field: [{{teams: {teams}}}]
rounds: [{rounds}]
"""


def tournament(
    teams: int = 3,
    *,
    holes: str = "1-2",
    cuts: tuple[int | None, ...] = (None,),
    tour: str = "PGA tour",
    playoff: bool = False,
    alternates: tuple[int, ...] = (),
    pending: tuple[int, ...] = (),
    quirks: dict[str, str] | None = None,
) -> Tournament:
    """A tournament without a log; ``cuts`` has a round each, and how many stay after it."""
    pars = ", ".join(f"{{no: {no}, par: {PAR}, metres: 366}}" for no in range(1, 19))
    rounds = ", ".join(f"{{no: {no}, holes: {holes}}}" for no, _ in enumerate(cuts, 1))
    text = _SCENARIO.format(tour=tour, pars=pars, teams=teams, rounds=rounds)
    made = stage(load_text(text, "ledger.yaml"), quirks)
    scenario = made.scenario
    specs = [replace(spec, cut=cut) for spec, cut in zip(scenario.rounds, cuts, strict=True)]
    field = [
        replace(each, alternate=each.team in alternates, pending=each.team in pending)
        for each in scenario.field
    ]
    first = specs[0]
    scenario = replace(
        scenario,
        rounds=tuple(specs),
        field=tuple(field),
        playoff=PlayoffSpec(first.mark, (18,)) if playoff else None,
    )
    last = made.courses[0].holes[18]
    for no, team in made.teams.items() if playoff else ():
        group = Group(401, 1, 401, 18, TEE_TIME, (no,))
        made.rounds[401, no] = TeamRound(401, team, group, made.courses[0], (last,) * 6)
    return replace(made, scenario=scenario, log=Log(iter(())))


def check_valid(feed: StateFeed, document: bytes, seen: set[str] | None = None) -> None:
    """It is valid by the schema of its feed, and by the strict one.

    ``seen`` keeps the rows and positions of a leaderboard, so that none is looked at twice.
    """
    instance = json.loads(document)
    for holder, key in _boards(instance) if seen is not None else ():
        holder[key] = [*_unseen(holder[key], seen)] or [holder[key][0]]
    for name in (feed.NAME, f"{feed.NAME}.strict"):
        if not quick(name).is_valid(instance):
            problems = schemas.explain(name, instance)
            raise AssertionError((name, problems[:3]))


def _boards(instance: dict) -> Iterator[tuple[dict, str]]:
    """Where a leaderboard has its rows."""
    if "standings" in instance:
        yield instance, "standings"
    payload = instance.get("data", {}).get("payload", {})
    if "team_standings" in payload:
        yield payload, "team_standings"


def _unseen(rows: list[dict], seen: set[str]) -> Iterator[dict]:
    for row in rows:
        position = json.dumps([row.get(key) for key in _PLACE])
        body = json.dumps({key: value for key, value in row.items() if key not in _PLACE})
        if not {position, body} <= seen:
            seen |= {position, body}
            yield row


def audit(books: Books) -> None:
    """What is kept in the books is what comes out when all is counted again."""
    assert books.standing() == Ranking(books.teams).places()
    assert [each.order for each in books.standing()] == list(range(1, len(books.teams) + 1))
    for team in books.teams.values():
        counting = [book for no, book in team.rounds.items() if not is_playoff(no)]
        assert team.to_par == sum(book.to_par for book in counting)
        assert team.strokes == sum(book.strokes for book in counting)
        assert list(team.rounds) == sorted(team.rounds)
        for book in team.rounds.values():
            assert book.to_par == sum(line.over for line in book.lines.values())
            assert book.strokes == sum(line.strokes for line in book.lines.values())


class Ledger:
    """Says events one by one, and holds books and feeds to what must hold after each."""

    def __init__(self, made: Tournament | None = None, **options: object):
        self.tournament = made or tournament(**options)  # type: ignore[arg-type]
        self.books = Books(self.tournament)
        self.feeds = {feed.NAME: feed(self.books) for feed in state_feeds() if feed.NAME in FEEDS}
        self.changed: list[str] = []  # documents of the DDE feed
        self.id = 0
        self._seen: set[str] = set()
        self._before = self._documents(self.feeds)

    # ── the state ─────────────────────────────────────────────────────────────────────────────

    def document(self, name: str) -> dict:
        """A document by the end of its path, such as ``leaderboard``."""
        return next(
            json.loads(feed.document(path, 5, TEE_TIME))
            for feed in self.feeds.values()
            for path in feed.streams()
            if path.endswith(f"/{name}")
        )

    def row(self, team: int) -> dict:
        """A row of the leaderboard."""
        rows = self.document("leaderboard")["standings"]
        return next(each for each in rows if each["teamNo"] == team)

    def places(self) -> list[str]:
        """``1 T2`` by team, from the top: ``["3 1", "1 T2", "2 T2"]``."""
        return [
            f"{each.team} {'T' if each.tied else ''}{each.value}" for each in self.books.standing()
        ]

    def all_documents(self) -> list[bytes]:
        """All that there are now."""
        return list(self._documents(self.feeds).values())

    def _documents(self, feeds: dict[str, StateFeed]) -> dict[str, bytes]:
        return {
            path: feed.document(path, 0, 0) for feed in feeds.values() for path in feed.streams()
        }

    # ── events ────────────────────────────────────────────────────────────────────────────────

    def say(self, what: log.What, round_no: int = 1, team: int = 0, order: int = 0) -> Change:
        """An event, a minute after the one before; then all is checked."""
        due = TEE_TIME + self.id * 60_000
        player = self.tournament.teams[team].players[0].id if team else 0
        event = log.Event(self.id, due, due, due, round_no, team, order, player, what)
        self.id += 1
        return self.apply(event)

    def apply(self, event: log.Event) -> Change:
        """Take in an event, and check what must hold after it."""
        change = self.books.apply(event)
        named = [p for feed in self.feeds.values() for p in feed.apply(event, change)]
        self.changed = [path for path in named if name_of(path).dialect == "dde"]
        if change == Change():
            assert named == []
            if self.id % 20:  # only now and then, because it takes its time
                return change
        audit(self.books)
        assert len(set(named)) == len(named)
        now = self._documents(self.feeds)
        fresh = self._documents({name: type(f)(self.books) for name, f in self.feeds.items()})
        assert now == fresh, "what is kept encoded is what would be encoded now"
        assert {path for path in now if now[path] != self._before[path]} == set(named)
        for feed in self.feeds.values():
            for path in feed.streams():
                if path in named:
                    check_valid(feed, now[path], self._seen)
        self._before = now
        return change

    def draw(self, round_no: int = 1, *groups: tuple[int, ...], tee: int = 1) -> None:
        """Each group ten minutes after the one before; without groups all teams in one."""
        drawn = groups or (tuple(self.tournament.teams),)
        self.say(
            log.Drawn(
                tuple(
                    Group(round_no, no, no, tee, TEE_TIME + (no - 1) * 600_000, teams)
                    for no, teams in enumerate(drawn, 1)
                )
            ),
            round_no,
        )

    def start(self, *teams: int, round_no: int = 1) -> None:
        """Teams are on their first tee."""
        for team in teams:
            self.say(log.RoundStarted(), round_no, team, 1)

    def play(self, team: int, *strokes: int, round_no: int = 1) -> None:
        """The next holes of a team that has started, with so many strokes."""
        for each in strokes:
            order = len(self.books.shots.of(round_no, team)) + 1
            self.say(log.HoleStarted(), round_no, team, order)
            self.say(log.HoleFinished("BallHoled", each), round_no, team, order)

    def go_round(self, scores: dict[int, tuple[int, ...]], round_no: int = 1) -> None:
        """Teams start, play all their holes and finish the round, one after the other."""
        self.start(*scores, round_no=round_no)
        for team, strokes in scores.items():
            self.play(team, *strokes, round_no=round_no)
            self.say(log.RoundFinished(), round_no, team, len(strokes))


def whole_tournament(ledger: Ledger) -> list[bytes]:
    """Something of everything that a board can show; all documents, at every turn of it.

    The ledger has five teams, a cut after the first of two rounds, and a playoff.
    """
    seen: list[bytes] = []
    for turn in _first_round, _cut, _second_round, _playoff, _end:
        seen += ledger.all_documents()
        turn(ledger, seen)
    return seen + ledger.all_documents()


def _first_round(ledger: Ledger, seen: list[bytes]) -> None:
    ledger.draw(1, (1, 2), (3, 4, 5))
    ledger.start(1, 2)
    ledger.play(1, 3)
    seen += ledger.all_documents()
    ledger.say(log.PlaySuspended(overnight=True))
    seen += ledger.all_documents()
    ledger.say(log.PlayResumed())
    ledger.play(1, 4)
    ledger.say(log.RoundFinished(), 1, 1, 2)
    seen += ledger.all_documents()
    ledger.play(2, 4, 3)
    ledger.say(log.RoundFinished(), 1, 2, 2)
    ledger.go_round({3: (5, 5), 4: (4, 4)})
    ledger.say(log.TeamStatus(5, "DidNotStart"), 0)


def _cut(ledger: Ledger, seen: list[bytes]) -> None:
    ledger.say(log.PlayComplete())
    ledger.say(log.CutMade(0, (3,), "Cut"))
    for team in (1, 2, 3, 4):
        ledger.say(log.RoundOfficial(), 1, team, 2)
    ledger.say(log.RoundClosed())
    seen += ledger.all_documents()
    ledger.draw(2, (1, 2, 4))


def _second_round(ledger: Ledger, seen: list[bytes]) -> None:
    ledger.start(1, 2, 4, round_no=2)
    seen += ledger.all_documents()
    for team, strokes in {1: (4, 4), 2: (4, 4), 4: (5, 5)}.items():
        ledger.play(team, *strokes, round_no=2)
        ledger.say(log.RoundFinished(), 2, team, 2)
    ledger.say(log.PlayComplete(), 2)


def _playoff(ledger: Ledger, seen: list[bytes]) -> None:
    ledger.draw(401, (1, 2), tee=18)
    ledger.start(1, 2, round_no=401)
    seen += ledger.all_documents()
    ledger.play(1, 4, 3, round_no=401)
    ledger.play(2, 4, 4, round_no=401)


def _end(ledger: Ledger, seen: list[bytes]) -> None:
    for team in (1, 2):
        ledger.say(log.RoundFinished(), 401, team, 2)
        ledger.say(log.RoundOfficial(), 401, team, 2)
    ledger.say(log.PlayComplete(), 401)
    ledger.say(log.PlayoffWon(1), 401)
    seen += ledger.all_documents()
    ledger.say(log.RoundClosed(), 401)
    ledger.say(log.TournamentClosed(), 0)
