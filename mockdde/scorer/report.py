"""What a scorer has said so far: each thing a little after it happened, and none before another."""

from __future__ import annotations

from collections.abc import Sequence

from mockdde import log
from mockdde.chance import Chance
from mockdde.golf import TeamRound
from mockdde.log import Event
from mockdde.moments import SECOND

__all__ = ["Report"]

_NO_PLACE = -1  # in the log, by now


class Report:
    """Drafts in order; ``order`` is the hole that is spoken of."""

    def __init__(self, facts: TeamRound, chance: Chance, pauses: Sequence[tuple[int, int]]) -> None:
        """``facts`` has who is meant by what is about all that are reported."""
        self.order = 1
        self.played_until = 0
        self._round, self._match = facts.round, facts.group.match
        self._everybody = (facts.team.no, facts.team.players[0].id)
        self._chance = chance
        self._draw = chance.draw
        self._said: list[Event] = []  # since the last time
        self._taken = 0
        self._last: Event | None = None
        self._pauses = [
            each
            for begin, end in pauses
            for each in (
                (begin, log.Suspension(resumed=False)),
                (end, log.Suspension(resumed=True)),
            )
        ]

    @property
    def last(self) -> Event:
        """What was said last."""
        assert self._last is not None
        return self._last

    @property
    def count(self) -> int:
        """Of all that was said."""
        return self._taken + len(self._said)

    def take(self) -> list[Event]:
        """What was said since the last time."""
        said, self._said = self._said, []
        self._taken += len(said)
        return said

    def seconds(self, low: int, high: int) -> int:
        """A while, in milliseconds."""
        return self._chance.whole(low, high) * SECOND

    def say(self, at: int, what: log.What, who: tuple[int, int] | None = None) -> Event:
        """Report something that happened ``at``; the server has it 0.3 to 0.9 seconds later.

        ``who`` is the team and the player it is about.
        """
        if self._pauses:
            self.flush_pauses(at)
        due = at + 300 + int(601 * self._draw())
        last = self._last
        if last is not None:  # what was said in between puts off what happened meanwhile
            at = max(at, last.at)
            if due <= last.due:
                due = last.due + 1
        if due <= at:
            due = at + 1
        team, player = who or self._everybody
        self._last = draft = Event(
            _NO_PLACE, due, at, due, self._round, team, self.order, player, what, self._match
        )
        self._said.append(draft)
        return draft

    def add(self, due: int, at: int, what: log.What, who: tuple[int, int] | None = None) -> Event:
        """Say something at a moment that is known already."""
        team, player = who or self._everybody
        self._last = draft = Event(
            _NO_PLACE, due, at, due, self._round, team, self.order, player, what, self._match
        )
        self._said.append(draft)
        return draft

    def flush_pauses(self, until: int) -> None:
        """Say what stopped or went on up to ``until``, as far as the team has played by now."""
        until = min(until, self.played_until)
        while self._pauses and self._pauses[0][0] <= until:
            self.say(*self._pauses.pop(0))
