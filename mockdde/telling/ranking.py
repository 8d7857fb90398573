"""The scorers' word on who stands where, and whom it sends home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mockdde import log
from mockdde.golf import TeamRound, cut_line
from mockdde.scenario.model import RoundSpec
from mockdde.story import Story

__all__ = ["Ranking"]


class Ranking:
    """Scores to par of official rounds; ``out`` has who plays no more, with the status."""

    def __init__(self, story: Story) -> None:
        self.to_par = dict.fromkeys(story.teams, 0)
        self.out: dict[int, str] = {}
        self._cut_before = False

    def add(self, facts: TeamRound, strokes: Mapping[int, int]) -> None:
        """Take in a round: strokes by the order of its holes."""
        self.to_par[facts.team.no] += sum(
            made - facts.holes[order - 1].par for order, made in strokes.items()
        )

    def order(self, teams: Iterable[int]) -> list[int]:
        """Who still plays, from the lead down; level teams in the order of the field."""
        staying = [no for no in teams if no not in self.out]
        return sorted(staying, key=lambda no: self.to_par[no])

    def leaders(self, teams: Iterable[int]) -> list[int]:
        """Who shares the first place."""
        order = self.order(teams)
        return [no for no in order if self.to_par[no] == self.to_par[order[0]]]

    def cut(self, spec: RoundSpec, teams: Iterable[int]) -> log.CutMade | None:
        """Make the cut of a round; None where it has none, or nobody is left to be cut."""
        staying = [no for no in teams if no not in self.out]
        line = cut_line([self.to_par[no] for no in staying], spec.stays) if spec.cuts else None
        if line is None:
            return None
        out = tuple(no for no in staying if self.to_par[no] > line)
        status = "MadeCutButDidNotFinish" if self._cut_before else "MissedCut"
        self._cut_before = True
        self.out |= dict.fromkeys(out, status)
        return log.CutMade(line, out, "Cut" if status == "MissedCut" else status)
