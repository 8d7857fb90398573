"""Who is reported together: a team on its own in stroke play, the two sides of a match."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from mockdde.chance import Chance
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Ball, Hole, TeamRound
from mockdde.scenario.model import MatchHoleSpec, RoundSpec
from mockdde.scenario.shots import Shot
from mockdde.story.acts import Act, GaveUp, HoleLost
from mockdde.story.contest import best_of, contest, result_of, sides_of
from mockdde.story.course_of import course_of
from mockdde.story.holes import HoleInPlay
from mockdde.story.story import Story

__all__ = ["Alone", "Match", "Party", "Plan"]

_GIVEN = 0.6  # so often a short putt is

# By ball, with which shots a hole was sent again, and what keeps their chance apart.
_Again = dict[int, tuple[tuple[Shot, ...], int]]
# The acts of a hole and whether the team leaves there; None for a hole that is not planned.
Plan = Callable[[TeamRound, int], tuple[list[Act], bool] | None]


class Party(Protocol):
    """One stream's worth of teams on their round."""

    @property
    def sides(self) -> tuple[TeamRound, ...]:
        """The round of each team."""
        ...

    @property
    def balls(self) -> Mapping[int, Ball]:
        """The balls in play, by numbers that are the party's own."""
        ...

    @property
    def match(self) -> int:
        """The number of the match; 0 in stroke play."""
        ...

    @property
    def left(self) -> bool:
        """For good: it plays no further hole."""
        ...

    def play(self, order: int) -> dict[int, list[Act]]:
        """What is done with each ball on a hole. ScenarioError where golf does not allow it."""
        ...

    def ball(self, side: int, player: int) -> int:
        """The number of the ball of a side (1 or 2), of its ``player`` (1 or 2) in fourballs."""
        ...

    def again(
        self, order: int, ball: int, shots: tuple[Shot, ...], purpose: int, *, whole: bool
    ) -> dict[int, list[Act]]:
        """The hole, one ball having been played with these shots; ``whole``: and on to its end."""
        ...


class Alone:
    """A team of stroke play, and its one ball; the ball's number is the team's."""

    match = 0

    def __init__(self, story: Story, facts: TeamRound, plan: Plan | None = None) -> None:
        """``plan`` has what is played already, before it is told."""
        self.sides = (facts,)
        self.balls = {facts.team.no: Ball(facts.team.no, facts.team.players)}
        self.left = False
        self._story, self._plan = story, plan

    def play(self, order: int) -> dict[int, list[Act]]:
        """What the team does on a hole."""
        facts = self.sides[0]
        plan = self._plan(facts, order) if self._plan is not None else None
        acts, self.left = plan or self._story.play(facts, order)
        return {facts.team.no: acts}

    def ball(self, side: int, player: int) -> int:  # noqa: ARG002
        """The team's ball."""
        return self.sides[0].team.no

    def again(
        self, order: int, ball: int, shots: tuple[Shot, ...], purpose: int, *, whole: bool
    ) -> dict[int, list[Act]]:
        """The hole with other shots; chance of its own, so that it is not the first again."""
        in_play = self._story.open_hole(self.sides[0], order, "again", purpose)
        return {ball: in_play.play(shots) if whole else list(in_play.follow(shots))}


