"""What shots say, as the client of `truth_client.py` counts it: figures of holes, and of players.

Distances are whole decimetres and strokes gained whole thousandths, so that sums are exact.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mockdde.baseline import expected  # the published table; what is made of it is written here

if TYPE_CHECKING:
    from truth_client import Client, Line

Packet = dict[str, Any]
Document = dict[str, Any]
GREEN, HOLE = "OGR", "in the hole"
BUNKERS, ROUGHS = {"OST", "OGS"}, {"ORO", "OIR"}
AREAS = {"OFW": "fairway", "OCO": "fringe", "OST": "sand", "OGS": "sand"}
AREAS |= dict.fromkeys(ROUGHS, "rough")
OFF_LINE = {"OFW", "OCO", "OIR", "ORO", "OST", "OGS", GREEN, HOLE}  # not, all of them
WITHIN_40_YARDS, WITHIN_50_YARDS = 36.576, 45.72  # metres


# ── the strokes of a hole ──────────────────────────────────────────────────────────────────────


def strokes_in(said: list[Packet]) -> int:
    """How many strokes these packets come to, with penalty strokes."""
    total = 0
    for each in said:
        match each["eventElementType"]:
            case "HitBall":
                total += each["provisionalIndex"] == 0
            case "Penalty":
                total += each["strokesAssessed"]
            case "ProvisionalBallSelected":
                total += each["provisionalIndex"] + each["penaltyStrokes"]
    return total


@dataclass
class Stroke:
    """A stroke that counts."""

    whence: tuple[str, float]  # surface, and metres to the pin
    rest: tuple[str, float]
    length: float  # metres
    club: str
    penalties: int = 0


def strokes_of(said: list[Packet], metres: int) -> list[Stroke] | None:
    """The strokes in order; None where one of them has no lie."""
    lies = _lies(said)
    counting: list[Stroke] = []
    spare: list[Stroke] = []
    here, club = ("OTB", float(metres)), ""
    for each in said:
        match each["eventElementType"]:
            case "AddressingBall":
                club = each["clubTypeCode"]
            case "HitBall":
                ball = each["provisionalIndex"]
                if (found := lies.get((each["strokeNo"], ball))) is None:
                    return None
                rest, length = found
                if ball:  # from where the first one was played
                    spare.append(Stroke(counting[-1].whence, rest, length, club))
                    continue
                length = here[1] if rest[0] == HOLE else length
                counting.append(Stroke(here, rest, length, club))
                here = rest
            case "Penalty":
                counting[-1].penalties += each["strokesAssessed"]
            case "BallDrop":
                lie = each["ballLie"]
                here = (lie["surfaceTypeCode"], lie["distanceToPin"])
            case "ProvisionalBallSelected":
                counting[-1].penalties += each["penaltyStrokes"]
                counting += spare[: each["provisionalIndex"]]
                here = counting[-1].rest if each["provisionalIndex"] else here
                spare = []
    return counting if counting and counting[-1].rest[0] == HOLE else None


def _lies(said: list[Packet]) -> dict[tuple[int, int], tuple[tuple[str, float], float]]:
    """By stroke and ball: where it came to rest, and how far it went; measured if it was."""
    found = {}
    for kind in ("ApproximateLie", "DetailedLie", "BallHoled"):
        for each in said:
            if each["eventElementType"] != kind:
                continue
            rest, length = (HOLE, 0.0), 0.0
            if (lie := each.get("ballLie")) is not None:
                rest = (lie["surfaceTypeCode"], lie["distanceToPin"])
                length = lie["shotDistance"]
            found[each["strokeNo"], each["provisionalIndex"]] = (rest, length)
    return found


@dataclass(frozen=True)
class Figures:
    """What the strokes of a hole come to."""

    putts: int
    gir: bool
    under: bool  # greens under regulation
    left: int | None  # to the pin, from where the ball lay on a green in regulation
    tee: str  # where the tee shot came to rest
    drive: int | None  # None on a par 3
    driver: bool
    holed_from: int
    holed_out: bool  # from off the green
    penalties: int
    found: Counter[str]  # surfaces where the ball came to rest
    scramble: str | None  # from where the first stroke near the green was that could save par
    gained: dict[str, tuple[int, int]]  # strokes gained and strokes, by category

    @property
    def bunker(self) -> bool:
        return bool(self.found.keys() & BUNKERS)

    @property
    def rough(self) -> bool:
        return bool(self.found.keys() & ROUGHS)

    def landed(self, area: str) -> int:
        return sum(
            count
            for surface, count in self.found.items()
            if surface not in (GREEN, HOLE) and AREAS.get(surface, "other") == area
        )


def decimetres(metres: float) -> int:
    return round(metres * 10)


def figures_of(said: list[Packet], par: int, metres: int) -> Figures | None:
    """None where lies are not measured."""
    strokes = strokes_of(said, metres)
    if strokes is None:
        return None
    # The number of each stroke: penalty strokes before it count.
    numbers = [at + 1 + sum(each.penalties for each in strokes[:at]) for at in range(len(strokes))]
    reached, left = next(
        (number, each.rest[1])
        for number, each in zip(numbers, strokes, strict=True)
        if each.rest[0] in (GREEN, HOLE)
    )
    gir = reached <= par - 2
    near = [
        each.whence[0]
        for number, each in zip(numbers, strokes, strict=True)
        if number > par - 2 and each.whence[0] != GREEN and each.whence[1] <= WITHIN_40_YARDS
    ]
    first, last = strokes[0], strokes[-1]
    return Figures(
        putts=sum(each.whence[0] == GREEN for each in strokes),
        gir=gir,
        under=(par == 4 and reached == 1) or (par == 5 and reached <= 2),
        left=(0 if left == 0.0 else decimetres(left)) if gir else None,
        tee=first.rest[0],
        drive=decimetres(first.length) if par > 3 else None,
        driver=par > 3 and first.club == "CDR",
        holed_from=decimetres(last.whence[1]),
        holed_out=last.whence[0] != GREEN,
        penalties=sum(each.penalties for each in strokes),
        found=Counter(each.rest[0] for each in strokes),
        scramble=_surroundings(near[0]) if near and not gir else None,
        gained=_gained(strokes, par),
    )


def _surroundings(surface: str) -> str:
    area = AREAS.get(surface, "other")
    return {"fairway": "FairwayFringe", "fringe": "FairwayFringe", "sand": "Sand"}.get(
        area, "RoughHazard"
    )


def _gained(strokes: list[Stroke], par: int) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for at, each in enumerate(strokes):
        surface, away = each.whence
        if surface == GREEN:
            kind = "putting"
        elif surface == "OTB" and par > 3:
            kind = "offTheTee"
        else:
            kind = "aroundTheGreen" if away <= WITHIN_50_YARDS else "approach"
        after = expected(*strokes[at + 1].whence) if at + 1 < len(strokes) else 0
        gained = expected(surface, away) - after - 1000 * (1 + each.penalties)
        before = found.get(kind, (0, 0))
        found[kind] = (before[0] + gained, before[1] + 1)
    return found


# ── documents of holes ─────────────────────────────────────────────────────────────────────────


def lines_of(client: Client) -> dict[int, list[Line]]:
    """By team in the order of the field, playoffs not in it."""
    return {
        no: [line for mine in team.counting for _, line in sorted(mine.lines.items())]
        for no, team in client.teams.items()
    }


def player_statistics(client: Client, number: int) -> Document:
    """A team's element of teamsStatistics."""
    by_round: dict[int, list[Document]] = {}
    for line in lines_of(client)[number]:
        if (of := line.figures) is not None:
            by_round.setdefault(line.round, []).append(_hole(line, of))
    return {
        "players": client.teams[number].players,
        "teamId": number,
        "teamsStatistics": [
            {"round": no, "holeStatistics": holes} for no, holes in sorted(by_round.items())
        ],
    }


