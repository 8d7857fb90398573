"""Rankings of the short game: where the ball came to rest, and pars after a green missed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from mockdde.feeds import StateFeed
from mockdde.feeds.dde._rankings import Rankings
from mockdde.feeds.dde._ranks import Adds, Statistic, each_measured, gained
from mockdde.figures import LANDINGS, SCRAMBLES
from mockdde.quirks import Quirks

__all__ = ["FEED", "ShortGame"]

_LISTED = ("fairway", "fringe", "other", "rough", "sand")
_WORSE = ("other", "rough", "sand")


def _table(quirks: Quirks) -> tuple[Statistic, ...]:
    rough = quirks["scramble-spelling"]
    return (
        # Strokes gained around greens, over their number.
        Statistic("aroundTheGreenStrokesGained", gained(2), kind="sum", unit=1000),
        # How often the ball came to rest there, over all holes; the green is nowhere in these.
        *(
            Statistic(surface, _landings(LANDINGS.index(surface)), fewer=surface in _WORSE)
            for surface in _LISTED
        ),
        # Holes scrambled whose stroke from off the green, within 40 yards, came from there, over
        # all holes with such a stroke.
        Statistic("scrambleFromFairwayFringe", _scrambles("fairwayFringe")),
        Statistic(rough, _scrambles("roughHazard")),
        Statistic("scrambleFromSand", _scrambles("sand")),
        # Par or one under, over the holes whose green was missed in regulation.
        Statistic(
            "scrambles",
            each_measured(lambda line, _: line.scrambled, lambda _, of: not of.gir),
            "Scrambles",
        ),
        # No more than one putt, over the holes with a greenside bunker found.
        Statistic(
            "sandSaves",
            each_measured(lambda _, of: of.saved, lambda _, of: of.greenside),
            "Sand saves",
        ),
        # Scrambled without a stroke from within 40 yards: with the three above all scrambles.
        Statistic("scramblesOther", _scrambles(None), "Scrambles Other", guessed=True),
    )


def _landings(surface: int) -> Adds:
    return each_measured(lambda _, of: of.landings[surface])


def _scrambles(whence: str | None) -> Adds:
    place = None if whence is None else SCRAMBLES.index(whence)
    return each_measured(
        lambda line, _: line.scrambled, lambda _, of: not of.gir and of.scramble == place
    )


class ShortGame(Rankings):
    """The rankings of the short game."""

    NAME: ClassVar[str] = "dde/stats-shortgame"
    PATH: ClassVar[str] = "/golf/tournaments/{tournament}/stats/shortgame"
    ABOUT: ClassVar[str] = "Rankings of all players by statistics of the short game."
    FEED_TYPE: ClassVar[str] = "shortgame"
    PLAY: ClassVar[str] = "stroke"
    TABLE: ClassVar[Callable[[Quirks], tuple[Statistic, ...]]] = staticmethod(_table)


FEED: type[StateFeed] = ShortGame
