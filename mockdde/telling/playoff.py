"""A playoff: who shares the lead plays on until one has fewer strokes on a hole, or on several."""

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
        self._together = len(spec.holes) if spec.aggregate else 1  # holes of which a total decides
        self._before: dict[int, int] = {}  # strokes in earlier rounds of it, while a total does

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
        if not walks:  # all have gone in before
            return ()
        self._played += 1
        scores = self._scores(index + 1, walks)
        if scores and self._played < self._together:
            self.level = [no for no in self.level if no in scores]
        elif scores:
            best = min(scores.values())
            self.level = [no for no in self.level if scores.get(no) == best]
        over = len(self.level) == 1 or index + 1 == self._holes_a_round
        self._before = scores if over else {}
        return [
            walk
            for walk in walks
            if not walk.left and (over or walk.facts.team.no not in self.level)
        ]

    def _scores(self, order: int, walks: Sequence[Walk]) -> dict[int, int]:
        """What decides by now, of each team that holed the hole of this order in its round."""
        scores: dict[int, int] = {}
        for walk in walks:
            truth = walk.scorer.truth() if walk.scorer is not None and not walk.left else {}
            team = walk.facts.team.no
            if order in truth and self._played <= self._together:
                scores[team] = self._before.get(team, 0) + sum(truth.values())
            elif order in truth:
                scores[team] = truth[order]
        return scores
