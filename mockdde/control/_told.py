"""A story that is told as it is read, told to its end, while others have their turns."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from mockdde.show import Show

__all__ = ["told"]

_AT_ONCE = 64  # events until others have their turn


async def told(shows: Iterable[Show]) -> None:
    """Tell tournaments to their end: only then are all their streams known."""
    for show in shows:
        place, log = 0, show.tournament.log
        while log.at(place) is not None:
            place += 1
            if place % _AT_ONCE == 0:
                await asyncio.sleep(0)
