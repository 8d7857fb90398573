"""What a scorer has said so far: each thing a little after it happened, and none before another."""

from __future__ import annotations

from collections.abc import Sequence

from mockdde import log
from mockdde.chance import Chance
from mockdde.golf import Player, Point
from mockdde.moments import SECOND
from mockdde.scorer.draft import Draft

__all__ = ["Report"]


class Report:
    """Drafts in order; ``order`` is the hole that is spoken of."""

    def __init__(
        self, team: int, player: Player, chance: Chance, pauses: Sequence[tuple[int, int]]
    ) -> None:
        """``team`` and ``player`` are who is meant by what is about all that are reported."""
        self.drafts: list[Draft] = []
        self.order = 1
        self.played_until = 0
        self._team, self._player = team, player.id
        self._chance = chance
        self._taken = 0
        self._pauses = [
            each
            for begin, end in pauses
            for each in (
                (begin, log.Suspension(resumed=False)),
                (end, log.Suspension(resumed=True)),
            )
        ]

    @property
    def last(self) -> Draft:
        """What was said last."""
        return self.drafts[-1]

    def take(self) -> list[Draft]:
        """What was said since the last time."""
        said = self.drafts[self._taken :]
        self._taken = len(self.drafts)
        return said

    def seconds(self, low: int, high: int) -> int:
        """A while, in milliseconds."""
        return self._chance.whole(low, high) * SECOND

    def say(
        self,
        at: int,
        what: log.What,
        start: Point | None = None,
        who: tuple[int, int] | None = None,
    ) -> Draft:
        """Report something that happened ``at``; the server has it 0.3 to 0.9 seconds later.

        ``who`` is the team and the player it is about.
        """
        self.flush_pauses(at)
        due = at + self._chance.whole(300, 900)
        if self.drafts:  # what was said in between puts off what happened meanwhile
            at, due = max(at, self.last.at), max(due, self.last.due + 1)
        return self.add(max(due, at + 1), at, what, start, who)

    def add(
        self,
        due: int,
        at: int,
        what: log.What,
        start: Point | None = None,
        who: tuple[int, int] | None = None,
    ) -> Draft:
        """Say something at a moment that is known already."""
        team, player = who or (self._team, self._player)
        draft = Draft(due, at, self.order, what, start, team, player)
        self.drafts.append(draft)
        return draft

    def flush_pauses(self, until: int) -> None:
        """Say what stopped or went on up to ``until``, as far as the team has played by now."""
        until = min(until, self.played_until)
        while self._pauses and self._pauses[0][0] <= until:
            self.say(*self._pauses.pop(0))
