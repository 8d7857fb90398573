"""Golf as the feed sees it: surfaces, clubs, drops, penalties, courses, players, scores to par."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

from mockdde.decimals import rounded
from mockdde.records import frozen

__all__ = [
    "ADVANCEMENTS",
    "CLUBS",
    "CONNECTION_STATES",
    "DROPS",
    "EUROPEAN_ONLY",
    "MATCH_ADVANCEMENTS",
    "MATCH_FORMATS",
    "PENALTY_REASONS",
    "PGA_ONLY",
    "PLAYS",
    "SCORING_LEVELS",
    "STATUSES",
    "SURFACES",
    "TOURS",
    "Ball",
    "Course",
    "Group",
    "Hole",
    "Lie",
    "Player",
    "Point",
    "Squad",
    "Team",
    "TeamRound",
    "cut_line",
    "distance",
    "in_order",
    "is_playoff",
    "play_order",
    "to_par",
    "yards",
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
# scoringType and scoringLevel (dde-static-and-streams §2): what is reported of a course's holes.
SCORING_LEVELS: Final = {
    "ShotlinkWithLaser": 1,  # every stroke with its lies and distances
    "ScoredWithWalkingScorer": 2,  # every stroke, without distances
    "HoleScoresOnly": 3,  # the score of each hole once it is finished
}
# advancementRule of stroke play (dde-static-and-streams §2): how many go on, and ties; None: all.
ADVANCEMENTS: Final[dict[str, int | None]] = {
    "ALL_QUALIFY": None,
    "CUT_64": 64,
    "CUT_60": 60,
    "CUT_50": 50,
    "CUT_36_HOLES_ET": 65,
    "CUT_54_HOLES_ET": 65,
    "CUT_36_HOLES_PGA": 65,
    "CUT_54_HOLES_PGA": 65,
    "CUT_TEN_STROKE": None,  # a score, not a number: within ten strokes of the lead
    "FINAL": None,
    "OTHER": None,
}
# format of a tournament that is match play (dde-static-and-streams §2); all others are stroke play.
MATCH_FORMATS: Final = (
    "Match",
    "RyderCup",
    "HeroCup",
    "TeamMatch",
    "MatchPlay5Days",
    "MatchPlay4Days",
)
# advancementRule of match play (§2): points of a match won and halved; None: who loses is out.
MATCH_ADVANCEMENTS: Final[dict[str, tuple[float, float] | None]] = {
    "KNOCK_OUT": None,
    "WON_1_POINTS_DRAW_HALF_POINT": (1.0, 0.5),
    "WON_3_POINTS_DRAW_1_POINT": (3.0, 1.0),
}
# format of a round (§2) that can be played here, and how many play for a side.
PLAYS: Final = {"REGULAR": 1, "FOURSOMES": 2, "FOUR_BALL": 2}
# A player's status in entry lists (§3), and the word of the leaderboard for it (§9).
STATUSES: Final = {
    "Entered": "Uncut",
    "Alternate": "Other",
    "Playing": "Uncut",
    "Withdrawn": "Withdrawn",
    "Retired": "Retired",
    "Disqualified": "Disqualified",
    "DidNotStart": "DidNotStart",
    "MissedCut": "Cut",
    "MadeCutButDidNotFinish": "MadeCutButDidNotFinish",
    "Removed": "Removed",
    "Unknown": "Other",
}
_YARD = 0.9144  # metres
_TEN_STROKES = 10


@frozen
class Point:
    """A place on the course, in metres."""

    x: float
    y: float
    z: float


def distance(one: Point, other: Point) -> float:
    """Metres over the ground (x and y), to the centimetre."""
    across, along = one.x - other.x, one.y - other.y
    return rounded(sqrt(across * across + along * along), 2)


def yards(metres: float) -> int:
    """Whole yards."""
    return round(metres / _YARD)


def is_playoff(round_no: int) -> bool:
    """Whether a round is a playoff: 401 is the first one after round 4."""
    return round_no > 100


def play_order(round_no: int) -> tuple[int, int]:
    """Sorts rounds as they are played: 301 comes between rounds 3 and 4."""
    return (round_no // 100, round_no % 100) if is_playoff(round_no) else (round_no, 0)


def cut_line(scores: Sequence[int], stays: int | None) -> int | None:
    """The highest score to par that goes on; None where nobody has a score.

    ``stays`` go on, with ties; None: who is within ten strokes of the lead.
    """
    if not scores:
        return None
    if stays is None:
        return min(scores) + _TEN_STROKES
    return sorted(scores)[min(stays, len(scores)) - 1]


def in_order(numbers: Sequence[int], tee: int) -> tuple[int, ...]:
    """The holes of a round as who starts on ``tee`` plays them."""
    at = numbers.index(tee) if tee in numbers else 0
    return (*numbers[at:], *numbers[:at])


def to_par(strokes_over: int) -> str:
    """The leaderboard's spelling: ``E``, ``+1``, ``-2``."""
    return "E" if strokes_over == 0 else f"{strokes_over:+d}"


@frozen
class Lie:
    """Where a ball lies."""

    point: Point
    surface: str  # a key of SURFACES
    obstructed: bool = False
    blind: bool = False


@frozen
class Hole:
    """One hole of a course; ``tee`` and ``pin`` are where play begins and ends."""

    no: int
    par: int
    metres: int
    tee: Point
    pin: Point
    driving: bool = False  # an official driving hole


@frozen
class Course:
    """A course; ``holes`` by their number, with their official lengths.

    A round is played over holes of other lengths: ``TeamRound.holes`` has its tees and pins.
    """

    id: int
    name: str
    holes: dict[int, Hole]
    scoring: str = "ShotlinkWithLaser"  # a key of SCORING_LEVELS


@frozen
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
    born: str | None = None  # YYYY-MM-DD


@frozen
class Team:
    """Who plays together: one player in stroke play and in singles, two in pairs."""

    no: int
    players: tuple[Player, ...]
    squad: int = 0  # its number, where squads play
    seed: int | None = None  # in a seeded draw


@frozen
class Ball:
    """A ball in play: whose it is; two players hit it in turn (FOURSOMES)."""

    team: int
    players: tuple[Player, ...]
    side: int = 0  # of a match: 0 or 1

    def player(self, order: int, stroke: int) -> Player:
        """Who plays a stroke: of two the first drives on the first hole of the round."""
        return self.players[(order + stroke) % len(self.players)]


@frozen
class Squad:
    """A side of a team match such as the Ryder Cup."""

    no: int
    name: str
    players: tuple[Player, ...]
    host: bool = False
    holder: bool = False  # retains the cup when it is level


@frozen
class Group:
    """Teams that go round together; ``tee_time`` in milliseconds since 1970.

    A match is a group of two teams, the first and the second side; its number is ``no`` too.
    """

    round: int
    no: int
    id: int
    tee: int  # the hole they start on
    tee_time: int
    teams: tuple[int, ...]
    course: int = 0  # its id
    match: int = 0  # its number, unique in the tournament; 0 in stroke play
    pool: int = 0  # whose match it is; 0 without pools


@frozen
class TeamRound:
    """One team's round: the subject of one stream."""

    round: int
    team: Team
    group: Group
    course: Course
    holes: tuple[Hole, ...]  # in the order they are played, with the round's tees and pins
    # A match has more holes than are ever played: regulation, then what a tie would go on over.
