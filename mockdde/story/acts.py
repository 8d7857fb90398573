"""COURSE: what happened on a hole, act by act, before anybody reported it."""

from __future__ import annotations

from typing import TypeAlias

from mockdde.golf import Hole, Lie, TeamRound
from mockdde.records import frozen

__all__ = [
    "Act",
    "Chosen",
    "Dropped",
    "GaveUp",
    "HammerThrown",
    "HoleLost",
    "Outing",
    "Penalised",
    "PickedUp",
    "Played",
    "RefereeAsked",
    "Stroke",
    "Timed",
    "Withdrawn",
    "strokes_of",
]


@frozen
class Stroke:
    """A ball hit from ``start``; ``lie`` is where it came to rest, None in the hole."""

    no: int
    provisional: int
    club: str
    start: Lie
    lie: Lie | None
    conceded: bool = False  # match play: given by the other side


@frozen
class Penalised:
    """Penalty strokes after stroke ``no``."""

    no: int
    provisional: int
    strokes: int
    reason: str | None
    disqualified: bool


@frozen
class Dropped:
    """A ball dropped after stroke ``no``."""

    no: int
    provisional: int
    drop: str
    lie: Lie


@frozen
class Chosen:
    """The ball that counts from here: ``ball`` 0 is the original.

    A provisional ball that counts brings its stroke and a penalty stroke, and so does each one
    before it; ``penalty`` are those that no Penalty has reported.
    """

    no: int
    ball: int
    penalty: int
    result: int  # strokes the chosen ball has
    start: Lie
    lie: Lie


@frozen
class RefereeAsked:
    """A referee is called."""


@frozen
class HammerThrown:
    """TGL: the hammer is thrown."""

    accepted: bool


@frozen
class Withdrawn:
    """The player leaves the course."""

    status: str = "Withdrawn"  # or Retired


@frozen
class PickedUp:
    """Match play: the ball is picked up."""


@frozen
class GaveUp:
    """Match play: the side gives up the hole, or the match."""

    match: bool


@frozen
class HoleLost:
    """Match play: the side is penalised with the loss of the hole."""


Act: TypeAlias = (
    Stroke
    | Penalised
    | Dropped
    | Chosen
    | RefereeAsked
    | HammerThrown
    | Withdrawn
    | PickedUp
    | GaveUp
    | HoleLost
)


@frozen
class Timed:
    """An act and its moment, in milliseconds since 1970."""

    at: int
    act: Act


@frozen
class Played:
    """A hole as a team played it."""

    hole: Hole
    order: int
    started: int
    acts: tuple[Timed, ...]


@frozen
class Outing:
    """A team's round as played; ``holes`` grows while it is.

    ``pauses`` are (from, until) of the suspensions of its round.
    """

    facts: TeamRound
    started: int
    pauses: tuple[tuple[int, int], ...]
    holes: list[Played]


def strokes_of(acts: list[Act]) -> int:
    """Strokes and penalty strokes of a hole, by the rules of golf."""
    total = 0
    for act in acts:
        match act:
            case Stroke(provisional=0):
                total += 1
            case Penalised(strokes=strokes):
                total += strokes
            case Chosen(ball=ball, penalty=penalty):
                total += ball + penalty
    return total
