"""A hole of a match: who plays on, who picks up, which putts are given, who gives the hole up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from mockdde.chance import Chance
from mockdde.golf import Ball, Hole, distance
from mockdde.matchplay import hole_result
from mockdde.records import dataclass, field, replace
from mockdde.story.acts import Act, GaveUp, HoleLost, Stroke, strokes_of
from mockdde.story.pace import away, turns_of

__all__ = ["best_of", "contest", "ending", "holed", "result_of", "sides_of"]

_SHORT = 0.8  # metres; shorter putts are often conceded
_SURE = 1.2  # metres; from here nobody expects a miss
_OFTEN = 0.8  # so often a hole is given up that is as good as lost
_NEVER = 99  # strokes; more than a hole is ever played in


def holed(acts: Iterable[Act]) -> bool:
    """Whether a ball is in the hole, or counts as in."""
    return any(isinstance(act, Stroke) and act.lie is None for act in acts)


def ending(side: Sequence[Sequence[Act]], other: Sequence[Sequence[Act]]) -> str:
    """How a hole ends for a side, one of matchplay.ENDINGS; both have the acts of each ball.

    Who gives up the hole, or is penalised with it, has lost it whatever a partner holes.
    """
    mine = {type(act) for acts in side for act in acts}
    others = {type(act) for acts in other for act in acts}
    if GaveUp in mine:
        return "HoleConceded"
    if HoleLost in mine:
        return "LossOfHole"
    if any(holed(acts) for acts in side):
        return "BallHoled"
    return "HoleWon" if others & {GaveUp, HoleLost} else "LossOfHole"


def best_of(side: Iterable[Sequence[Act]]) -> int | None:
    """The strokes of the better ball; None where none is in the hole, or the hole is lost."""
    balls = [list(acts) for acts in side]
    if any(isinstance(act, GaveUp | HoleLost) for acts in balls for act in acts):
        return None
    return min((strokes_of(acts) for acts in balls if holed(acts)), default=None)


def result_of(sides: tuple[Sequence[Sequence[Act]], Sequence[Sequence[Act]]]) -> int:
    """1 where the first side has won a hole, -1 where the second has, 0 where it is halved."""
    first, second = sides
    return hole_result(
        [
            (ending(first, second), best_of(first)),
            (ending(second, first), best_of(second)),
        ]
    )


@dataclass(slots=True)
class _InPlay:
    """One ball on the hole: how it would be played to the end, and how far it was."""

    side: int
    turns: list[list[Act]]
    said: int  # so many of its turns are the scenario's, and played whatever they are good for
    kept: list[Act] = field(default_factory=list)
    done: bool = False

    @property
    def next(self) -> int:
        """Its strokes if the next one is holed."""
        return strokes_of(self.kept) + 1


def contest(
    hole: Hole,
    balls: Mapping[int, Ball],
    played: Mapping[int, list[Act]],
    said: Mapping[int, int],
    given: Collection[int],
    chance: Chance,
) -> dict[int, list[Act]]:
    """What is played of a hole in a match, of what each ball would do on its own.

    ``said`` is how many acts of a ball are the scenario's own: these are played in any case, and
    where there are any nobody concedes the hole of his own accord. ``given`` are the balls whose
    last putt is conceded if it is short.
    """
    result = result_of(sides_of(balls, played))
    in_play = {
        no: _InPlay(ball.side, turns_of(played[no]), len(turns_of(played[no][: said.get(no, 0)])))
        for no, ball in balls.items()
    }
    friendly = not any(said.values())
    for step in range(max(len(each.turns) for each in in_play.values())):
        playing = [no for no, each in in_play.items() if not each.done and step < len(each.turns)]
        if step:
            playing.sort(key=lambda no: -away(in_play[no].turns[step], hole))
        for no in playing:
            ball = in_play[no]
            if step >= ball.said and not _matters(ball, in_play.values()):
                ball.done = True
                continue
            turn = ball.turns[step]
            if no in given and _is_given(turn, hole):
                turn = _given(turn)
            ball.kept += turn
            ball.done = step + 1 == len(ball.turns)
            if friendly and not ball.done:
                _concede(ball, in_play.values(), hole, result, chance)
    return {no: each.kept for no, each in in_play.items()}


def sides_of(
    balls: Mapping[int, Ball], played: Mapping[int, list[Act]]
) -> tuple[list[list[Act]], list[list[Act]]]:
    """The acts of the balls of either side."""
    first = [acts for no, acts in played.items() if not balls[no].side]
    return first, [acts for no, acts in played.items() if balls[no].side]


def _best(in_play: Iterable[_InPlay], side: int) -> int:
    best = best_of(each.kept for each in in_play if each.side == side)
    return _NEVER if best is None else best


def _may_make(in_play: Iterable[_InPlay], side: int) -> int:
    """The best that a side can still make of the hole."""
    alive = [each.next for each in in_play if each.side == side and not each.done]
    return min([_best(in_play, side), *alive])


def _matters(ball: _InPlay, in_play: Iterable[_InPlay]) -> bool:
    """Whether a ball can still change the hole: by its next stroke, or by those after it."""
    if any(isinstance(act, GaveUp | HoleLost) for each in in_play for act in each.kept):
        return False
    mine, theirs = _best(in_play, ball.side), _best(in_play, 1 - ball.side)
    if mine < _may_make(in_play, 1 - ball.side):  # its partner has won the hole
        return False
    return ball.next < mine and ball.next <= theirs


def _is_given(turn: Sequence[Act], hole: Hole) -> bool:
    """Whether a turn is no more than a short putt that goes in."""
    last = turn[-1]
    if not isinstance(last, Stroke) or last.lie is not None or len(turn) > 1:
        return False
    return last.start.surface == "OGR" and distance(last.start.point, hole.pin) <= _SHORT


def _given(turn: Sequence[Act]) -> list[Act]:
    return [replace(act, conceded=True) if isinstance(act, Stroke) else act for act in turn]


def _concede(
    ball: _InPlay, in_play: Iterable[_InPlay], hole: Hole, result: int, chance: Chance
) -> None:
    """The other side gives up a hole that it will lose, where a ball lies near the pin."""
    last = ball.kept[-1]
    wins = result == (-1 if ball.side else 1)
    if not wins or not isinstance(last, Stroke) or last.lie is None or last.provisional:
        return
    near = last.lie.surface == "OGR" and distance(last.lie.point, hole.pin) <= _SURE
    others = [each for each in in_play if each.side != ball.side]
    if near and ball.next < _may_make(in_play, 1 - ball.side) and chance.happens(_OFTEN):
        others[0].kept.append(GaveUp(match=False))
        for each in in_play:
            each.done = True
