"""Documents of scores and shots as the client of `truth_client.py` would write them."""

from __future__ import annotations

from typing import Any

from truth_client import WORDS, Client, Line, Round, Team, is_playoff, moment
from truth_statistics import strokes_in

Document = dict[str, Any]


def to_par(over: int, *, played: bool = True) -> Document:
    if not played:
        return {"value": 0, "displayValue": "-"}
    return {"value": over, "displayValue": f"{over:+d}" if over else "E"}


def strokes(count: int, *, played: bool = True) -> Document:
    return {"value": count, "displayValue": str(count) if played else "-"}


# ── the leaderboard ────────────────────────────────────────────────────────────────────────────


def leaderboard(client: Client) -> Document:
    """Without what no packet says: whether play is suspended, and the tournament's status."""
    required, cut = client.cutline()
    no = client.current
    name = f"Round for Playoff #{no % 100}" if is_playoff(no) else f"Round{no}"
    return {
        "standings": [
            row(client, client.teams[team], order, value, tied)
            for team, order, value, tied in client.standing()
        ],
        "currentRound": {
            "number": no,
            "name": name,
            "cutline": {"cut": cut, "required": required},
        },
        "roundStatuses": [
            {"number": each, "status": phase} for each, phase in client.phases.items()
        ],
    }


def row(client: Client, team: Team, order: int, value: int, tied: bool) -> Document:
    now = client.now(team)
    holes = len(now.lines) if now else 0
    through = str(holes) if holes else "-"
    return {
        "players": team.players,
        "holesThrough": {
            "value": holes,
            "displayValue": "F" if now and now.complete else through,
        },
        "roundInfo": {str(no): info(mine) for no, mine in team.rounds.items()},
        "toParToday": to_par(now.over if now else 0, played=holes > 0),
        "totalScore": total(client, team),
        "status": WORDS.get(team.status, team.status),
        "currentRound": now.no if now else next(iter(client.facts.rounds)),
        "teamNo": team.no,
        "toPar": to_par(team.over, played=team.begun),
        "position": {
            "order": order,
            "value": value,
            "format": "tied" if tied else "absolute",
            "displayValue": f"T{value}" if tied else str(value),
        },
    }


def total(client: Client, team: Team) -> Document:
    """On the PGA tour after every hole, elsewhere after every round."""
    if client.facts.tour == "PGA tour":
        return strokes(sum(each.strokes for each in team.counting), played=team.begun)
    whole = [each.strokes for each in team.counting if each.complete]
    return strokes(sum(whole), played=bool(whole))


def info(mine: Round) -> Document:
    played = bool(mine.lines)
    position, tied = mine.position or (None, None)
    return {
        "score": strokes(mine.strokes, played=played),
        "toPar": to_par(mine.over, played=played),
        "teeTime": moment(mine.slot.tee_time),
        "startHole": mine.slot.tee,
        "roundFinishedPosition": position,
        "roundFinishedIsTied": tied,
    }


# ── hole by hole ───────────────────────────────────────────────────────────────────────────────


def hole_by_hole(client: Client, number: int) -> Document:
    team = client.teams[number]
    begun = [each for each in team.rounds.values() if each.started]
    document: Document = {
        "players": team.players,
        "isOfficial": bool(begun) and all(each.official for each in begun),
        "teamNo": number,
        "roundScores": {str(mine.no): card(mine) for mine in team.counting if mine.lines},
    }
    playoffs = [each for each in team.rounds.values() if is_playoff(each.no) and each.lines]
    if playoffs:
        lines = [line for each in playoffs for _, line in sorted(each.lines.items())]
        document["playOffScore"] = {
            "holes": [{"holeNo": line.no, **hole(line)} for line in lines],
            **totals(sum(line.par for line in lines), lines),
        }
    return document


def yards(metres: int) -> int:
    return round(metres / 0.9144)


def hole(line: Line) -> Document:
    return {
        "holeScore": line.over,
        "holePar": line.par,
        "holeOrder": line.order,
        "holeYardage": yards(line.metres),
        "holeStrokes": line.strokes,
    }


