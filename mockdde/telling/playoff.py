"""A sudden-death playoff: who shares the lead plays on until one has fewer strokes on a hole."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mockdde.golf import Group, TeamRound
from mockdde.scenario.model import PlayoffSpec
from mockdde.story import Story
from mockdde.telling.round import Walk

__all__ = ["Playoff"]

_MOST = 60  # holes; no playoff was ever nearly so long


class Playoff:
    """``level`` are the teams still in it; ``done`` is asked after each hole who is not."""

    def __init__(
        self, story: Story, spec: PlayoffSpec, level: Sequence[int], holes_a_round: int
    ) -> None:
        """``holes_a_round``: so many holes are a round of their own; 0 is all of them."""
        self.level = list(level)
        self._story, self._spec, self._holes_a_round = story, spec, holes_a_round
        self._played = 0  # holes

    @property
    def winner(self) -> int | None:
        """Who has won it."""
        return self.level[0] if len(self.level) == 1 else None

    def draw(self, after: int, number: int, start: int) -> list[TeamRound]:
        """The next round of it: the ``number``-th playoff round after round ``after``."""
        no = after * 100 + number
        course = self._story.courses[0]
        order = [*self._spec.holes, *[self._spec.holes[-1]] * _MOST][self._played :]
        holes = self._story.holes(after, course.id)  # as they were set up that day
        scenario = self._story.scenario
        group = Group(
            round=no,
            no=1,
            id=1_900_000 + (scenario.tournament.id * 613 + no) % 90_000,
            tee=order[0],
            tee_time=start,
            teams=tuple(self.level),
            course=course.id,
        )
        played = tuple(holes[hole] for hole in order)
        return [
            TeamRound(no, self._story.teams[team], group, course, played) for team in self.level
        ]

    def done(self, index: int, walks: Sequence[Walk]) -> Collection[Walk]:
        """Those whose round is over after its hole ``index``, counted from 0."""
        self._played += 1
        scores = {
            walk.facts.team.no: walk.scorer.truth().get(index + 1)
            for walk in walks
            if walk.scorer is not None and not walk.left
        }
        best = min((score for score in scores.values() if score is not None), default=None)
        if best is not None:
            self.level = [no for no in self.level if scores.get(no) == best]
        over = len(self.level) == 1 or index + 1 == self._holes_a_round
        return [
            walk
            for walk in walks
            if not walk.left and (over or walk.facts.team.no not in self.level)
        ]
