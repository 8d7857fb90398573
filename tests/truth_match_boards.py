"""Documents of matches as the clients of `match_client.py` would write them, all together.

What is optional and not known is left out; who compares takes null for that, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from match_client import Match, spelt
from match_facts import Document
from match_holes import Line, SideLine
from truth_matches import Pool, SquadFacts, Tournament, in_time

LISTED = ("id", "country", "lastName", "firstName")  # of a player, in the leaderboard


# ── the leaderboard ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Tables:
    """What all matches come to."""

    pools: Mapping[int, Pool]  # by team
    places: Mapping[int, tuple[int, bool]]  # by team
    previous: Mapping[tuple[int, int], int]  # by match and team


def leaderboard(tournament: Tournament) -> Document:
    """Without what no packet says: whether play is suspended, and the tournament's status."""
    pools = tournament.pools()
    tables = Tables(pools, tournament.places(pools), tournament.previous())
    numbers = {
        *tournament.facts.rounds,
        *(each.facts.round for each in tournament.matches.values()),
    }
    document: Document = {
        "currentRound": tournament.current,
        "roundStatuses": [
            {"number": no, "status": tournament.phase(no)} for no in sorted(numbers, key=in_time)
        ],
        "matches": [row(tournament, match, tables) for match in tournament.matches.values()],
    }
    if tournament.facts.squads:
        document["TournamentScores"] = {
            str(each.no): squad_row(tournament, each) for each in tournament.facts.squads
        }
    return document


def row(tournament: Tournament, match: Match, tables: Tables) -> Document:
    no, round_no = match.facts.no, match.facts.round
    slot = tournament.slots[no]
    status = "In Progress" if match.started else "Not Started"
    return {
        "poolNo": slot.pool,
        "courseId": str(slot.course),
        "matchNo": no,
        "poolMatchPosition": pool_position(tournament, no),
        "teams": [team_row(tournament, match, side, tables) for side in (0, 1)],
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


def team_row(tournament: Tournament, match: Match, side: int, tables: Tables) -> Document:
    team = match.facts.teams[side]
    pool = tables.pools.get(team)
    place, tied = tables.places.get(team, (None, False))
    ahead = match.winner == side if match.complete else match.ahead(side) > 0
    document = {
        "players": [{key: each[key] for key in LISTED} for each in tournament.facts.players[team]],
        "finalMatchScore": match.final(side),
        "matchLeader": int(ahead),
        "seed": tournament.facts.seeds.get(team),
        "matchWinner": match.winner == side,
        "currentMatchScore": match.current(side),
        "teamNo": team,
        "previousMatch": tables.previous[match.facts.no, team],
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
