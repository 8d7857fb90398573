"""Rankings of driving: the tee shots of holes of par 4 or longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde.feeds import StateFeed
from mockdde.feeds.dde._rankings import Rankings
from mockdde.feeds.dde._ranks import Statistic, each_measured, gained
from mockdde.figures import Figures
from mockdde.lines import HoleLine
from mockdde.quirks import Quirks

__all__ = ["FEED", "Driving"]

_NO_MISS = ("OFW", "OCO", "OIR", "ORO", "OST", "OGS", "OGR", "")  # the last: in the hole


def _table(quirks: Quirks) -> tuple[Statistic, ...]:
    green = quirks["driven-green"] == "hit"
    driven = _official_drives if quirks["driving-holes"] == "official" else _drives
    return (
        # Strokes gained by strokes from those tees, over their number.
        Statistic("offTheTeeStrokesGained", gained(0), kind="sum", unit=1000),
        # Tee shots that found the fairway (quirk driven-green), over all of those holes.
        Statistic(
            "accuracy",
            each_measured(lambda _, of: of.fairway(or_green=green) or False, _drives),
            "Accuracy",
        ),
        # The mean length of those tee shots, wherever they ended; metres.
        Statistic(
            "distance",
            each_measured(lambda _, of: of.drive or 0, driven),
            "Distance",
            kind="mean",
            unit=10,
        ),
        # Those holes that were begun with a driver.
        Statistic("driverUsage", each_measured(lambda _, of: of.driver, driven)),
        # Tee shots that ended neither on mown grass nor in rough or a bunker of the hole.
        Statistic(
            "bigMisses",
            each_measured(lambda _, of: of.tee not in _NO_MISS, _drives),
            fewer=True,
            guessed=True,
        ),
        # The longest of those tee shots, over their number; metres.
        Statistic(
            "longestDrive",
            each_measured(lambda _, of: of.drive or 0, driven),
            "Longest Drive",
            kind="most",
            unit=10,
        ),
    )


def _drives(_: HoleLine, of: Figures) -> bool:
    return of.drive is not None


def _official_drives(line: HoleLine, of: Figures) -> bool:
    return of.drive is not None and line.hole.driving


class Driving(Rankings):
    """The rankings of driving."""

    NAME: ClassVar[str] = "dde/stats-driving"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/stats/driving"
    ABOUT: ClassVar[str] = "Rankings of all players by statistics of driving."
    FEED_TYPE: ClassVar[str] = "driving"
    PLAY: ClassVar[str] = "stroke"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]] = staticmethod(_table)

    def counts(self, line: HoleLine) -> bool:
        """There are drives on holes of par 4 or longer alone."""
        return line.hole.par > 3 and line.has_figures


FEED: type[StateFeed] = Driving
