"""What the client of `truth_client.py` reads by REST."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Packet = dict[str, Any]
Holes = Mapping[int, tuple[int, int]]  # by number: par, and metres
GO_ON = {"CUT_64": 64, "CUT_60": 60, "CUT_50": 50, "CUT_36_HOLES_ET": 65, "CUT_54_HOLES_ET": 65}
GO_ON |= {"CUT_36_HOLES_PGA": 65, "CUT_54_HOLES_PGA": 65}


@dataclass
class RoundFacts:
    """Of the tournament: which holes a round is over, and who goes on after it."""

    holes: tuple[int, ...]
    rule: str  # advancementRule
    number: int | None = None  # how many go on, where that is not the rule's own number

    @property
    def cuts(self) -> bool:
        return self.rule.startswith("CUT_")

    @property
    def stays(self) -> int | None:
        """So many, with ties; None: who is within ten strokes of the lead."""
        return self.number or GO_ON.get(self.rule)


@dataclass
class Facts:
    """Of the tournament, its entry list and its courses."""

    tour: str
    rounds: dict[int, RoundFacts]
    courses: list[int]
    measured: dict[int, bool]  # by course: whether lies are
    holes: Callable[[int, int], Holes]  # of a round on a course, as set up that day
    players: dict[int, list[Packet]]  # by team, in the order of the field
    entries: dict[int, str]  # the status
    aggregate: int = 0  # holes of a playoff of which the total decides


@dataclass
class Slot:
    """A team in the schedule of a round."""

    tee: int
    tee_time: int  # milliseconds since 1970
    course: int
