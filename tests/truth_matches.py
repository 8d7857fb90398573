"""What the clients of `match_client.py` know all together: rounds, pools, places and squads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import cached_property

from match_client import Match
from match_facts import Document, RoundFacts, match_facts

STAGES = {1: "Finals", 2: "Semifinals", 4: "Quarterfinals", 8: "Round of 16"}  # by matches
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FORMATS = {"REGULAR": "Singles", "FOURSOMES": "Foursomes", "FOUR_BALL": "Fourballs"}
HALF = {1: 1.0, 0: 0.5, -1: 0.0}


def is_playoff(round_no: int) -> bool:
    return round_no > 100


def in_time(round_no: int) -> tuple[int, int]:
    """301 is played after round 3, and before round 4."""
    return divmod(round_no, 100) if is_playoff(round_no) else (round_no, 0)


@dataclass(frozen=True)
class Slot:
    """A match in the schedule."""

    course: int
    start_hole: int
    tee_time: datetime
    pool: int | None


@dataclass(frozen=True)
class SquadFacts:
    """A squad; no document of REST says who is the host, nor who holds the cup."""

    no: int
    name: str
    players: frozenset[int]
    host: bool
    holder: bool


@dataclass
class Facts:
    """Of the tournament and its entry list."""

    utc_offset: float
    rounds: dict[int, RoundFacts]
    players: dict[int, list[Document]]  # by team
    seeds: dict[int, int]  # by team; in no document of REST
    squads: list[SquadFacts]
    names: dict[int, str]  # of rounds, where the organisers have one
    consolations: frozenset[int]  # rounds in which who lost the one before meets, too
    to_play: int  # matches in all, where squads play


@dataclass
class Tournament:
    """Every match by its own client, and what they add up to."""

    facts: Facts
    matches: dict[int, Match] = field(default_factory=dict)  # by number
    slots: dict[int, Slot] = field(default_factory=dict)

    # ── news ──────────────────────────────────────────────────────────────────────────────────

    def schedule(self, elements: Iterable[Document]) -> None:
        """The schedule, or another one: what has not begun may be drawn again."""
        for element in elements:
            facts = match_facts(element, self.facts.rounds)
            before = self.matches.get(facts.no)
            if before is None or not before.started:
                self.slots[facts.no] = slot_of(element)
            if before is None or (before.facts != facts and not before.started):
                self.matches[facts.no] = Match(facts)
        self.matches = dict(sorted(self.matches.items()))

    def of_round(self, no: int) -> list[Match]:
        return [each for each in self.matches.values() if each.facts.round == no]

    def at_venue(self, moment: datetime) -> datetime:
        return moment.astimezone(timezone(timedelta(hours=self.facts.utc_offset)))

    # ── rounds ────────────────────────────────────────────────────────────────────────────────

    @property
    def current(self) -> int:
        begun = [each.facts.round for each in self.matches.values() if each.started]
        return max(begun, key=in_time, default=min(self.facts.rounds, key=in_time))

    def phase(self, no: int) -> str:
        matches = self.of_round(no)
        if not matches:
            return "NotStarted"
        if not any(each.started for each in matches):
            return "GroupingsOfficial"
        if all(each.official for each in matches):
            return "Official"
        return "PlayComplete" if all(each.finished for each in matches) else "InProgress"

    def name(self, no: int) -> str:
        """roundName."""
        if is_playoff(no):
            return f"Round for Playoff #{no % 100}"
        if no in self.facts.names:
            return self.facts.names[no]
        mine, matches = self.facts.rounds[no], self.of_round(no)
        if self.facts.squads:
            first = min(self.slots[each.facts.no].tee_time for each in matches)
            return f"{DAYS[self.at_venue(first).weekday()]} {FORMATS[mine.format]}"
        if mine.knocks_out:
            count = len(matches) // 2 if no in self.facts.consolations else len(matches)
            return STAGES.get(count, f"Round{no}")
        return f"Round{no}"

    # ── pools ─────────────────────────────────────────────────────────────────────────────────

    def pools(self) -> dict[int, Pool]:
        """The pool of each team that is in one."""
        rules = [each.points for each in self.facts.rounds.values() if each.points]
        drawn = all(self.of_round(no) for no, each in self.facts.rounds.items() if each.points)
        found: dict[int, Pool] = {}
        for no, slot in self.slots.items():
            if slot.pool is not None:
                pool = found.setdefault(slot.pool, Pool(slot.pool, rules[0], drawn))
                match = self.matches[no]
                (pool.playoffs if is_playoff(match.facts.round) else pool.matches).append(match)
        return {team: pool for pool in found.values() for team in pool.teams}

    # ── places ────────────────────────────────────────────────────────────────────────────────

    def played_by(self, team: int) -> list[Match]:
        """Its matches, in the order of time."""
        mine = [each for each in self.matches.values() if team in each.facts.teams]
        return sorted(mine, key=lambda each: (in_time(each.facts.round), each.facts.no))

    def standing(self, team: int, pools: Mapping[int, Pool]) -> tuple[int, int, int, float]:
        """More is better: rounds of the knock-out, what became of the last of them, of the match
        for a lower place; for who is in no knock-out, whether it has won its pool, and points.
        """
        knock_out = [
            each
            for each in self.played_by(team)
            if not is_playoff(each.facts.round) and self.facts.rounds[each.facts.round].knocks_out
        ]
        if not knock_out:
            pool = pools.get(team)
            return (0, int(pool.winner == team), 0, pool.points(team)) if pool else (0, 0, 0, 0.0)
        results = [result_of(each, team) or 0 for each in knock_out]
        last = results.index(-1) if -1 in results else len(results) - 1
        return last + 1, results[last], sum(results[last + 1 :]), 0.0

    def places(self, pools: Mapping[int, Pool]) -> dict[int, tuple[int, bool]]:
        """The place of each team, and whether others share it; of squads there is none."""
        if self.facts.squads:
            return {}
        keys = {team: self.standing(team, pools) for team in self.facts.players}
        return {
            team: (
                sum(other > key for other in keys.values()) + 1,
                sum(other == key for other in keys.values()) > 1,
            )
            for team, key in keys.items()
        }

    def previous(self) -> dict[tuple[int, int], int]:
        """By match and team the number of the match before that of any of its players, or 0."""
        order = {no: (in_time(match.facts.round), no) for no, match in self.matches.items()}
        by_player: dict[int, list[int]] = {}
        for no, match in self.matches.items():
            for players in match.facts.players.values():
                for player in players:
                    by_player.setdefault(player, []).append(no)
        found = {}
        for no, match in self.matches.items():
            for team, players in match.facts.players.items():
                others = [other for player in players for other in by_player[player]]
                before = [other for other in others if order[other] < order[no]]
                found[no, team] = max(before, key=lambda each: order[each], default=0)
        return found

    # ── squads ────────────────────────────────────────────────────────────────────────────────

    def squad_of(self, team: int) -> int | None:
        """The squad that a team plays for, by its players."""
        ids = {each["id"] for each in self.facts.players[team]}
        return next((each.no for each in self.facts.squads if ids <= each.players), None)

    def score(self, squad: int, *, projected: bool) -> float:
        """Points: a match that is not over counts in projections only, as it stands."""
        total = 0.0
        for match in self.matches.values():
            for side, team in enumerate(match.facts.teams):
                if self.squad_of(team) != squad:
                    continue
                if match.complete:
                    total += HALF[result_of(match, team) or 0]
                elif projected and match.started:
                    up = match.ahead(side)
                    total += HALF[(up > 0) - (up < 0)]
        return total


def result_of(match: Match, team: int) -> int | None:
    """1: the team has won; 0: it is halved; -1: it has lost; None: it is not over."""
    if not match.complete:
        return None
    if match.winner is None:
        return 0
    return 1 if match.facts.teams[match.winner] == team else -1


@dataclass
class Pool:
    """A pool as it stands: everybody in it meets everybody."""

    no: int
    rule: tuple[float, float]  # points of a match won, and of one halved
    drawn: bool  # all its matches
    matches: list[Match] = field(default_factory=list)
    playoffs: list[Match] = field(default_factory=list)

    @cached_property
    def teams(self) -> set[int]:
        return {team for match in self.matches for team in match.facts.teams}

    def count(self, team: int, result: int) -> int:
        mine = [each for each in self.matches if team in each.facts.teams]
        return sum(result_of(each, team) == result for each in mine)

    def points(self, team: int) -> float:
        return self.count(team, 1) * self.rule[0] + self.count(team, 0) * self.rule[1]

    @cached_property
    def over(self) -> bool:
        return self.drawn and all(each.complete for each in self.matches)

    @cached_property
    def winner(self) -> int | None:
        """Who has most points, or has won the playoff of those who have."""
        if not self.over:
            return None
        most = max(map(self.points, self.teams))
        level = {team for team in self.teams if self.points(team) == most}
        for match in self.playoffs:
            level -= {team for team in match.facts.teams if result_of(match, team) == -1}
        return level.pop() if len(level) == 1 else None

    def columns(self, team: int) -> Document:
        return {
            "wins": self.count(team, 1),
            "halves": self.count(team, 0),
            "losses": self.count(team, -1),
            "points": self.points(team),
        }


def slot_of(element: Document) -> Slot:
    date, time = element["date"], element["startTime"]["time"].removesuffix("Z")
    return Slot(
        int(element["courseId"]),
        element["hole"],
        datetime.fromisoformat(f"{date}T{time}").replace(tzinfo=UTC),
        element.get("poolNo"),
    )
