"""What a scorer says, before all of the tournament is in order."""

from __future__ import annotations

from dataclasses import dataclass

from mockdde import log
from mockdde.golf import Point

__all__ = ["Draft"]


@dataclass(slots=True, eq=False)
class Draft:
    """An event before the whole tournament is in order and it has its id."""

    due: int
    at: int
    order: int
    what: log.What
    start: Point | None = None  # of a lie: where the stroke was played from
    team: int = 0  # 0 where it is about the whole tournament
    player: int = 0
    target: Draft | None = None  # of a Correction: what it corrects
    id: int = -1  # in the log, once it is sent
