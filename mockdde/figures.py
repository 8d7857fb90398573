"""What the shots of a hole were, in figures: all that statistics count but the score.

They come from what round packets say and nothing else, so that who reads those can find the same:
surfaces, distances, clubs, penalties. A measured lie supersedes the estimate of it, and a lie after
a correction is the corrected one.

Strokes are those that the score counts. Where a provisional ball was chosen these are the original
stroke, every provisional one up to it and their penalty strokes, just as if the player had gone
back to play again without it; provisional balls that were not needed are nothing. A penalty stroke
is of the stroke before it. After a drop the next stroke is played from the drop, which is no stroke
and so no place where "the ball came to rest".

A hole's number of strokes may be another one by a HoleScoreUpdate: that does not change its shots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from mockdde import log
from mockdde.baseline import CATEGORIES, category, expected
from mockdde.golf import Hole
from mockdde.records import dataclass, field

__all__ = ["LANDINGS", "SCRAMBLES", "Figures", "Gained", "figures_of", "surely_has_figures"]

LANDINGS: Final = ("fairway", "fringe", "sand", "rough", "other")  # never the green
_LANDING: Final = {"OFW": 0, "OCO": 1, "OST": 2, "OGS": 2, "OIR": 3, "ORO": 3}
SCRAMBLES: Final = ("sand", "fairwayFringe", "roughHazard")
_SCRAMBLE: Final = {"OFW": 1, "OCO": 1, "OST": 0, "OGS": 0}
_SCRAMBLES_WITHIN: Final = 36.576  # metres, 40 yards
_SAND: Final = ("OST", "OGS")
_ROUGH: Final = ("OIR", "ORO")


class Gained(NamedTuple):
    """Strokes gained in one category."""

    strokes: int
    gained: int  # thousandths of a stroke


@dataclass(frozen=True, slots=True)
class Figures:
    """A hole that was holed out with all its lies measured. Distances in decimetres.

    ``left``: to the pin from where the ball first lay on the green, 0 where it was holed from off
    it; None where the green was missed in regulation.
    ``scramble``: whence the first stroke was played that came from off the green within 40 yards
    when par less two strokes were made: a place in ``SCRAMBLES``; None where there was none.
    """

    putts: int  # strokes from the green
    gir: bool  # on the green or in the hole in par less two strokes, with penalties, or fewer
    under: bool  # on the green or in it in one stroke on a par 4, in two on a par 5
    tee: str  # the surface where the tee shot came to rest, "" in the hole
    drive: int | None  # how far the tee shot went; None on a par 3
    driver: bool  # on the tee of a par 4 or longer
    bunker: bool
    rough: bool
    holed_from: int  # the length of the last stroke
    holed_out: bool  # the last stroke came from off the green
    penalties: int
    left: int | None
    greenside: bool  # a greenside bunker was found
    scramble: int | None
    landings: tuple[int, ...]  # how often the ball came to rest where, as in LANDINGS
    gained: tuple[Gained, ...]  # as in baseline.CATEGORIES

    def fairway(self, *, or_green: bool) -> bool | None:
        """Whether the tee shot found the fairway (or the green or the hole); None on a par 3."""
        if self.drive is None:
            return None
        return self.tee == "OFW" or (or_green and self.tee in ("OGR", ""))

    @property
    def saved(self) -> bool:
        """A greenside bunker was found, and no more than one putt was needed."""
        return self.greenside and self.putts <= 1


class _Place(NamedTuple):
    surface: str  # "" in the hole
    to_pin: float


_IN: Final = _Place("", 0.0)
_ENDS: Final = (log.LieReport, log.BallHoled)  # where a stroke ended


@dataclass(slots=True)
class _Shot:
    """A stroke: whence, where the ball came to rest, and the penalty strokes that it cost."""

    start: _Place
    end: _Place
    went: float
    club: str
    penalties: int = 0


@dataclass(slots=True)
class _Walk:
    """Goes through what was told of a hole; ``shots`` are the strokes that count so far."""

    hole: Hole
    ends: dict[tuple[int, int], log.LieReport | None]  # by stroke and ball; None: in the hole
    shots: list[_Shot] = field(default_factory=list)
    spare: list[_Shot] = field(default_factory=list)  # provisional balls
    club: str = ""
    dropped: _Place | None = None

    def step(self, what: log.What) -> bool:
        """Take in one thing; False where it is a stroke without a lie."""
        if isinstance(what, _ENDS):  # as most are
            return True
        match what:
            case log.HitBall(stroke, ball):
                return self._hit(stroke, ball)
            case log.AddressingBall(club=club):
                self.club = club
            case log.Penalty(strokes=strokes):
                self.shots[-1].penalties += strokes
            case log.BallDrop(lie=lie, to_pin=to_pin):
                self.dropped = _Place(lie.surface, to_pin)
            case log.ProvisionalBallSelected(chosen=ball, penalty=penalty):
                self.shots[-1].penalties += penalty
                self.shots += self.spare[:ball]
                self.spare = []
        return True

    def _hit(self, stroke: int, ball: int) -> bool:
        if (stroke, ball) not in self.ends:
            return False
        end = self.ends[stroke, ball]
        place, went = _IN, 0.0
        if end is not None:
            place, went = _Place(end.lie.surface, end.to_pin), end.shot_distance
        if ball:  # from where the original was played
            self.spare.append(_Shot(self.shots[-1].start, place, went, self.club))
            return True
        start = self.dropped or self._lies()
        if place is _IN:
            went = start.to_pin
        self.shots.append(_Shot(start, place, went, self.club))
        self.dropped = None
        return True

    def _lies(self) -> _Place:
        if self.shots:
            return self.shots[-1].end
        return _Place("OTB", float(self.hole.metres))


def figures_of(hole: Hole, told: Sequence[log.What]) -> Figures | None:
    """The figures of a hole that was holed out; None where a stroke has no lie ("not measured").

    ``told`` is what was said of the hole, in order.
    """
    walk = _Walk(hole, _ends(told))
    if not all(map(walk.step, told)) or not walk.shots:
        return None
    if walk.shots[-1].end is not _IN:
        return None
    return _figures(hole, walk.shots)


def surely_has_figures(told: Iterable[log.What]) -> bool:
    """A quick look: True only where ``figures_of`` finds some, as it does of most holes.

    Every stroke has a lie but the last one, which is in the hole; and no provisional ball.
    """
    strokes: list[int] = []
    lies: set[int] = set()
    holed = 0
    for what in told:
        if isinstance(what, log.LieReport):
            lies.add(what.stroke)
        elif isinstance(what, log.HitBall):
            if what.provisional:
                return False
            strokes.append(what.stroke)
        elif isinstance(what, log.BallHoled):
            holed = what.stroke
        elif isinstance(what, log.ProvisionalBallSelected):
            return False
    if not strokes or strokes[-1] != holed or holed in lies:
        return False
    return lies.issuperset(strokes[:-1])


def _ends(told: Iterable[log.What]) -> dict[tuple[int, int], log.LieReport | None]:
    """Where each ball came to rest, by stroke and ball; None is in the hole."""
    ends: dict[tuple[int, int], log.LieReport | None] = {}
    measured: set[tuple[int, int]] = set()
    for what in told:
        if isinstance(what, log.LieReport):
            key = (what.stroke, what.provisional)
            if what.detailed or key not in measured:
                ends[key] = what
            if what.detailed:
                measured.add(key)
        elif isinstance(what, log.BallHoled):
            ends[what.stroke, what.provisional] = None
    return ends


def _figures(hole: Hole, shots: list[_Shot]) -> Figures:
    first, last = shots[0], shots[-1]
    surfaces = [shot.end.surface for shot in shots]
    reached, left = _reached(shots)
    gir = reached <= hole.par - 2
    long = hole.par > 3
    return Figures(
        putts=sum(shot.start.surface == "OGR" for shot in shots),
        gir=gir,
        under=(hole.par, reached) in ((4, 1), (5, 1), (5, 2)),
        tee=first.end.surface,
        drive=round(first.went * 10) if long else None,
        driver=long and first.club == "CDR",
        bunker=any(each in _SAND for each in surfaces),
        rough=any(each in _ROUGH for each in surfaces),
        holed_from=round(last.start.to_pin * 10),
        holed_out=last.start.surface != "OGR",
        penalties=sum(shot.penalties for shot in shots),
        left=round(left * 10) if gir else None,
        greenside="OGS" in surfaces,
        scramble=None if gir else _scramble(hole.par, shots),
        landings=_landings(surfaces),
        gained=_gained(hole.par, shots),
    )


def _reached(shots: list[_Shot]) -> tuple[int, float]:
    """In how many strokes the green or the hole was reached, and the distance then left."""
    made = 0
    for shot in shots:
        made += 1
        if shot.end.surface in ("OGR", ""):
            return made, shot.end.to_pin
        made += shot.penalties
    raise AssertionError("the last stroke of these is in the hole")


def _scramble(par: int, shots: list[_Shot]) -> int | None:
    made = 0
    for shot in shots:
        start = shot.start
        if made >= par - 2 and start.surface != "OGR" and start.to_pin <= _SCRAMBLES_WITHIN:
            return _SCRAMBLE.get(start.surface, 2)
        made += 1 + shot.penalties
    return None


def _landings(surfaces: list[str]) -> tuple[int, ...]:
    counts = [0] * len(LANDINGS)
    for surface in surfaces:
        if surface not in ("OGR", ""):
            counts[_LANDING.get(surface, 4)] += 1
    return tuple(counts)


def _gained(par: int, shots: list[_Shot]) -> tuple[Gained, ...]:
    strokes, gained = [0] * len(CATEGORIES), [0] * len(CATEGORIES)
    needs = [expected(*shot.start) for shot in shots]
    for shot, need, after in zip(shots, needs, [*needs[1:], 0], strict=True):
        kind = category(par, *shot.start)
        strokes[kind] += 1
        gained[kind] += need - after - 1000 * (1 + shot.penalties)
    return tuple(map(Gained, strokes, gained))
