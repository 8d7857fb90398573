"""Golf as the feed sees it: surfaces, clubs, drops, penalties, courses, players, scores to par."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

__all__ = [
    "CLUBS",
    "CONNECTION_STATES",
    "DROPS",
    "EUROPEAN_ONLY",
    "PENALTY_REASONS",
    "PGA_ONLY",
    "SURFACES",
    "TOURS",
    "Course",
    "Group",
    "Hole",
    "Lie",
    "Player",
    "Point",
    "Team",
    "TeamRound",
    "distance",
    "to_par",
]

# The union of the surface tables (dde-events §3, ballLie); codes, because the words vary by source.
SURFACES: Final = {
    "OFW": "Fairway",
    "OGR": "Green",
    "OIR": "IntermediateRough",
    "ORO": "Rough",
    "OST": "FairwayBunker",
    "OGS": "Greenside Bunker",
    "OCO": "Fringe",
    "ONA": "NativeArea",
    "OTO": "Trees",
    "OBU": "Bushes",
    "ODS": "Desert",
    "OWA": "Water",
    "OTH": "Other",
    "OCA": "CartPath",
    "ODO": "Dirt",
    "OTF": "OtherFairway",
    "OOB": "OutOfBounds",
    "OWB": "WasteBunker",
    "OUK": "Unknown",
    "OTB": "Tee Box",
    "OPT": "Path",
    "ORK": "Rock Outline",
    "OWL": "Wall",
}
# By tour where one table parts them so (dde-events §3): the other tours never have these.
EUROPEAN_ONLY: Final = frozenset({"OBU", "ODS", "OTF", "OOB"})
PGA_ONLY: Final = frozenset({"OCA", "OPT", "ORK", "OWL"})
CLUBS: Final = {"CDR": "Driver", "CFW": "Fairway wood", "CIR": "Iron", "CUK": "Unknown"}
DROPS: Final = (
    "DropBehind",
    "StrokeAndDistance",
    "DropTwoClubLength",
    "DropOppositeSide",
    "FreeDrop",
    "Other",
)
PENALTY_REASONS: Final = ("OutOfBounds", "ProvisionalBall", "WaterHazard", "Grounding")
CONNECTION_STATES: Final = ("Disconnected", "PartiallyDisconnected", "Connected")
TOURS: Final = {"PGA tour": 1, "European Tour": 2, "LPGA Tour": 3}


class Point(NamedTuple):
    """A place on the course, in metres."""

    x: float
    y: float
    z: float


def distance(one: Point, other: Point) -> float:
    """Metres over the ground (x and y), to the centimetre."""
    across, along = one.x - other.x, one.y - other.y
    return round(math.sqrt(across * across + along * along), 2)


def to_par(strokes_over: int) -> str:
    """The leaderboard's spelling: ``E``, ``+1``, ``-2``."""
    return "E" if strokes_over == 0 else f"{strokes_over:+d}"


@dataclass(frozen=True, slots=True)
class Lie:
    """Where a ball lies."""

    point: Point
    surface: str  # a key of SURFACES
    obstructed: bool = False
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Hole:
    """One hole of a course; ``tee`` and ``pin`` are where play begins and ends."""

    no: int
    par: int
    metres: int
    tee: Point
    pin: Point


@dataclass(frozen=True, slots=True)
class Course:
    """A course; ``holes`` by their number."""

    id: int
    name: str
    holes: dict[int, Hole]


@dataclass(frozen=True, slots=True)
class Player:
    """A player; the tours' ids are strings, as in real samples, where there is one."""

    id: int
    display_name: str
    first_name: str
    last_name: str
    country: str  # three capitals, FIFA (ENG, not GBR)
    gender: str = "male"
    is_amateur: bool = False
    pga_id: str | None = None
    european_id: str | None = None
    lpga_id: str | None = None
    randa_id: str | None = None


@dataclass(frozen=True, slots=True)
class Team:
    """Who plays one ball: one player in stroke play."""

    no: int
    players: tuple[Player, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Teams that go round together; ``tee_time`` in milliseconds since 1970."""

    round: int
    no: int
    id: int
    tee: int  # the hole they start on
    tee_time: int
    teams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TeamRound:
    """One team's round: the subject of one stream."""

    round: int
    team: Team
    group: Group
    course: Course
    holes: tuple[Hole, ...]  # in the order they are played
