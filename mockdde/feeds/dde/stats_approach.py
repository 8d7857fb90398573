"""Rankings of approach play: greens reached in regulation, and how near."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde.feeds import StateFeed
from mockdde.feeds.dde._rankings import Rankings
from mockdde.feeds.dde._ranks import Adds, Statistic, each_measured, gained
from mockdde.quirks import Quirks

__all__ = ["FEED", "Approach"]

# Decimetres that stand for 10, 20 and 30 feet; a distance in packets has one decimal.
_LENGTHS = {"metres": (30.0, 60.0, 90.0), "feet": (30.48, 60.96, 91.44)}
_FAR = 10_000.0


def _table(quirks: Quirks) -> tuple[Statistic, ...]:
    ten, twenty, thirty = _LENGTHS[quirks["chance-lengths"]]
    return (
        # Strokes gained by approaches, over their number.
        Statistic("approachStrokesGained", gained(1), kind="sum", unit=1000),
        # Greens reached in par less two strokes or fewer, over all holes, like all that follow.
        Statistic(
            "greensInRegulation", each_measured(lambda _, of: of.gir), "Greens in Regulation"
        ),
        # Greens reached in one stroke on a par 4, in two on a par 5.
        Statistic("greensUnderRegulation", each_measured(lambda _, of: of.under)),
        # Greens in regulation by what was left to the pin then; an eagle is a chance of 0 m.
        Statistic("10-20ft", _chance(ten, twenty)),
        Statistic("20-30ft", _chance(twenty, thirty)),
        Statistic("30ft+", _chance(thirty, _FAR)),
        Statistic("chancesInside10ft", _chance(-1, ten), "Chances inside 10ft"),
        Statistic("chancesInside20ft", _chance(-1, twenty), "Chances inside 20ft"),
        Statistic("chancesInside30ft", _chance(-1, thirty), "Chances inside 30ft"),
        # Greens missed in regulation: with the chances, all holes.
        Statistic(
            "offGreen", each_measured(lambda line, _: line.chance is None), fewer=True, guessed=True
        ),
    )


def _chance(beyond: float, until: float) -> Adds:
    def of(line: int | None) -> bool:
        return line is not None and beyond < line <= until

    return each_measured(lambda line, _: of(line.chance))


class Approach(Rankings):
    """The rankings of approach play."""

    NAME: ClassVar[str] = "dde/stats-approach"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/stats/approach"
    ABOUT: ClassVar[str] = "Rankings of all players by statistics of approach play."
    FEED_TYPE: ClassVar[str] = "approach"
    PLAY: ClassVar[str] = "stroke"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]] = staticmethod(_table)


FEED: type[StateFeed] = Approach