def _hole(line: Line, of: Figures) -> Document:
    return {
        "holeNo": line.no,
        "putts": of.putts,
        "gir": of.gir,
        "holedPuttDistance": None if of.holed_out else of.holed_from / 10,
        "fairway": None if line.par == 3 else of.tee == "OFW",
        "drivingDistance": None if of.drive is None else of.drive / 10,
        "bunker": of.bunker,
        "rough": of.rough,
    }


def hole_statistics(client: Client) -> list[Document]:
    """The holeStats: by course, then by number."""
    courses = client.facts.courses
    by_hole: dict[tuple[int, int], list[Line]] = {}
    for lines in lines_of(client).values():
        for line in lines:
            by_hole.setdefault((courses.index(line.course), line.no), []).append(line)
    found = []
    for (course, no), lines in sorted(by_hole.items()):
        document = {
            "holeNumber": no,
            "parNumber": lines[0].par,
            "total": block(lines),
            "rounds": [
                {"round": each, **block([line for line in lines if line.round == each])}
                for each in sorted({line.round for line in lines})
            ],
        }
        if len(courses) > 1:
            document["courseId"] = str(courses[course])
        found.append(document)
    return found


def block(lines: list[Line]) -> Document:
    measured = [(line, line.figures) for line in lines if line.figures is not None]
    overs = [line.over for line in lines]
    putts = [of.putts for _, of in measured]
    return {
        "averagePutts": sum(putts) / len(putts) if putts else None,
        "scoringAverage": sum(line.strokes for line in lines) / len(lines),
        "timesPlayed": len(lines),
        "eaglesOrBetter": sum(over <= -2 for over in overs),
        "birdies": overs.count(-1),
        "pars": overs.count(0),
        "bogeys": overs.count(1),
        "doubleBogeysOrWorse": sum(over >= 2 for over in overs),
        # Of a course that is not measured nothing is claimed.
        "fairwaysHit": sum(line.par > 3 and of.tee == "OFW" for line, of in measured)
        if measured
        else None,
        "greensHit": sum(of.gir for _, of in measured) if measured else None,
        "threePutts": sum(each >= 3 for each in putts) if measured else None,
    }
