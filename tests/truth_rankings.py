"""stats/* as the client of `truth_client.py` would write them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from truth_client import Client, Line
from truth_statistics import OFF_LINE, Figures, lines_of

Document = dict[str, Any]
# A hole's part of total and divisor; None where it is no hole of a statistic.
Part = tuple[int, int] | None


@dataclass(frozen=True)
class Statistic:
    """How a statistic is counted and ranked; ``unit`` of its total are 1 in the document."""

    part: Callable[[Line], Part]
    by: str = "share"  # of the divisor; or total, mean, longest
    best: str = "most"  # or fewest
    unit: int = 1


def of_all(count: Callable[[Line], int], **more: Any) -> Statistic:
    return Statistic(lambda line: (int(count(line)), 1), **more)


def of_measured(
    count: Callable[[Line, Figures], int],
    where: Callable[[Line, Figures], bool] = lambda _, __: True,
    **more: Any,
) -> Statistic:
    def part(line: Line) -> Part:
        of = line.figures
        return None if of is None or not where(line, of) else (int(count(line, of)), 1)

    return Statistic(part, **more)


def gained(*kinds: str) -> Statistic:
    def part(line: Line) -> Part:
        if line.figures is None:
            return None
        parts = [line.figures.gained.get(kind, (0, 0)) for kind in kinds]
        return sum(each[0] for each in parts), sum(each[1] for each in parts)

    return Statistic(part, by="total", unit=1000)


def chance(line: Line, of: Figures) -> int | None:
    """Decimetres left of a birdie chance."""
    return 0 if line.over <= -2 else of.left


def chances(beyond: int, until: int) -> Statistic:
    def count(line: Line, of: Figures) -> bool:
        left = chance(line, of)
        return left is not None and beyond < left <= until

    return of_measured(count)


def is_driven(line: Line, of: Figures) -> bool:
    return line.par > 3


def saved_par(line: Line, of: Figures) -> bool:
    return not of.gir and line.over in (0, -1)


def scrambles(whence: str | None) -> Statistic:
    return of_measured(saved_par, lambda _, of: not of.gir and of.scramble == whence)


def par_scoring(par: int) -> Statistic:
    return of_all(lambda line: line.over if line.par == par else 0, best="fewest")


def landings(area: str, best: str) -> Statistic:
    return of_measured(lambda _, of: of.landed(area), best=best)


def holed_putt(line: Line, of: Figures) -> int:
    return 0 if of.holed_out else of.holed_from


def drive(line: Line, of: Figures) -> int:
    return of.drive or 0


STATISTICS = {
    "scoring": {
        "teeToGreenStrokesGained": gained("offTheTee", "approach", "aroundTheGreen"),
        "birdiesOrBetter": of_all(lambda line: line.over < 0),
        "bogeysOrWorse": of_all(lambda line: line.over > 0, best="fewest"),
        "par3Scoring": par_scoring(3),
        "par4Scoring": par_scoring(4),
        "par5Scoring": par_scoring(5),
        "holeOuts": of_measured(lambda _, of: of.holed_out),
        "penaltyShots": of_measured(lambda _, of: of.penalties, best="fewest"),
    },
    "driving": {
        "offTheTeeStrokesGained": gained("offTheTee"),
        "accuracy": of_measured(lambda _, of: of.tee == "OFW", is_driven),
        "distance": of_measured(drive, is_driven, by="mean", unit=10),
        "driverUsage": of_measured(lambda _, of: of.driver, is_driven),
        "bigMisses": of_measured(lambda _, of: of.tee not in OFF_LINE, is_driven, best="fewest"),
        "longestDrive": of_measured(drive, is_driven, by="longest", unit=10),
    },
    "approach": {
        "approachStrokesGained": gained("approach"),
        "greensInRegulation": of_measured(lambda _, of: of.gir),
        "greensUnderRegulation": of_measured(lambda _, of: of.under),
        "10-20ft": chances(30, 60),
        "20-30ft": chances(60, 90),
        "30ft+": chances(90, 10**6),
        "chancesInside10ft": chances(-1, 30),
        "chancesInside20ft": chances(-1, 60),
        "chancesInside30ft": chances(-1, 90),
        "offGreen": of_measured(lambda line, of: chance(line, of) is None, best="fewest"),
    },
    "shortgame": {
        "aroundTheGreenStrokesGained": gained("aroundTheGreen"),
        "fairway": landings("fairway", "most"),
        "fringe": landings("fringe", "most"),
        "other": landings("other", "fewest"),
        "rough": landings("rough", "fewest"),
        "sand": landings("sand", "fewest"),
        "scrambleFromFairwayFringe": scrambles("FairwayFringe"),
        "scrambleFromRoughHazard": scrambles("RoughHazard"),
        "scrambleFromSand": scrambles("Sand"),
        "scrambles": of_measured(saved_par, lambda _, of: not of.gir),
        "sandSaves": of_measured(lambda _, of: of.putts <= 1, lambda _, of: of.found["OGS"] > 0),
        "scramblesOther": scrambles(None),
    },
    "putting": {
        "puttingStrokesGained": gained("putting"),
        "totalPutts": of_measured(lambda _, of: of.putts, best="fewest"),
        "longestHoledPutt": of_measured(holed_putt, by="longest", unit=10),
        "puttsHoledDistance": of_measured(holed_putt, unit=10),
        "puttsPerGIR": of_measured(lambda _, of: of.putts, lambda _, of: of.gir, best="fewest"),
        "threePutts": of_measured(lambda _, of: of.putts >= 3, best="fewest"),
    },
}


# ── rankings ───────────────────────────────────────────────────────────────────────────────────

Cell = tuple[int, int]  # total, as shown, and divisor


def rankings(client: Client, category: str) -> Document:
    """The document of a category."""
    lines = lines_of(client)
    found = [of_field(client, name, each, lines) for name, each in STATISTICS[category].items()]
    return {"subCats": [each for each, _ in found], "fieldAvgs": [each for _, each in found]}


def of_field(
    client: Client, name: str, statistic: Statistic, lines: dict[int, list[Line]]
) -> tuple[Document, Document]:
    """One statistic: its rankings, and the averages of the field."""
    whole = ranked(statistic, lines)
    rounds = {}
    for no in sorted({line.round for each in lines.values() for line in each}):
        of_round = {team: [line for line in own if line.round == no] for team, own in lines.items()}
        if cells := ranked(statistic, of_round):
            rounds[no] = cells
    rows = [
        {
            "players": client.teams[team].players,
            "teamId": team,
            "rounds": [
                {"round": no, **cells[team]} for no, cells in rounds.items() if team in cells
            ],
            "total": whole[team],
        }
        for team in whole
    ]
    averages = {
        "subCat": name,
        "rounds": [{"round": no, "average": average(cells)} for no, cells in rounds.items()],
        "total": average(whole),
    }
    return {"subCat": name, "rankings": rows}, averages


def ranked(statistic: Statistic, lines: dict[int, list[Line]]) -> dict[int, Document]:
    """Total, divisor and rank of every team that has a divisor."""
    cells = {team: cell for team, own in lines.items() if (cell := counted(statistic, own))}
    keys = {
        team: Fraction(total, divisor) if statistic.by == "share" else Fraction(total)
        for team, (total, divisor) in cells.items()
    }
    if statistic.best == "most":
        keys = {team: -key for team, key in keys.items()}
    ordered = sorted(keys.values())
    return {
        team: {
            "total": total / statistic.unit,
            "divisor": divisor,
            "rank": 1 + bisect_left(ordered, keys[team]),
        }
        for team, (total, divisor) in cells.items()
    }


def counted(statistic: Statistic, lines: list[Line]) -> Cell | None:
    parts = [part for line in lines if (part := statistic.part(line)) is not None and part[1]]
    if not parts:
        return None
    total, divisor = sum(part[0] for part in parts), sum(part[1] for part in parts)
    if statistic.by == "longest":
        total = max(part[0] for part in parts)
    if statistic.by == "mean":  # one decimal
        total = round(Fraction(total, divisor))
    return total, divisor


def average(cells: dict[int, Document]) -> float:
    return sum(cell["total"] for cell in cells.values()) / len(cells) if cells else 0.0