class Match:
    """The two sides of a match."""

    left = False

    def __init__(
        self, story: Story, sides: tuple[TeamRound, TeamRound], spec: RoundSpec | None
    ) -> None:
        """``spec`` is that of its round; None for a play-off match."""
        self.sides = sides
        self.match = sides[0].group.match
        self._story = story
        self._over = len(spec.holes) if spec is not None else 0
        better = spec is not None and spec.play == "FOUR_BALL"
        self.balls: dict[int, Ball] = {}
        for side, facts in enumerate(sides):
            team = facts.team
            hitters = [(each,) for each in team.players] if better else [team.players]
            for players in hitters:
                self.balls[len(self.balls)] = Ball(team.no, players, side)
        self._in_team = 2 if better else 1
        scenario = story.scenario
        self._honour = {1: 0}  # by order: the side that drives first
        self._played: list[MatchHoleSpec] = []  # of what is said, what was carried out
        self._sent_again: dict[int, _Again] = {}  # by order
        self._said = {
            (each.hole, each.side, each.player, each.order or 0): each
            for each in scenario.match_holes
            if each.match == self.match
        }
        told = next((each for each in scenario.matches if each.match == self.match), None)
        self._course, self._mark = "", Mark("", 0, 0)
        if told is not None:
            self._mark = told.mark
            chance = Chance(scenario.seed, "course-of", self.match)
            self._course = told.holes or course_of(told.ends, told.winner, self._over, chance)

    @property
    def unplayed(self) -> Iterator[MatchHoleSpec]:
        """What the scenario says of holes that were not played, by now."""
        return (spec for spec in self._said.values() if spec not in self._played)

    def ball(self, side: int, player: int) -> int:
        """The number of the ball of a side (1 or 2), of its ``player`` (1 or 2) in fourballs."""
        return max(side - 1, 0) * self._in_team + max(player - 1, 0)

    def play(self, order: int) -> dict[int, list[Act]]:
        """What is done with each ball on a hole; who has the honour is first."""
        kept = self._play(order, {})
        won = result_of(sides_of(self.balls, kept))
        self._honour[order + 1] = self._honour[order] if not won else int(won < 0)
        return kept

    def again(
        self,
        order: int,
        ball: int,
        shots: tuple[Shot, ...],
        purpose: int,
        *,
        whole: bool,  # noqa: ARG002
    ) -> dict[int, list[Act]]:
        """The hole with other shots of one ball; it is finished, so it is whole.

        What was sent again of the other balls before stands.
        """
        instead = self._sent_again.setdefault(order, {})
        instead.pop(ball, None)
        instead[ball] = (shots, purpose)
        return self._play(order, instead)

    def _play(self, order: int, instead: _Again) -> dict[int, list[Act]]:
        chance = Chance(self._story.scenario.seed, "contest", self.match, order)
        letter = self._course[order - 1 : order]
        if letter in ("C", "c"):  # before a ball is struck
            for shots, _ in instead.values():
                message = f"match {self.match} is conceded before a ball is struck; leave out shots"
                raise ScenarioError(shots[0].mark, message)
            loser = self.ball(1 if letter == "c" else 2, 1)
            return {no: [GaveUp(match=True)] if no == loser else [] for no in self.balls}
        specs = {no: spec for no in self.balls if (spec := self._spec(order, no)) is not None}
        marks = {no: spec.mark for no, spec in specs.items()}
        told = {no: self._told(order, no, spec) for no, spec in specs.items()}
        played = {no: acts for no, (acts, _) in told.items()}
        said = {no: count for no, (_, count) in told.items()}
        scores = self._scores(order, letter, played, chance)
        for no in [each for each in self.balls if each not in played]:
            in_play = self._open(order, no)
            score = scores.get(no)
            played[no] = in_play.play() if score is None else in_play.score(score, self._mark)
        for no, (shots, purpose) in instead.items():
            in_play = self._open(order, no, "again", purpose)
            said[no] = len(in_play.follow(shots))
            played[no] = in_play.play()
            marks |= {no: marks.pop(no, shots[0].mark)}
        hole = self.sides[0].holes[order - 1]
        self._check_given_up(hole, played, list(marks.values()))
        given = [no for no in self.balls if not specs and no not in said and self._gives(order, no)]
        honour = self._honour[order]
        balls = dict(sorted(self.balls.items(), key=lambda each: each[1].side != honour))
        kept = contest(hole, balls, played, said, given, chance)
        if letter and not instead:
            self._check(letter, hole, kept, list(specs.values()))
        return kept

    def _gives(self, order: int, no: int) -> bool:
        """Whether a short putt of a ball is given; so it is when the hole is sent again, too."""
        return Chance(self._story.scenario.seed, "given", self.match, order, no).happens(_GIVEN)

    def _told(self, order: int, no: int, spec: MatchHoleSpec) -> tuple[list[Act], int]:
        """What a ball does by the scenario's word, and how many of its acts are that."""
        in_play = self._open(order, no)
        if spec.score is not None:
            acts = in_play.score(spec.score, spec.mark)
            return acts, len(acts)
        said = len(in_play.follow(spec.shots))
        return in_play.play(), said

    def _check_given_up(
        self, hole: Hole, played: Mapping[int, list[Act]], marks: list[Mark]
    ) -> None:
        """ScenarioError where a hole that one ball concedes is given up by another, too."""
        gone = [
            act for acts in played.values() for act in acts if isinstance(act, GaveUp | HoleLost)
        ]
        if len(gone) > 1 and any(isinstance(act, GaveUp) for act in gone):
            message = f"hole {hole.no} of match {self.match} is given up twice"
            last = max(marks, key=lambda mark: (mark.line, mark.column))
            raise ScenarioError(last, f"{message}; one side concedes or loses it, once")

    def _check(
        self, letter: str, hole: Hole, kept: Mapping[int, list[Act]], specs: list[MatchHoleSpec]
    ) -> None:
        """ScenarioError where what is said of a hole is not what is said of the match."""
        words = {"W": "won", "L": "lost", "H": "halved"}
        result = {1: "W", -1: "L", 0: "H"}[result_of(sides_of(self.balls, kept))]
        if result != letter:
            where = f"hole {hole.no} of match {self.match} is {words[letter]} by side 1"
            message = f"{where} on line {self._mark.line}, and {words[result]} as it is told here"
            mark = specs[-1].mark if specs else self._mark
            raise ScenarioError(mark, f"{message}; change one of the two")

    def _spec(self, order: int, no: int) -> MatchHoleSpec | None:
        hole, ball = self.sides[0].holes[order - 1].no, self.balls[no]
        player = no % self._in_team + 1 if self._in_team > 1 else 0
        first = [each.no for each in self.sides[0].holes].index(hole) + 1 == order
        for key in ((hole, ball.side + 1, player, order), (hole, ball.side + 1, player, 0)):
            if key in self._said and (key[3] or first):
                self._played.append(self._said[key])
                return self._said[key]
        return None

    def _open(self, order: int, no: int, *purpose: object) -> HoleInPlay:
        ball = self.balls[no]
        extra = ("extra", order) if order > self._over else ()
        who = ("ball", no) if self._in_team > 1 else ()
        player = ball.players[0].id
        facts = self.sides[ball.side]
        return self._story.open_hole(facts, order, *who, *extra, *purpose, player=player)

    def _scores(
        self, order: int, letter: str, told: Mapping[int, list[Act]], chance: Chance
    ) -> dict[int, int]:
        """The strokes of each ball on a hole that is to go so: ``W``, ``L`` or ``H``.

        ``told`` are the acts of the balls that the scenario tells of.
        """
        if letter not in ("W", "L", "H"):
            return {}
        par = self.sides[0].holes[order - 1].par
        drawn = chance.between(0, 1)
        good = par - 1 if drawn < 0.3 else (par if drawn < 0.88 else par + 1)
        ahead = {"W": 1, "L": -1, "H": 0}[letter]
        makes = [good + (ahead < 0), good + (ahead > 0)]
        first, second = (best_of(side) for side in sides_of(self.balls, told))
        if first is not None:
            makes = [first, first + ahead]
        elif second is not None:
            makes = [second - ahead, second]
        # A partner is a stroke behind, and picks up.
        return {no: makes[ball.side] + no % self._in_team for no, ball in self.balls.items()}
