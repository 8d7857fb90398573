"""When each act of a group happened: three to four minutes a round of strokes, more on par 5s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mockdde.chance import Chance
from mockdde.golf import Group, Hole, distance
from mockdde.moments import SECOND
from mockdde.story.acts import (
    Act,
    Chosen,
    Dropped,
    HammerThrown,
    Penalised,
    Played,
    RefereeAsked,
    Stroke,
    Timed,
    Withdrawn,
)

__all__ = ["Pause", "pace_group", "turns_of"]

# Seconds from the act before it in the same turn. The lie of a stroke is measured within 45 seconds
# (scorer), so what follows from the lie comes later than that.
_AFTER: dict[type[Act], tuple[int, int]] = {
    Stroke: (60, 85),  # a provisional ball
    Penalised: (55, 80),
    Dropped: (35, 55),
    Chosen: (90, 150),
    RefereeAsked: (50, 70),
    HammerThrown: (50, 60),
    Withdrawn: (60, 90),
}
# Back at the ball after a pause, so that the next stroke is addressed when play goes on already.
_BACK = 30 * SECOND


@dataclass(frozen=True, slots=True)
class Pause:
    """Play stopped from ``begin`` to ``end`` (milliseconds since 1970)."""

    begin: int
    end: int


def turns_of(acts: Sequence[Act]) -> list[list[Act]]:
    """A hole's acts by stroke: each turn is a stroke that counts and all that follows from it."""
    turns: list[list[Act]] = []
    for act in acts:
        opens = isinstance(act, Stroke) and not act.provisional
        if not turns or (opens and any(isinstance(each, Stroke) for each in turns[-1])):
            turns.append([])
        turns[-1].append(act)
    return turns


def pace_group(
    group: Group,
    holes: Sequence[Hole],
    rounds: Sequence[Sequence[Sequence[Act]]],
    pauses: Sequence[Pause],
    chance: Chance,
) -> list[list[Played]]:
    """Put times, in whole seconds as the feed's are, to what the teams of a group did.

    ``rounds[team][hole]`` are acts; a team that left has fewer holes.
    """
    played: list[list[Played]] = [[] for _ in rounds]
    begin = group.tee_time + chance.whole(4, 12) * SECOND
    for index, hole in enumerate(holes):
        here = [at for at, team in enumerate(rounds) if index < len(team)]
        if not here:
            break
        turns = {at: turns_of(rounds[at][index]) for at in here}
        timed, end = _pace_hole(hole, turns, begin, chance)
        for at in here:
            acts = tuple(Timed(_moved(when, pauses), act) for when, act in timed[at])
            played[at].append(Played(hole, index + 1, _moved(begin, pauses), acts))
        begin = end + chance.whole(60, 100) * SECOND
    return played


def _pace_hole(
    hole: Hole, turns: dict[int, list[list[Act]]], begin: int, chance: Chance
) -> tuple[dict[int, list[tuple[int, Act]]], int]:
    timed: dict[int, list[tuple[int, Act]]] = {at: [] for at in turns}
    moment = begin + chance.whole(40, 60) * SECOND
    last = moment
    for step in range(max(len(each) for each in turns.values())):
        playing = [at for at in turns if step < len(turns[at])]
        if step:  # who is away plays first; on the tee the order is the group's
            playing.sort(key=lambda at: -_away(turns[at][step], hole))
        when = moment
        for at in playing:
            when = max(when, _free(timed[at]))
            times = _pace_turn(turns[at][step], when, chance)
            timed[at] += times
            last = max(last, times[-1][0])
            when += chance.whole(32, 46) * SECOND
        long = hole.par >= 5
        pause = chance.whole(205, 270) if long else chance.whole(180, 240)
        moment = max(moment + pause * SECOND, last + 50 * SECOND)
    return timed, last


def _free(timed: list[tuple[int, Act]]) -> int:
    """When the reports of a team's last act are through."""
    return timed[-1][0] + 75 * SECOND if timed else 0


def _away(turn: list[Act], hole: Hole) -> float:
    return next(
        (distance(act.start.point, hole.pin) for act in turn if isinstance(act, Stroke)), 0.0
    )


def _pace_turn(turn: list[Act], moment: int, chance: Chance) -> list[tuple[int, Act]]:
    times: list[tuple[int, Act]] = []
    for act in turn:
        if times:
            moment += chance.whole(*_AFTER[type(act)]) * SECOND
        times.append((moment, act))
    return times


def _moved(moment: int, pauses: Sequence[Pause]) -> int:
    for pause in pauses:
        if moment >= pause.begin:
            moment += pause.end - pause.begin + _BACK
    return moment
