"""Documents of matches as the clients of `match_client.py` would write them, all together.

What is optional and not known is left out; who compares takes null for that, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone

from match_client import Line, Match, SideLine, spelt
from match_facts import POINTS, Document, RoundFacts, match_facts

LISTED = ("id", "country", "lastName", "firstName")  # of a player, in the leaderboard
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

    def pools(self) -> dict[int, int]:
        """The pool of each team that is in one."""
        return {
            team: pool
            for no, slot in self.slots.items()
            if (pool := slot.pool) is not None and not is_playoff(self.matches[no].facts.round)
            for team in self.matches[no].facts.teams
        }

    def pool(self, team: int) -> Pool | None:
        """Its pool; None where it is in none."""
        of_team = self.pools()
        if team not in of_team:
            return None
        mine = [no for no, slot in self.slots.items() if slot.pool == of_team[team]]
        rules = [each.points for each in self.facts.rounds.values() if each.points]
        return Pool(
            of_team[team],
            [each for each, pool in of_team.items() if pool == of_team[team]],
            [self.matches[no] for no in mine if not is_playoff(self.matches[no].facts.round)],
            [self.matches[no] for no in mine if is_playoff(self.matches[no].facts.round)],
            rules[0] if rules else POINTS["WON_1_POINTS_DRAW_HALF_POINT"],
            all(self.of_round(no) for no, each in self.facts.rounds.items() if each.points),
        )

    # ── places ────────────────────────────────────────────────────────────────────────────────

    def played_by(self, team: int) -> list[Match]:
        """Its matches, in the order of time."""
        mine = [each for each in self.matches.values() if team in each.facts.teams]
        return sorted(mine, key=lambda each: (in_time(each.facts.round), each.facts.no))

    def standing(self, team: int) -> tuple[int, int, int, float]:
        """More is better: rounds of the knock-out, what became of the last of them, of the match
        for a lower place; for who is in no knock-out, whether it has won its pool, and points.
        """
        knock_out = [
            each
            for each in self.played_by(team)
            if not is_playoff(each.facts.round) and self.facts.rounds[each.facts.round].knocks_out
        ]
        if not knock_out:
            pool = self.pool(team)
            return (0, int(pool.winner == team), 0, pool.points(team)) if pool else (0, 0, 0, 0.0)
        results = [result_of(each, team) or 0 for each in knock_out]
        last = results.index(-1) if -1 in results else len(results) - 1
        return last + 1, results[last], sum(results[last + 1 :]), 0.0

    def places(self) -> dict[int, tuple[int, bool]]:
        """The place of each team, and whether others share it; of squads there is none."""
        if self.facts.squads:
            return {}
        keys = {team: self.standing(team) for team in self.facts.players}
        return {
            team: (
                sum(other > key for other in keys.values()) + 1,
                sum(other == key for other in keys.values()) > 1,
            )
            for team, key in keys.items()
        }

    def previous(self, no: int, team: int) -> int:
        """The number of the match before this one of any player of the team; 0: there is none."""
        mine = set(self.matches[no].facts.players[team])
        order = {each: (in_time(self.matches[each].facts.round), each) for each in self.matches}
        before = [
            other
            for other, match in self.matches.items()
            if order[other] < order[no]
            and any(mine & set(players) for players in match.facts.players.values())
        ]
        return max(before, key=lambda each: order[each], default=0)

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
    """A pool: everybody in it meets everybody."""

    no: int
    teams: list[int]
    matches: list[Match]
    playoffs: list[Match]
    rule: tuple[float, float]
    drawn: bool  # all its matches

    def count(self, team: int, result: int) -> int:
        mine = [each for each in self.matches if team in each.facts.teams]
        return sum(result_of(each, team) == result for each in mine)

    def points(self, team: int) -> float:
        return self.count(team, 1) * self.rule[0] + self.count(team, 0) * self.rule[1]

    @property
    def over(self) -> bool:
        return self.drawn and all(each.complete for each in self.matches)

    @property
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


# ── the leaderboard ────────────────────────────────────────────────────────────────────────────


def leaderboard(tournament: Tournament) -> Document:
    """Without what no packet says: whether play is suspended, and the tournament's status."""
    places = tournament.places()
    numbers = {
        *tournament.facts.rounds,
        *(each.facts.round for each in tournament.matches.values()),
    }
    document: Document = {
        "currentRound": tournament.current,
        "roundStatuses": [
            {"number": no, "status": tournament.phase(no)} for no in sorted(numbers, key=in_time)
        ],
        "matches": [row(tournament, match, places) for match in tournament.matches.values()],
    }
    if tournament.facts.squads:
        document["TournamentScores"] = {
            str(each.no): squad_row(tournament, each) for each in tournament.facts.squads
        }
    return document


def row(tournament: Tournament, match: Match, places: Mapping[int, tuple[int, bool]]) -> Document:
    no, round_no = match.facts.no, match.facts.round
    slot = tournament.slots[no]
    status = "In Progress" if match.started else "Not Started"
    return {
        "poolNo": slot.pool,
        "courseId": str(slot.course),
        "matchNo": no,
        "poolMatchPosition": pool_position(tournament, no),
        "teams": [team_row(tournament, match, side, places) for side in (0, 1)],
        "roundNo": round_no,
        "roundName": tournament.name(round_no),
        "matchStatus": "MatchComplete" if match.complete else status,
        "startHole": slot.start_hole,
        "teeTime": tournament.at_venue(slot.tee_time).isoformat(),
    }


