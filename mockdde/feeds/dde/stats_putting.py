"""Rankings of putting: strokes from the green."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde.feeds import StateFeed
from mockdde.feeds.dde._rankings import Rankings
from mockdde.feeds.dde._ranks import Statistic, each_measured, gained
from mockdde.figures import Figures
from mockdde.lines import HoleLine
from mockdde.quirks import Quirks

__all__ = ["FEED", "Putting"]


def _table(_: Quirks) -> tuple[Statistic, ...]:
    return (
        # Strokes gained by putts, over their number.
        Statistic("puttingStrokesGained", gained(3), kind="sum", unit=1000),
        # Strokes from the green, over all holes.
        Statistic("totalPutts", each_measured(lambda _, of: of.putts), "Total putts", fewer=True),
        # The longest putt holed, metres; 0 before there is one.
        Statistic(
            "longestHoledPutt",
            each_measured(_holed),
            "longest holed putt",
            kind="most",
            unit=10,
        ),
        # The lengths of all putts holed, metres.
        Statistic("puttsHoledDistance", each_measured(_holed), "Putts holed distance", unit=10),
        # Putts on greens in regulation, over those.
        Statistic(
            "puttsPerGIR",
            each_measured(lambda _, of: of.putts, lambda _, of: of.gir),
            "putts per GIR",
            fewer=True,
        ),
        # Holes with three putts or more, over all holes.
        Statistic("threePutts", each_measured(lambda _, of: of.putts >= 3), fewer=True),
    )


def _holed(_: HoleLine, of: Figures) -> int:
    return 0 if of.holed_out else of.holed_from


class Putting(Rankings):
    """The rankings of putting."""

    NAME: ClassVar[str] = "dde/stats-putting"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/stats/putting"
    ABOUT: ClassVar[str] = "Rankings of all players by statistics of putting."
    FEED_TYPE: ClassVar[str] = "putting"
    PLAY: ClassVar[str] = "stroke"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]] = staticmethod(_table)


FEED: type[StateFeed] = Putting
