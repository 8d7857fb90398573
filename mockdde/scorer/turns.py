"""The strokes of a hole in the order in which they are reported, several balls being in play."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mockdde.golf import Hole
from mockdde.scorer.told import Told
from mockdde.story import acts as course
from mockdde.story.pace import away, turns_of

__all__ = ["Turn", "in_turn", "report_turns", "stroke_of", "turns"]


class Turn(NamedTuple):
    """A stroke of a ball and all that follows from it; times in milliseconds since 1970."""

    ball: int
    acts: list[course.Act]
    times: list[int]
    until: int  # when the next turn of anybody begins


class _Waiting(NamedTuple):
    """What is reported next of a turn, and what comes after that."""

    at: int
    place: int
    turn: Turn
    told: Told
    rest: Iterator[Told]


def stroke_of(acts: Sequence[course.Act]) -> int | None:
    """The number of the stroke among these acts."""
    return next((act.no for act in acts if isinstance(act, course.Stroke)), None)


def turns(played: Mapping[int, course.Played]) -> list[Turn]:
    """All strokes of a hole in the order of time."""
    found: list[Turn] = []
    for ball, each in played.items():
        times = [timed.at for timed in each.acts]
        begun = 0
        for acts in turns_of([timed.act for timed in each.acts]):
            ends = begun + len(acts)
            found.append(Turn(ball, acts, times[begun:ends], times[-1]))
            begun = ends
    found.sort(key=lambda turn: turn.times[0])
    then = [turn.times[0] for turn in found[1:]]
    return [turn._replace(until=at) for turn, at in zip(found, then, strict=False)] + found[-1:]


def in_turn(acts: Mapping[int, list[course.Act]], hole: Hole) -> Iterator[tuple[int, course.Act]]:
    """The acts of all balls as they are played one after another: who is away plays first."""
    by_ball = {no: turns_of(each) for no, each in acts.items()}
    for step in range(max(len(each) for each in by_ball.values())):
        playing = [(no, each[step]) for no, each in by_ball.items() if step < len(each)]
        if step:
            playing.sort(key=lambda each: -away(each[1], hole))
        for no, turn in playing:
            yield from ((no, act) for act in turn)


def report_turns(
    found: list[Turn],
    begin: Callable[[Turn], tuple[Turn, Iterator[Told]]],
    tell: Callable[[Turn, Told], None],
    end: Callable[[Turn], None],
) -> None:
    """Report turns: a lie is measured while another ball is hit already.

    ``begin`` gives the turn as it is by then, and what there is to tell of it; ``end`` is called
    when all of a turn is told.
    """
    waiting: list[_Waiting] = []

    def step(place: int, turn: Turn, rest: Iterator[Told]) -> None:
        told = next(rest, None)
        if told is not None:
            heapq.heappush(waiting, _Waiting(told.at, place, turn, told, rest))
        else:
            end(turn)

    def send() -> None:
        first = heapq.heappop(waiting)
        tell(first.turn, first.told)
        step(first.place, first.turn, first.rest)

    for place, turn in enumerate(found):
        while any(each.turn.ball == turn.ball for each in waiting):
            send()
        begun, rest = begin(turn)
        first = next(rest, None)
        if first is None:
            end(begun)
            continue
        while waiting and waiting[0].at < first.at:
            send()
        heapq.heappush(waiting, _Waiting(first.at, place, begun, first, rest))
    while waiting:
        send()
