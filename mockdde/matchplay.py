"""The arithmetic of match play: who wins a hole, when a match is decided, how scores are spelt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

__all__ = [
    "ENDINGS",
    "Meeting",
    "Row",
    "advantage",
    "final_score",
    "hole_result",
    "is_decided",
    "pool_rows",
]

# How a hole ends for a side: finishReason of match play, and holeFinishedBy (static §15).
ENDINGS: Final = ("BallHoled", "HoleWon", "LossOfHole", "HoleConceded")


def hole_result(sides: Sequence[tuple[str, int | None]]) -> int:
    """1 where the first side wins a hole, -1 where the second does, 0 where it is halved.

    A side is how the hole ended for it (one of ENDINGS), and its strokes if it holed.
    """
    (first, made), (second, others) = sides
    if made is not None and others is not None:
        return (made < others) - (made > others)
    won = (first == "HoleWon" or made is not None, second == "HoleWon" or others is not None)
    return won[0] - won[1]


def is_decided(up: int, played: int, holes: int, *, to_a_winner: bool) -> bool:
    """Whether a match is over: ``up`` holes ahead (or down, negative) after ``played`` holes.

    ``holes`` is how many it is over, 0 for sudden death; one that is played ``to_a_winner`` goes
    on while it is level.
    """
    if played < holes:
        return abs(up) > holes - played
    return up != 0 or (not to_a_winner and played > 0)


def advantage(up: int) -> str:
    """currentMatchScore and cumulativeHolesAdvantage of a side: ``T``, ``1up``, ``2dn``."""
    if up == 0:
        return "T"
    return f"{abs(up)}{'up' if up > 0 else 'dn'}"


def final_score(up: int, played: int, holes: int) -> str:
    """finalMatchScore of a side that is ``up`` after ``played`` of ``holes`` holes.

    Decided early ``3 & 1``, on the last hole ``1up``, after more holes ``20 HOLES``.
    """
    if played < holes:
        return f"{abs(up)} & {holes - played}"
    return f"{played} HOLES" if played > holes else advantage(up)


class Meeting(NamedTuple):
    """A match of two teams of a pool that is over; ``up``: 1 the first has won, 0 it is halved."""

    first: int
    second: int
    up: int


class Row(NamedTuple):
    """A team's line in the table of its pool."""

    team: int
    wins: int
    halves: int
    losses: int
    points: float
    position: int  # shared by who is level


def pool_rows(
    teams: Sequence[int], meetings: Iterable[Meeting], points: tuple[float, float]
) -> list[Row]:
    """The table of a pool from the top down; level teams stay in the order of ``teams``.

    ``points`` are those of a match won and of one halved.
    """
    counts = {no: [0, 0, 0] for no in teams}  # wins, halves, losses
    for meeting in meetings:
        counts[meeting.first][1 - meeting.up] += 1
        counts[meeting.second][1 + meeting.up] += 1
    total = {no: won * points[0] + halved * points[1] for no, (won, halved, _) in counts.items()}
    rows = []
    for no in sorted(teams, key=lambda no: -total[no]):
        wins, halves, losses = counts[no]
        above = sum(total[each] > total[no] for each in teams)
        rows.append(Row(no, wins, halves, losses, total[no], above + 1))
    return rows