def pool_position(tournament: Tournament, no: int) -> int | None:
    """The place of a match among those of its pool."""
    pool = tournament.slots[no].pool
    if pool is None:
        return None
    return [each for each in tournament.matches if tournament.slots[each].pool == pool].index(
        no
    ) + 1


def team_row(
    tournament: Tournament, match: Match, side: int, places: Mapping[int, tuple[int, bool]]
) -> Document:
    team = match.facts.teams[side]
    pool = tournament.pool(team)
    place, tied = places.get(team, (None, False))
    ahead = match.winner == side if match.complete else match.ahead(side) > 0
    document = {
        "players": [{key: each[key] for key in LISTED} for each in tournament.facts.players[team]],
        "finalMatchScore": match.final(side),
        "matchLeader": int(ahead),
        "seed": tournament.facts.seeds.get(team),
        "matchWinner": match.winner == side,
        "currentMatchScore": match.current(side),
        "teamNo": team,
        "previousMatch": tournament.previous(match.facts.no, team),
        "thru": thru(match),
        "isTied": int(tied),
        "position": place,
        "squadNo": tournament.squad_of(team),
    }
    if pool is not None:
        columns = pool.columns(team)
        document |= {"poolPlayGroupNo": pool.no, "poolWinner": pool.winner == team}
        document |= {f"pool{key.capitalize()}": value for key, value in columns.items()}
        if pool.over:
            document |= {f"totalPool{key.capitalize()}": value for key, value in columns.items()}
    return document


def thru(match: Match) -> str:
    if match.complete:
        return "F"
    return str(match.played) if match.played else "-"


def squad_row(tournament: Tournament, squad: SquadFacts) -> Document:
    """Half of all points is enough for who holds the cup."""
    half = tournament.facts.to_play / 2
    return {
        "scoreToWin": half if squad.holder else half + 0.5,
        "host": squad.host,
        "score": tournament.score(squad.no, projected=False),
        "squadName": squad.name,
        "SquadNo": squad.no,
        "projectedScore": tournament.score(squad.no, projected=True),
    }


# ── the score of a match ───────────────────────────────────────────────────────────────────────


def match_score(tournament: Tournament, no: int) -> Document:
    match = tournament.matches[no]
    return {
        "teamScores": [team_score(tournament, match, side) for side in (0, 1)],
        "isOfficial": match.official,
        "winningTeamNo": None if match.winner is None else match.facts.teams[match.winner],
        "matchId": no,
    }


def team_score(tournament: Tournament, match: Match, side: int) -> Document:
    team = match.facts.teams[side]
    made = [(line.sides[side].strokes, line.par) for _, line in sorted(match.lines.items())]
    return {
        "matchTotalToPar": sum(strokes - par for strokes, par in made if strokes is not None),
        "players": tournament.facts.players[team],
        "matchStrokes": sum(strokes for strokes, _ in made if strokes is not None),
        "holeScores": hole_scores(tournament, match, side),
        "teamNo": team,
        "squadNo": tournament.squad_of(team),
    }


def hole_scores(tournament: Tournament, match: Match, side: int) -> list[Document]:
    """All holes of regulation play, and those after them that were finished."""
    facts = match.facts
    setup = tournament.facts.rounds[facts.round].setups[tournament.slots[facts.no].course]
    orders = range(1, max([facts.over, *match.lines]) + 1)
    found, over = [], 0
    for order in orders:
        no = facts.holes[(order - 1) % len(facts.holes)]
        par, metres = setup[no]
        hole: Document = {
            "yardage": round(metres / 0.9144),
            "par": par,
            "holeFinished": order in match.lines,
            "holeNo": no,
            "playOffSequence": max(0, order - facts.over),
        }
        if order in match.lines:
            line = match.lines[order]
            own = line.sides[side]
            to_par = None if own.strokes is None else own.strokes - par
            over += to_par or 0
            up = match.up_after(order)
            hole |= {
                "cumulativeScoreToPar": over,
                "scoreToPar": to_par,
                "holeFinishedBy": own.reason,
                "cumulativeHolesAdvantage": spelt(-up if side else up),
                "strokes": strokes(own),
                "playerScores": player_scores(match, line, side),
            }
        found.append(hole)
    return found


def strokes(own: SideLine) -> str:
    if own.reason == "BallHoled":
        return str(own.strokes)
    return "c" if own.reason == "HoleConceded" else "-"


def player_scores(match: Match, line: Line, side: int) -> list[Document] | None:
    """In fourballs, where more than the score of the side is told."""
    balls = line.sides[side].balls
    if match.facts.format != "FOUR_BALL" or 0 in balls:
        return None
    return [
        {
            "strokes": (made := balls.get(player, (0, False)))[0],
            "scoreToPar": made[0] - line.par,
            "id": player,
            "isBallHoled": made[1],
        }
        for player in match.facts.players[match.facts.teams[side]]
    ]
