"""The tournaments being played, each with its broadcast, its clock and a source for each stream."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeAlias

from mockdde.broadcast import Broadcast
from mockdde.errors import nearest
from mockdde.feeds import StateFeed, StreamFeed, play_of
from mockdde.latest import Latest
from mockdde.moments import HOUR, iso_micros
from mockdde.playclock import PlayClock
from mockdde.tape import Tape
from mockdde.world import Tournament

__all__ = ["Feed", "Show", "Shows", "match"]

Feed: TypeAlias = type[StreamFeed] | type[StateFeed]

# After the first tee time of the last round: a round that dusk stopped, and a playoff, are over.
_SURELY_OVER = 36 * HOUR


class Show:
    """A source is made with the first packet, or when somebody opens its path.

    A ``cold`` show was over before the server began: nobody waits for it, and it is not live, so it
    is played only once somebody asks about it, and the multiplexer has nothing of it.
    """

    def __init__(self, tournament: Tournament, speed: float) -> None:
        scenario = tournament.scenario
        self.tournament = tournament
        self.quirks = tournament.quirks
        self.broadcast = Broadcast(tournament)
        at = scenario.tournament.start + scenario.play_at if scenario.play_at else 0
        self.was_over = at >= tournament.planned(scenario.rounds[-1].no) + _SURELY_OVER
        self.cold = self.was_over
        # When a cold one began need not be known, and would have to be told.
        self.clock = PlayClock(at if self.cold else max(tournament.begins, at), speed)
        self.tapes: dict[str, Tape] = {}
        self.latest: dict[str, Latest] = {}
        self._feeds: dict[Any, Any] = {
            type(each): each for each in (*self.broadcast.feeds, *self.broadcast.states)
        }

    def alarm(self, after: int, call: object) -> None:
        """PLACEHOLDER until clocks is merged."""

    def due(self) -> float | None:
        """The wire time of the next event."""
        moment = self.broadcast.next_due
        return None if moment is None else self.clock.wire_of(moment)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be sent."""
        return self.cold or self.broadcast.next_due is None

    def unknown(self, feed: Feed, params: Mapping[str, int]) -> str | None:
        """Why there is no such stream; None where there may be one."""
        mine = self._feeds.get(feed)
        if mine is None:
            return self._of_other_play()
        reason: str | None = mine.unknown(params)
        return reason

    def _of_other_play(self) -> str:
        """Why a tournament has none of the streams of a feed."""
        has = [each.PATH.split("/", 4)[-1] for each in self._feeds][:3]
        play = "match play" if self.tournament.is_match_play else "stroke play"
        streams = f"{', '.join(has[:-1])} and {has[-1]}"
        return f"tournament {self.tournament.id} is {play}; its streams are {streams}"

    def source(self, feed: Feed, params: Mapping[str, int]) -> Tape | Latest:
        """The source of a stream that may be; an empty tape if nothing was sent on it yet."""
        path = feed.PATH.format(**params)
        if feed.KIND == "state":
            return self.document(path, self._feeds[feed])
        return self.tape(path)

    def tape(self, path: str) -> Tape:
        """The tape of a stream of packets."""
        if path not in self.tapes:
            self.tapes[path] = Tape(path)
        return self.tapes[path]

    def document(self, path: str, feed: StateFeed) -> Latest:
        """The latest documents of a stream."""
        if path not in self.latest:
            render = partial(self.broadcast.document, path, feed)
            name = self.broadcast.name(path)
            keeps = any(each.is_on(name) for each in self.broadcast.faults)
            self.latest[path] = Latest(path, self.broadcast.seq(path), render, keeps=keeps)
        return self.latest[path]


class Shows:
    """All shows; ``waking`` are those that were cold and that somebody has asked about."""

    def __init__(self, tournaments: Iterable[Tournament], speed: float) -> None:
        self._all = {each.id: Show(each, speed) for each in tournaments}
        self.waking: dict[int, Show] = {}

    def __iter__(self) -> Iterator[Show]:
        return iter(self._all.values())

    @property
    def numbers(self) -> Collection[int]:
        """The tournaments' ids."""
        return self._all.keys()

    def of(self, feed: Feed, params: Mapping[str, int]) -> tuple[Show | None, str]:
        """Whose a stream is, and why there is no such stream; the reason is empty if there is."""
        asked = params["tournament"]
        show = self._all.get(asked)
        if show is None:
            return None, f"there is no tournament {asked} here{nearest(asked, self._all)}"
        return show, show.unknown(feed, params) or ""

    def next(self) -> tuple[Show | None, float]:
        """Whose turn it is and when (wire time); infinity when nothing is to come."""
        first, soonest = None, float("inf")
        for show in self._all.values():
            due = None if show.cold else show.due()
            if due is not None and due < soonest:
                first, soonest = show, due
        return first, soonest

    def latest(self) -> Iterator[Latest]:
        """The documents of all shows."""
        return (each for show in self for each in show.latest.values())

    def wake(self, numbers: Iterable[int]) -> None:
        """Somebody asks about these."""
        for number in numbers:
            show = self._all.get(number)
            if show is not None and show.cold:
                self.waking[number] = show

    def woken(self, wire: float, among: Collection[int] | None = None) -> Show | None:
        """One that is waking and has an event due by then; who has none is cold no more.

        Where ``among`` is given, one of these.
        """
        for number, show in [*self.waking.items()]:
            if among is not None and number not in among:
                continue
            due = show.due()
            if due is not None and due <= wire:
                return show
            show.cold = False
            del self.waking[number]
        return None

    def standing(self, wire: float) -> list[dict[str, object]]:
        """Each tournament: its id, name and scenario, and the moment of play it has reached.

        ``play`` is ``stroke`` or ``match``.
        """
        return [
            {
                "tournament": show.tournament.id,
                "name": show.tournament.name,
                "scenario": show.tournament.scenario.name,
                "play": play_of(show.tournament),
                "running": show.clock.running,
                "over": show.is_over,
                "now": iso_micros(show.clock.moment_of(wire) * 1000),
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
    text = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[0-9]{1,9})", re.escape(path))
    return re.compile(text)
