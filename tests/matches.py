"""Match play whose log is written by hand, with what must hold after every event of any log."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from mockdde import log, schemas
from mockdde.books import Books, Change
from mockdde.broadcast import name_of
from mockdde.feeds import Packet, StateFeed, state_feeds
from mockdde.golf import Group
from mockdde.quirks import Quirks
from mockdde.scenario import load_text
from mockdde.world import Log, Tournament, stage
from quickly import quick

__all__ = ["BOARD", "KNOCK_OUT", "POOLS", "SQUADS", "TEE_TIME", "MatchLedger", "cup", "score_of"]

TEE_TIME = 1_740_034_800_000  # 2025-02-20T07:00:00Z, a Thursday
PAR, METRES = 4, 366  # of every hole
BOARD = "/golf/tournaments/7/matchplayleaderboard"

_HOLES = ", ".join(f"{{no: {no}, par: {PAR}, metres: {METRES}}}" for no in range(1, 19))
_COURSE = f"course: {{id: 6, scoring: HoleScoresOnly, holes: [{_HOLES}]}}"
_POOL = "holes: 1-3, advance: WON_1_POINTS_DRAW_HALF_POINT"
KNOCK_OUT = f"""
title: Written by hand
tournament: {{id: 7, format: Match, utcOffset: 3, {_COURSE}}}
field: [{{team: 1, seed: 2}}, {{team: 2, seed: 1}}, {{teams: 2}}]
rounds: [{{holes: 1-3}}, {{holes: 1-3, consolation: true}}]
"""
POOLS = f"""
title: Written by hand
tournament: {{id: 7, format: MatchPlay5Days, utcOffset: 3, {_COURSE}}}
field: [{{teams: 8}}]
rounds: [{{{_POOL}}}, {{{_POOL}}}, {{{_POOL}}}, {{holes: 1-3}}]
"""
SQUADS = f"""
title: Written by hand
tournament: {{id: 7, format: RyderCup, utcOffset: -5, {_COURSE}}}
squads: [{{name: Europe, players: 2}}, {{name: USA, players: 2, host: true, holder: true}}]
rounds:
  - {{holes: 1-3, play: FOUR_BALL}}
  - {{holes: 1-3, play: FOURSOMES, start: 2025-02-21T03:00:00Z}}
  - {{holes: 1-3}}
