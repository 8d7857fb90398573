"""What a client of matches reads by REST: the tournament, its schedule, its entry list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from match_client import MatchFacts

Document = dict[str, Any]
POINTS = {"WON_1_POINTS_DRAW_HALF_POINT": (1.0, 0.5), "WON_3_POINTS_DRAW_1_POINT": (3.0, 1.0)}


@dataclass(frozen=True)
class RoundFacts:
    """A round of the tournament."""

    no: int
    format: str
    rule: str  # advancementRule
    playoff: bool
    holes: tuple[int, ...]  # their numbers in the order of the course
    setups: Mapping[int, Mapping[int, tuple[int, int]]]  # by course and hole: par, and metres

    @property
    def points(self) -> tuple[float, float] | None:
        """Of a match of a pool that is won, and of one that is halved."""
        return POINTS.get(self.rule)

    @property
    def knocks_out(self) -> bool:
        return self.rule == "KNOCK_OUT"


def rounds_of(
    tournament: Document, shorter: Mapping[int, tuple[int, ...]] | None = None
) -> dict[int, RoundFacts]:
    """The rounds by number. No document says that a round is over fewer holes than all: ``shorter``
    does, by round.
    """
    found = {}
    for each in tournament["rounds"]:
        no = each["roundNo"]
        setups = {
            int(course["courseId"]): {
                hole["holeNo"]: (hole["par"], int(hole["actualMetres"]))
                for details in course["courseDetails"]
                if details["roundNo"] == no
                for hole in details["holes"]
            }
            for course in tournament["golfCourses"]
        }
        holes = tuple(next(holes for holes in setups.values() if holes))
        found[no] = RoundFacts(
            no,
            each["format"],
            each["advancementRule"],
            each["isPlayOff"],
            (shorter or {}).get(no, holes),
            setups,
        )
    return found


def match_facts(element: Document, rounds: Mapping[int, RoundFacts]) -> MatchFacts:
    """A match of the schedule."""
    mine = rounds[element["round"]]
    setup = mine.setups[int(element["courseId"])]
    at = mine.holes.index(element["hole"])
    teams = element["group"]["teams"]
    first, second = (each["teamNo"] for each in teams)
    return MatchFacts(
        no=element["group"]["matchNo"],
        round=mine.no,
        teams=(first, second),
        players={
            each["teamNo"]: tuple(player["playerId"] for player in each["players"])
            for each in teams
        },
        format=mine.format,
        holes=(*mine.holes[at:], *mine.holes[:at]),
        pars={no: par for no, (par, _) in setup.items()},
        over=0 if mine.playoff else len(mine.holes),
        to_a_winner=mine.playoff or mine.knocks_out,
    )
