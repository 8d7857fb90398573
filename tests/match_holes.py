"""What the client of `match_client.py` writes down of the holes of a match."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from truth_statistics import strokes_in

Packet = dict[str, Any]
GIVEN_UP = ("HoleConceded", "LossOfHole")


# ── what packets say ───────────────────────────────────────────────────────────────────────────


@dataclass
class Ball:
    """What was said of one ball on a hole."""

    said: list[Packet] = field(default_factory=list)
    told: int = 0  # strokes, where nothing is reported of the hole but its score
    rescored: int | None = None
    holed: bool = False

    @property
    def struck(self) -> bool:
        return bool(self.told) or any(each["eventElementType"] == "HitBall" for each in self.said)

    @property
    def made(self) -> int:
        """Strokes with the ball that counts, without penalty strokes."""
        counting = [each for each in self.said if each["eventElementType"] != "Penalty"]
        free = [{**each, "penaltyStrokes": 0} for each in counting]
        return strokes_in(free)

    @property
    def strokes(self) -> int:
        if self.rescored is not None:
            return self.rescored
        return self.told or strokes_in(self.said)


@dataclass
class Side:
    """A hole as one side plays it; ``balls`` by player in fourballs, else the one is 0."""

    balls: dict[int, Ball] = field(default_factory=dict)
    reason: str | None = None  # finishReason

    @property
    def best(self) -> int | None:
        """The strokes of the better ball of those that are in the hole."""
        return min((ball.strokes for ball in self.balls.values() if ball.holed), default=None)


@dataclass(frozen=True)
class SideLine:
    """A finished hole of one side."""

    reason: str
    strokes: int | None  # None where it holed no ball that counts
    balls: dict[int, tuple[int, bool]]  # strokes, and whether it was holed
    struck: bool


@dataclass(frozen=True)
class Line:
    """A hole that both sides have finished."""

    order: int
    no: int
    par: int
    sides: tuple[SideLine, SideLine]

    @cached_property
    def result(self) -> int:
        """1: the first side has won it; -1: the second has; 0: it is halved."""
        first, second = self.sides
        if first.strokes is not None and second.strokes is not None:
            if first.strokes == second.strokes:
                return 0
            return 1 if first.strokes < second.strokes else -1
        lost = [side.reason in GIVEN_UP for side in self.sides]
        if lost == [True, True]:
            return 0
        return -1 if lost[0] else 1

    def gave_up(self) -> int | None:
        """The side (0 or 1) that conceded the hole."""
        reasons = [side.reason for side in self.sides]
        return reasons.index("HoleConceded") if "HoleConceded" in reasons else None


@dataclass
class Hole:
    """A hole as it is said now."""

    no: int
    sides: tuple[Side, Side] = field(default_factory=lambda: (Side(), Side()))