"""
# One side of a hole: strokes of the ball it holed; or how the hole ends for it; or that and the
# strokes of its balls, negative where a ball is picked up.
Side: TypeAlias = int | str | tuple[str, int, int]


def cup(name: str) -> str:
    """The text of a Ryder Cup, of which neither squad is the holder unless it is named."""
    text = SQUADS.replace(", holder: true", "")
    return text.replace(f"name: {name},", f"name: {name}, holder: true,")


def score_of(document: Packet, side: int) -> list[Packet]:
    """holeScores of a side (1 or 2)."""
    scores: list[Packet] = document["teamScores"][side - 1]["holeScores"]
    return scores


class MatchLedger:
    """Says events one by one, and holds the documents of matches to what must hold after each."""

    def __init__(self, text: str = KNOCK_OUT, **quirks: str) -> None:
        chosen = Quirks({name.replace("_", "-"): choice for name, choice in quirks.items()})
        self._start(replace(_staged(text), quirks=chosen, log=Log(iter(()))))

    @classmethod
    def of(cls, tournament: Tournament) -> MatchLedger:
        """Of a tournament that has a log of its own."""
        made = cls.__new__(cls)
        made._start(tournament)
        return made

    def _start(self, tournament: Tournament) -> None:
        self.tournament = tournament
        self.books = Books(tournament)
        self.feeds = {feed.NAME: feed(self.books) for feed in _feeds()}
        self.changed: list[str] = []  # documents of the DDE feed
        self.id = 0
        self._named: set[str] = set()  # since all was checked
        self._seen: set[bytes] = set()  # documents, and the matches of boards
        self._matches: set[str] = set()
        self._before = _documents(self.feeds.values())

    # ── the state ─────────────────────────────────────────────────────────────────────────────

    def board(self) -> Packet:
        """The match-play leaderboard."""
        return self._document(BOARD)

    def match(self, no: int) -> Packet:
        """A match on the leaderboard."""
        (found,) = (each for each in self.board()["matches"] if each["matchNo"] == no)
        return found

    def team(self, match: int, side: int) -> Packet:
        """A side (1 or 2) of a match on the leaderboard."""
        found: Packet = self.match(match)["teams"][side - 1]
        return found

    def score(self, no: int = 1) -> Packet:
        """The score of a match."""
        return self._document(f"/golf/tournaments/{self.tournament.id}/matchscore/{no}")

    def _document(self, path: str) -> Packet:
        (feed,) = (feed for feed in self.feeds.values() if path in feed.streams())
        document: Packet = json.loads(feed.document(path, 5, TEE_TIME))
        return document

    def all_documents(self) -> list[bytes]:
        """All that there are now."""
        return list(_documents(self.feeds.values()).values())

    # ── events ────────────────────────────────────────────────────────────────────────────────

    def say(
        self,
        what: log.What,
        match: int = 0,
        side: int = 1,
        order: int = 1,
        *,
        player: int = 0,
        round_no: int = 0,
    ) -> Change:
        """An event, a minute after the one before; then all is checked."""
        due = TEE_TIME + self.id * 60_000
        team = 0
        if match:
            book = self.books.matches.all[match]
            team, round_no = book.teams[side - 1], book.round
            player = player or self.tournament.teams[team].players[0].id
        event = log.Event(
            self.id, due, due, due, round_no, team, order if match else 0, player, what, match
        )
        self.id += 1
        return self.apply(event)

    def apply(self, event: log.Event, *, every: int = 1) -> Change:
        """Take in an event, and check what must hold after it; all of it after some only."""
        change = self.books.apply(event)
        named = [p for feed in self.feeds.values() for p in feed.apply(event, change)]
        self.changed = [path for path in named if name_of(path).dialect == "dde"]
        assert len(set(named)) == len(named)
        if not any(change):
            assert named == []
            if event.id % 20:  # only now and then, because it takes its time
                return change
        self._named |= set(named)
        if event.id % every:
            return change
        now = _documents(self.feeds.values())
        fresh = _documents([type(feed)(self.books) for feed in self.feeds.values()])
        assert now == fresh, "what is kept encoded is what would be encoded now"
        assert {path for path in now if now[path] != self._before[path]} == self._named
        for feed in self.feeds.values():
            for path in feed.streams():
                self._check(feed, now[path])
        self._before, self._named = now, set()
        return change

    def _check(self, feed: StateFeed, document: bytes) -> None:
        """It is valid by both schemas of its feed; of a board only matches that are others now."""
        if document in self._seen:
            return
        self._seen.add(document)
        instance = json.loads(document)
        board = instance.get("data", {}).get("payload", instance)
        if "matches" in board:
            fresh = {json.dumps(each): each for each in board["matches"]}
            board["matches"] = [each for key, each in fresh.items() if key not in self._matches]
            self._matches |= fresh.keys()
        for name in (feed.NAME, f"{feed.NAME}.strict"):
            if not quick(name).is_valid(instance):
                raise AssertionError((name, schemas.explain(name, instance)[:3]))

    def draw(self, round_no: int, *matches: tuple[int, int, int], pool: int = 0) -> None:
        """Matches of a round, each its number and its two teams, ten minutes apart."""
        groups = []
        for at, (no, *teams) in enumerate(matches):
            time = TEE_TIME + round_no % 100 * 86_400_000 + at * 600_000
            course = self.tournament.courses[0].id
            group = Group(round_no, no, 1000 + no, 1, time, (*teams,), course, no, pool)
            for team in teams:
                self._enter(group, team)
            groups.append(group)
        self.say(log.Drawn((*self.books_groups(round_no), *groups)), round_no=round_no)

    def books_groups(self, round_no: int) -> tuple[Group, ...]:
        """The groups of a round as they are drawn."""
        return self.books.rounds[round_no].groups if round_no in self.books.rounds else ()

    def _enter(self, group: Group, team: int) -> None:
        """The round of a team, whatever the story makes of it."""
        rounds = self.tournament.rounds
        facts = next(iter(rounds.values()))
        facts = replace(facts, round=group.round, group=group, team=self.tournament.teams[team])
        rounds[group.round, team] = facts

    def start(self, *matches: int) -> None:
        """Matches are on their first tee."""
        for match in matches:
            self.say(log.RoundStarted(), match)

    def hole(self, match: int, first: Side, second: Side, order: int = 0) -> None:
        """The next hole of a match, or one that is sent again: first its strokes, then its end."""
        order = order or len(self.books.matches.all[match].lines) + 1
        self.say(log.HoleStarted(), match, order=order)
        for no, side in enumerate((first, second), 1):
            for player, strokes in self._balls(match, no, side):
                self._ball(match, no, order, player, strokes)
        for no, side in enumerate((first, second), 1):
            self.say(log.HoleFinished(_ending(side)), match, no, order)

    def _balls(self, match: int, no: int, side: Side) -> list[tuple[int, int]]:
        team = self.books.matches.all[match].teams[no - 1]
        players = [player.id for player in self.tournament.teams[team].players]
        match side:
            case int():
                return [(players[0], side)]
            case str():
                return []
            case (_, *balls):
                return list(zip(players, balls, strict=True))

    def _ball(self, match: int, side: int, order: int, player: int, strokes: int) -> None:
        for stroke in range(1, abs(strokes) + 1):
            self.say(log.HitBall(stroke, 0), match, side, order, player=player)
        if strokes > 0:
            self.say(log.BallHoled(strokes, 0), match, side, order, player=player)

    def play(self, match: int, letters: str) -> None:
        """A match from its start: W a hole that the first side wins, L that it loses, H halved."""
        self.start(match)
        strokes = {"W": (3, 4), "L": (4, 3), "H": (4, 4)}
        for letter in letters:
            self.hole(match, *strokes[letter])
        if self.books.matches.all[match].complete:
            self.say(log.RoundFinished(), match, order=len(letters))

    def concede(self, match: int, side: int) -> None:
        """A side gives up the match on the next hole."""
        order = len(self.books.matches.all[match].lines) + 1
        self.say(log.HoleStarted(), match, order=order)
        self.say(log.MatchConceded(), match, side, order)
        self.say(log.HoleFinished("HoleConceded"), match, side, order)
        self.say(log.HoleFinished("HoleWon"), match, 3 - side, order)
        self.say(log.RoundFinished(), match, order=order)


@cache
def _staged(text: str) -> Tournament:
    """It is told to its end, so all its rounds are known; what is said by hand need not be that."""
    return stage(load_text(text, "matches.yaml"))


def _ending(side: Side) -> str:
    if isinstance(side, int):
        return "BallHoled"
    return side if isinstance(side, str) else side[0]


def _feeds() -> Iterator[type[StateFeed]]:
    return (feed for feed in state_feeds() if feed.PLAY == "match")


def _documents(feeds: Iterable[StateFeed]) -> dict[str, bytes]:
    return {path: feed.document(path, 0, 0) for feed in feeds for path in feed.streams()}
