"""Rankings of scoring: what the scores of finished holes were."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde.feeds import StateFeed
from mockdde.feeds.dde._rankings import Rankings
from mockdde.feeds.dde._ranks import Adds, Statistic, each_hole, each_measured, gained
from mockdde.lines import HoleLine
from mockdde.quirks import Quirks

__all__ = ["FEED", "Scoring"]


def _table(quirks: Quirks) -> tuple[Statistic, ...]:
    every = quirks["par-scoring-divisor"] == "holes"
    return (
        # Strokes gained by all strokes but putts, over their number.
        Statistic("teeToGreenStrokesGained", gained(0, 1, 2), kind="sum", unit=1000),
        # Holes played under par, and over it, over all holes.
        Statistic("birdiesOrBetter", each_hole(lambda line: line.over < 0), "Birdies or Better"),
        Statistic(
            "bogeysOrWorse", each_hole(lambda line: line.over > 0), "Bogeys or Worse", fewer=True
        ),
        # Strokes over par on holes of a par, over those (quirk par-scoring-divisor).
        *(
            Statistic(
                f"par{par}Scoring",
                _of_par(par, every=every),
                f"Par {par} scoring",
                fewer=True,
            )
            for par in (3, 4, 5)
        ),
        # Holes holed from off the green, over all holes.
        Statistic("holeOuts", each_measured(lambda _, of: of.holed_out)),
        # Penalty strokes, over all holes.
        Statistic("penaltyShots", each_measured(lambda _, of: of.penalties), fewer=True),
    )


def _of_par(par: int, *, every: bool) -> Adds:
    if every:
        return each_hole(lambda line: line.over if line.hole.par == par else 0)
    return each_hole(lambda line: line.over, lambda line: line.hole.par == par)


class Scoring(Rankings):
    """The rankings of scoring."""

    NAME: ClassVar[str] = "dde/stats-scoring"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/stats/scoring"
    ABOUT: ClassVar[str] = "Rankings of all players by statistics of scoring."
    FEED_TYPE: ClassVar[str] = "scoring"
    PLAY: ClassVar[str] = "stroke"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]] = staticmethod(_table)

    def counts(self, line: HoleLine) -> bool:  # noqa: ARG002
        """Every hole has a score."""
        return True


FEED: type[StateFeed] = Scoring
