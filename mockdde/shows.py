"""All tournaments that are being played: whose turn it is, whose a stream is, where each stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from mockdde.errors import RequestError, nearest
from mockdde.feeds import play_of
from mockdde.latest import Latest
from mockdde.moments import iso_micros
from mockdde.playclock import ORDINARY, Clocks
from mockdde.show import Feed, Show
from mockdde.world import Tournament

__all__ = ["Shows", "match"]

_LAST = 253_402_300_799_999  # the last moment that has a spelling


class Shows:
    """All shows; ``waking`` are those that were cold or behind and that somebody has asked about.

    ``behind`` are the others that began before the server did, and that have yet to catch up;
    ``late`` are the ids of all that have, whether somebody asks about them or not.
    """

    def __init__(
        self,
        tournaments: Iterable[Tournament],
        speed: float,
        clocks: Clocks = ORDINARY,
        wire: float = 0.0,
    ) -> None:
        """See ``Show``."""
        self._clocks = clocks
        self._all = {each.id: Show(each, speed, clocks, wire) for each in tournaments}
        self.waking: dict[int, Show] = {}
        self.late = {number for number, show in self._all.items() if show.behind}
        self.joined = False  # one has caught up, and what is due now may be of it
        self.behind = {number: show for number, show in self._all.items() if show.behind}

    def __iter__(self) -> Iterator[Show]:
        return iter(self._all.values())

    @property
    def numbers(self) -> Collection[int]:
        """The tournaments' ids."""
        return self._all.keys()

    @property
    def live(self) -> Collection[int]:
        """The ids of those that were not over before the server began."""
        return [number for number, show in self._all.items() if not show.was_over]

    def place(self, show: Show) -> int:
        """Its place among all."""
        return [*self._all].index(show.tournament.id)

    def add(self, show: Show) -> None:
        """One more; of an id that none has."""
        number = show.tournament.id
        self._all[number] = show
        if show.behind:
            self.late.add(number)
            self.behind[number] = show

    def among(self, numbers: Collection[int]) -> list[Show]:
        """Those whose clocks can be set: of these ids, or all that were not over from the start.

        RequestError where there is none.
        """
        for number in numbers:
            show = self._all.get(number)
            if show is None:
                message = f"there is no tournament {number} here{nearest(number, self._all)}"
                raise RequestError(404, message)
            if show.was_over:
                message = f"tournament {number} was over before the server began"
                raise RequestError(409, f"{message}; it has no clock")
        chosen = numbers or self._all
        found = [show for show in self if show.tournament.id in chosen and not show.was_over]
        if not found:
            raise RequestError(409, "all tournaments here were over before the server began")
        return found

    def named(self, number: int | None) -> list[Show]:
        """The one of this id, or all. RequestError where there is none."""
        if number is not None and number not in self._all:
            message = f"there is no tournament {number} here{nearest(number, self._all)}"
            raise RequestError(404, message)
        return [*self] if number is None else [self._all[number]]

    def of(self, feed: Feed, params: Mapping[str, int]) -> tuple[Show | None, str]:
        """Whose a stream is, and why there is no such stream; the reason is empty if there is."""
        asked = params["tournament"]
        show = self._all.get(asked)
        if show is None:
            return None, f"there is no tournament {asked} here{nearest(asked, self._all)}"
        return show, show.unknown(feed, params) or ""

    def path(self, feed: Feed, params: Mapping[str, int]) -> str:
        """The path that a stream goes by, where there may be one; else as it is asked for."""
        show = self._all.get(params["tournament"])
        return feed.PATH.format(**params) if show is None else show.path(feed, params)

    def next(self) -> tuple[Show | None, float]:
        """Whose turn it is and when (wire time); infinity when nothing is to come."""
        first, soonest = None, float("inf")
        for show in self._all.values():
            due = None if show.cold or show.behind else show.due()
            if due is not None and due < soonest:
                first, soonest = show, due
        return first, soonest

    def ahead(self) -> bool:
        """Time is left: tell a bit of what is played next. False where enough of all is told."""
        return any(
            show.tournament.log.ahead()
            for show in self._all.values()
            if show.clock.begun and not (show.cold or show.behind)
        )

    def latest(self) -> Iterator[Latest]:
        """The documents of all shows."""
        return (each for show in self for each in show.latest.values())

    def wake(self, numbers: Iterable[int]) -> None:
        """Somebody asks about these."""
        for number in numbers:
            show = self._all.get(number)
            if show is not None and (show.cold or show.behind):
                self.waking[number] = show
                self.behind.pop(number, None)

    def woken(self, wire: float, among: Collection[int] | None = None) -> Show | None:
        """One that is waking or behind and has an event due by then; who has none is so no more.

        Those that somebody waits for come first. Where ``among`` is given, one of these.
        """
        for number, show in [*self.waking.items(), *self.behind.items()]:
            if among is not None and number not in among:
                continue
            due = show.due()
            if due is not None and due <= (show.clock.past if show.behind else wire):
                return show
            self.joined = self.joined or show.behind
            show.cold = show.behind = False
            self.late.discard(number)
            self.waking.pop(number, None)
            self.behind.pop(number, None)
        return None

    def standing(self, wire: float) -> list[dict[str, object]]:
        """Each tournament: its id, name and scenario, and the moment of play it has reached.

        ``play`` is ``stroke`` or ``match``; ``speed`` is in seconds of play a second of real time;
        ``hurrying``: it is on its way to where it was told to be.
        """
        return [
            {
                "tournament": show.tournament.id,
                "name": show.tournament.name,
                "scenario": show.tournament.scenario.name,
                "play": play_of(show.tournament),
                "running": show.clock.begun,
                "paused": show.clock.paused,
                "speed": round(show.clock.speed * self._clocks.wire_speed, 9),
                "hurrying": show.aimed is not None,
                "over": show.is_over,
                "now": iso_micros(min(show.clock.moment_of(wire), _LAST) * 1000),
                "streams": len(show.tapes) + len(show.latest),
            }
            for show in self
        ]


def match(path: str, feeds: Iterable[Any]) -> tuple[Any, dict[str, int]] | None:
    """The feed that serves a path, and the path's numbers."""
    for feed in feeds:
        if found := _pattern(feed.PATH).fullmatch(path):
            return feed, {name: int(value) for name, value in found.groupdict().items()}
    return None


@cache
def _pattern(path: str) -> re.Pattern[str]:
    text = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[0-9]{1,10})", re.escape(path))
    return re.compile(text)