def totals(par: int, lines: list[Line]) -> Document:
    return {
        "roundPar": strokes(par),
        "roundScore": strokes(sum(line.strokes for line in lines)),
        "roundToPar": to_par(sum(line.over for line in lines)),
    }


def card(mine: Round) -> Document:
    lines = list(mine.lines.values())
    return {
        "holes": {str(line.no): hole(line) for line in lines},
        "outScore": nine(mine, 1, 9),
        "inScore": nine(mine, 10, 18),
        **totals(sum(mine.pars[no][0] for no in mine.numbers), lines),
    }


def nine(mine: Round, first: int, last: int) -> Document:
    """Par and length of all those holes, score and strokes so far."""
    numbers = [no for no in mine.numbers if first <= no <= last]
    lines = [line for line in mine.lines.values() if line.no in numbers]
    return {
        "par": sum(mine.pars[no][0] for no in numbers),
        "score": sum(line.over for line in lines),
        "strokes": sum(line.strokes for line in lines),
        "yardage": sum(yards(mine.pars[no][1]) for no in numbers),
    }


# ── official shots ─────────────────────────────────────────────────────────────────────────────

SHOTS = {"DetailedLie", "BallHoled", "Penalty", "BallDrop", "ProvisionalBallSelected"}
SHOT_KEYS = {
    "timestamp",
    "courseId",
    "ballLie",
    "provisionalIndex",
    "groupNo",
    "dropType",
    "eventElementType",
    "holeOrder",
    "teamNo",
    "strokeNo",
    "holeNo",
}
LIE_KEYS = {
    "blindshot": "blindShot",
    "coordinates": "coordinates",
    "distanceToPin": "distanceToPin",
    "obstructions": "obstructions",
    "shotDistance": "shotDistance",
    "surfaceType": "surfaceType",
    "surfaceTypeCode": "surfaceTypeCode",
}


def official_shots(client: Client, no: int, number: int) -> list[Document]:
    """What survives of the packets of a round, in their order."""
    team = client.teams[number]
    mine = team.rounds[no]
    before = sum(each.over for each in team.counting if each.no < no or is_playoff(no))
    found: list[tuple[int, Document]] = []
    for order, hole in mine.holes.items():
        earlier = sum(line.over for line in mine.lines.values() if line.order < order)
        for at, said in enumerate(hole.said):
            if said["eventElementType"] not in SHOTS:
                continue
            shot = {key: value for key, value in said.items() if key in SHOT_KEYS}
            shot["playerId"] = said["player"]["id"]
            if "ballLie" in said:
                lie = said["ballLie"]
                shot["ballLie"] = {LIE_KEYS[key]: lie[key] for key in lie.keys() & LIE_KEYS}
            match said["eventElementType"]:
                case "DetailedLie":
                    shot["clubTypeCode"] = club_of(hole.said, said)
                case "Penalty":
                    shot["penaltyType"] = said.get("penaltyType", "Strokes")
                    made = strokes_in(hole.said[: at + 1])
                    shot["score"] = score(mine, hole.no, made, before, earlier)
                case "BallHoled":
                    over = hole.strokes - mine.pars[hole.no][0]
                    shot["score"] = score(mine, hole.no, hole.strokes, before, earlier, over)
            found.append((said["seqNum"], shot))
    found.sort(key=lambda each: each[0])
    return [{**shot, "seqNum": place} for place, (_, shot) in enumerate(found, 1)]


def score(
    mine: Round, hole_no: int, made: int, before: int, earlier: int, over: int = 0
) -> Document:
    """The score at a shot; a hole adds to it once the ball is holed, a playoff never."""
    return {
        "currentHolePar": mine.pars[hole_no][0],
        "currentHoleStrokes": made,
        "currentRoundScoreToPar": earlier + over,
        "overallScoreToPar": before + (0 if is_playoff(mine.no) else earlier + over),
    }


def club_of(said: list[Document], lie: Document) -> str:
    """The club that was announced for a stroke."""
    return next(
        each["clubTypeCode"]
        for each in said
        if each["eventElementType"] == "AddressingBall"
        and all(each[key] == lie[key] for key in ("strokeNo", "provisionalIndex"))
    )
