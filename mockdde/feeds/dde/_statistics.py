"""What all feeds of statistics share: when they send, the players, the number of a round."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

import orjson

from mockdde.books import Books, Change
from mockdde.feeds.dde._parts import player
from mockdde.golf import Team, is_playoff
from mockdde.lines import HoleLine
from mockdde.log import Event

__all__ = ["OfTournament", "encoded_players", "finished_hole"]


def finished_hole(change: Change) -> tuple[int, int, int] | None:
    """The finished hole that changed: round, team, order. A playoff counts in no statistic."""
    hole = change.hole
    return None if hole is None or is_playoff(hole[0]) else hole


def encoded_players(team: Team, *, pending: bool = False) -> bytes:
    """``players`` of a team, encoded; who awaits verification is Unknown, as on the boards."""
    hidden = dict.fromkeys(("displayName", "firstName", "lastName"), "Unknown") if pending else {}
    return orjson.dumps([player(each) | hidden for each in team.players])


class OfTournament(ABC):
    """A feed of one document for all teams; ``count`` is what makes one feed of it.

    Holes wait to be counted until somebody asks for the document, or one of them is another one.
    """

    PATH: ClassVar[str]

    def __init__(self, books: Books) -> None:
        self.tournament = books.tournament
        self.quirks = books.tournament.quirks
        self.path = self.PATH.format(tournament=self.tournament.id)
        self.hears_all = self.quirks["stats-sent"] == "packet"
        self._waiting: list[Change] = []  # finished holes, each for the first time

    def streams(self) -> Iterator[str]:
        """The one path."""
        return iter((self.path,))

    def unknown(self, params: Mapping[str, int]) -> str | None:  # noqa: ARG002
        """None: every tournament has its statistics, empty ones before play."""
        return None

    def apply(self, event: Event, change: Change) -> Iterable[str]:
        """Take in an event; the path where the document is to be sent (quirk stats-sent)."""
        hole, after = finished_hole(change), change.after
        changed = False
        if hole is not None and change.before is None and after is not None:
            changed = self.counts(after)
            if changed:
                self._waiting.append(change)
        elif hole is not None:
            self.settle()
            changed = self.count(hole, change.before, after)
        changed |= bool(change.team) and self.meet(change.team)
        return (self.path,) if changed or (self.hears_all and event.team) else ()

    def settle(self) -> None:
        """Count the holes that wait; before a document is made."""
        if self._waiting:
            self.count_new(self._waiting)
            self._waiting.clear()

    def count_new(self, changes: Sequence[Change]) -> None:
        """Count holes that are finished for the first time."""
        for change in changes:
            assert change.hole is not None, "a hole is finished"
            self.count(change.hole, None, change.after)

    def meet(self, team: int) -> bool:  # noqa: ARG002
        """Look at a team's players; whether others are shown now. Rankings begin with play."""
        return False

    def counts(self, line: HoleLine) -> bool:
        """Whether ``count`` of this line, where there was none, changes anything."""
        return line.has_figures

    @abstractmethod
    def count(
        self, hole: tuple[int, int, int], before: HoleLine | None, after: HoleLine | None
    ) -> bool:
        """Take ``before`` out and put ``after`` in; whether that changed anything that is shown."""
