"""When each act of a group happened: three to four minutes a round of strokes, more on par 5s."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence

from mockdde.chance import Chance
from mockdde.golf import Group, Hole, distance
from mockdde.moments import SECOND
from mockdde.records import dataclass, frozen
from mockdde.story.acts import (
    Act,
    Chosen,
    Dropped,
    GaveUp,
    HammerThrown,
    HoleLost,
    Penalised,
    PickedUp,
    Played,
    RefereeAsked,
    Stroke,
    Timed,
    Withdrawn,
)

__all__ = ["OnCourse", "Pace", "Pause", "away", "turns_of"]

_IN_REACH = 260.0  # metres from the pin; nobody plays from here at a green where others putt

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
    # A ball is given up where it lies.
    PickedUp: (48, 70),
    GaveUp: (48, 70),
    HoleLost: (80, 140),
}
# Back at the ball after a pause, so that the next stroke is addressed when play goes on already.
_BACK = 30 * SECOND


@frozen
class Pause:
    """Play stopped from ``begin`` to ``end`` (milliseconds since 1970)."""

    begin: int
    end: int


def turns_of(acts: Sequence[Act]) -> list[list[Act]]:
    """A hole's acts by stroke: each turn is a stroke that counts and all that follows from it."""
    turns: list[list[Act]] = []
    struck = False
    for act in acts:
        counts = isinstance(act, Stroke) and not act.provisional
        if not turns or (counts and struck):
            turns.append([])
            struck = False
        turns[-1].append(act)
        struck = struck or counts or isinstance(act, Stroke)
    return turns


@frozen
class OnCourse:
    """A group that goes round: ``holes`` in its order."""

    group: Group
    holes: Sequence[Hole]
    chance: Chance


@dataclass(slots=True)
class _Ahead:
    """When the group ahead on a hole is out of the way."""

    off_tee: int = 0  # all have played their second stroke
    off_green: int = 0


class Pace:
    """The groups of a round, hole by hole in the order of time; each waits for the one ahead.

    Times are whole seconds, as the feed's are.
    """

    def __init__(self, groups: Sequence[OnCourse], pauses: Sequence[Pause]) -> None:
        self._groups, self._pauses = groups, pauses
        self._ahead: dict[tuple[int, int], _Ahead] = {}
        self._queue = [
            (each.group.tee_time + each.chance.whole(4, 12) * SECOND, at, 0)
            for at, each in enumerate(groups)
        ]
        heapq.heapify(self._queue)
        self._held: dict[int, int] = {}

    def hold(self, at: int, until: int) -> None:
        """A group does not begin its next hole before a moment."""
        for pause in reversed(self._pauses):
            if until >= pause.end:
                until -= pause.end - pause.begin + _BACK
        self._held[at] = until

    @property
    def next(self) -> int | None:
        """When the next hole begins at the earliest; None when all are done."""
        return _moved(self._queue[0][0], self._pauses) if self._queue else None

    @property
    def stopped(self) -> int:
        """How many of the pauses begin before the next hole."""
        moment, count = (self._queue[0][0] if self._queue else 0), 0
        for pause in self._pauses:
            if moment < pause.begin:
                break
            moment += pause.end - pause.begin + _BACK
            count += 1
        return count

    def step(
        self, play: Callable[[int, int], dict[int, list[Act]]]
    ) -> tuple[int, int, dict[int, Played]]:
        """Play the next hole: the group, the hole's index in its round, and who played it how.

        ``play`` gives what each team of a group does on a hole of its round; a team that has left
        is not in it.
        """
        begin, at, index = heapq.heappop(self._queue)
        each = self._groups[at]
        hole = each.holes[index]
        turns = {no: turns_of(acts) for no, acts in play(at, index).items()}
        if not turns:
            return at, index, {}
        where = (each.group.course, hole.no)
        before = self._ahead.get(where, _Ahead())
        begin = max(begin, before.off_tee, self._held.get(at, 0))
        timed, end = _pace_hole(hole, turns, begin, before.off_green, each.chance)
        self._ahead[where] = _Ahead(_off_tee(timed), end + 30 * SECOND)
        if index + 1 < len(each.holes):
            then = end + each.chance.whole(60, 100) * SECOND
            heapq.heappush(self._queue, (then, at, index + 1))
        pauses = self._pauses
        if pauses:
            timed = {
                no: [Timed(_moved(act.at, pauses), act.act) for act in acts]
                for no, acts in timed.items()
            }
        started = _moved(begin, pauses)
        played = {no: Played(hole, index + 1, started, tuple(timed[no])) for no in turns}
        return at, index, played


def _off_tee(timed: dict[int, list[Timed]]) -> int:
    """When the next group can drive: the second strokes are played, and the ball is well away."""
    seconds = [
        each.at
        for acts in timed.values()
        for each in acts
        if isinstance(each.act, Stroke) and each.act.no <= 2
    ]
    return max(seconds, default=0) + 45 * SECOND


def _pace_hole(
    hole: Hole, turns: dict[int, list[list[Act]]], begin: int, green_free: int, chance: Chance
) -> tuple[dict[int, list[Timed]], int]:
    timed: dict[int, list[Timed]] = {at: [] for at in turns}
    moment = begin + chance.whole(40, 60) * SECOND
    last = moment
    for step in range(max(len(each) for each in turns.values())):
        playing = [at for at in turns if step < len(turns[at])]
        if step:  # who is away plays first; on the tee the order is the group's
            far = {at: away(turns[at][step], hole) for at in playing}
            playing.sort(key=far.__getitem__, reverse=True)
        when = moment
        for at in playing:
            before = timed[at]
            if before:  # the reports of its last act are through
                when = max(when, before[-1].at + 75 * SECOND)
            if step and far[at] < _IN_REACH:
                when = max(when, green_free)
            turn = turns[at][step]
            times = _pace_turn(turn, when, chance)
            before += times
            last = max(last, times[-1].at)
            if len(turn) > 1:
                # Nobody plays while somebody else of the group is at a provisional ball.
                struck = [each.at for each in times if isinstance(each.act, Stroke)]
                when = max(struck, default=when)
            when += chance.whole(32, 46) * SECOND
        long = hole.par >= 5
        pause = chance.whole(205, 270) if long else chance.whole(180, 240)
        moment = max(moment + pause * SECOND, last + 50 * SECOND)
    return timed, last


def away(turn: Sequence[Act], hole: Hole) -> float:
    """How far from the pin the ball lies that a turn begins with; 0 where it hits none."""
    for act in turn:
        if isinstance(act, Stroke):
            return distance(act.start.point, hole.pin)
    return 0.0


def _pace_turn(turn: list[Act], moment: int, chance: Chance) -> list[Timed]:
    times = [Timed(moment, turn[0])]
    for act in turn[1:]:
        moment += chance.whole(*_AFTER[type(act)]) * SECOND
        times.append(Timed(moment, act))
    return times


def _moved(moment: int, pauses: Sequence[Pause]) -> int:
    for pause in pauses:
        if moment >= pause.begin:
            moment += pause.end - pause.begin + _BACK
    return moment
