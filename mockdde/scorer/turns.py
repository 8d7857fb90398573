"""The strokes of a hole in the order in which they are reported, several balls being in play."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from mockdde.golf import Hole
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
    """A turn that is being reported, and when the next thing of it is said."""

    at: int
    place: int
    ball: int
    rest: Iterator[int]


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
            then = times[ends] if ends < len(times) else times[-1]
            found.append(Turn(ball, acts, times[begun:ends], then))
            begun = ends
    if len(played) == 1:
        return found
    found.sort(key=lambda turn: turn.times[0])
    next_at = [turn.times[0] for turn in found[1:]]
    return [turn._replace(until=at) for turn, at in zip(found, next_at, strict=False)] + found[-1:]


def in_turn(acts: Mapping[int, list[course.Act]], hole: Hole) -> Iterator[tuple[int, course.Act]]:
    """The acts of all balls as they are played one after another: who is away plays first."""
    by_ball = {no: turns_of(each) for no, each in acts.items()}
    for step in range(max(len(each) for each in by_ball.values())):
        playing = [(no, each[step]) for no, each in by_ball.items() if step < len(each)]
        if step:
            playing.sort(key=lambda each: -away(each[1], hole))
        for no, turn in playing:
            yield from ((no, act) for act in turn)


def report_turns(found: list[Turn], report: Callable[[Turn], Iterator[int]]) -> None:
    """Report turns: a lie is measured while another ball is hit already.

    ``report`` is begun when a turn has come. It gives the moment of each thing before it says it.
    """
    if len({turn.ball for turn in found}) == 1:
        for _ in chain.from_iterable(map(report, found)):
            pass
        return
    waiting: list[_Waiting] = []

    def send() -> None:
        _, place, ball, rest = heapq.heappop(waiting)
        at = next(rest, None)
        if at is not None:
            heapq.heappush(waiting, _Waiting(at, place, ball, rest))

    for place, turn in enumerate(found):
        while any(each.ball == turn.ball for each in waiting):
            send()
        rest = report(turn)
        first = next(rest, None)
        if first is None:
            continue
        while waiting and waiting[0].at < first:
            send()
        heapq.heappush(waiting, _Waiting(first, place, turn.ball, rest))
    while waiting:
        send()
