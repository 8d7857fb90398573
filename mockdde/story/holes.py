"""How a team plays a hole: the scenario's shots, and plausible golf from where they end."""

from __future__ import annotations

from mockdde.chance import Chance
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Lie, distance
from mockdde.scenario.shots import (
    Choose,
    Concede,
    Drop,
    Gimme,
    Hammer,
    Hit,
    Lose,
    Penalise,
    PickUp,
    Referee,
    Shot,
    Withdraw,
)
from mockdde.story.acts import (
    Act,
    Chosen,
    Dropped,
    GaveUp,
    HammerThrown,
    HoleLost,
    Penalised,
    PickedUp,
    RefereeAsked,
    Stroke,
    Withdrawn,
    strokes_of,
)
from mockdde.story.ball import FURTHEST, Ground, club_for, fly, place, sinks, towards

__all__ = ["HoleInPlay"]

_ENOUGH = 14  # strokes; from here on every ball drops
_FOR_DISTANCE = ("OutOfBounds", "ProvisionalBall")  # penalties that a provisional ball stands for
_LONGEST_PUTT = 60.0  # metres, from off the green too
_MOST_PUTTS = 3
_NEAR_ENOUGH = 280.0  # metres from which a stroke finds the green when it must
_BEHIND_TEE = 20  # metres
_WHICH = "which ball counts? write choose 0 (the original) or choose 1 (the provisional)"


class HoleInPlay:
    """A hole being played: ``acts`` so far, and where the ball lies."""

    def __init__(self, ground: Ground, chance: Chance) -> None:
        self.acts: list[Act] = []
        self.over = False  # holed, or the player left
        self.left = False  # disqualified or withdrawn
        self._ground = ground
        self._chance = chance
        self._lie = Lie(ground.hole.tee, "OTB")
        self._before = self._lie  # where the last stroke was played from
        self._made = 0  # strokes that count
        self._provisional: list[Lie] = []

    def play(self, shots: tuple[Shot, ...] = ()) -> list[Act]:
        """Play the shots, then on to the end of the hole."""
        self.follow(shots)
        if not self.over:
            if self._provisional:
                self._choose(len(self._provisional))
            self._finish()
        return self.acts

    def score(self, strokes: int, mark: Mark) -> list[Act]:
        """Play the hole in so many strokes. ScenarioError where it is too long for that."""
        ground, chance = self._ground, self._chance
        while self._made < strokes - 1:
            club = club_for(ground, self._lie, chance)
            left = distance(self._lie.point, ground.hole.pin)
            lie = fly(ground, self._lie, left, club, chance, tame=True)
            self._land(club, self._in_time(lie, strokes - 1 - self._made))
        left = distance(self._lie.point, ground.hole.pin)
        if left > FURTHEST:
            long = f"hole {ground.hole.no} is {ground.hole.metres} m long"
            raise ScenarioError(
                mark, f"{long}; nobody plays it in {strokes}, so write a higher score"
            )
        self._land(club_for(ground, self._lie, chance), None)
        return self.acts

    def _in_time(self, lie: Lie, rest: int) -> Lie:
        """A lie from which ``rest`` more strokes are golf: neither four putts nor a miracle."""
        pin = self._ground.hole.pin
        left = distance(self._lie.point, pin)
        if rest > _MOST_PUTTS and lie.surface == "OGR":  # it was not hit well
            return Lie(towards(pin, self._lie.point, round(left * 0.6, 1), lie.point), "ORO")
        if rest == 1 and lie.surface != "OGR" and left < _NEAR_ENOUGH:
            to = round(self._chance.between(1, 9), 1)
            return Lie(towards(pin, self._lie.point, to, lie.point), "OGR")
        return lie

    def follow(self, shots: tuple[Shot, ...]) -> list[Act]:
        """Play just these shots. ScenarioError where golf does not allow one."""
        for shot in shots:
            if self.over and not isinstance(shot, Referee):
                raise ScenarioError(shot.mark, self._why_over())
            match shot:
                case Hit():
                    self._hit(shot)
                case Penalise():
                    self._penalise(shot)
                case Drop():
                    self._drop(shot)
                case Choose(mark, ball):
                    self._chosen(mark, ball)
                case Gimme(mark):
                    self._given(mark)
                case PickUp() | Concede() | Lose():
                    self._give_up(shot)
                case _:
                    self._aside(shot)
        return self.acts

    def _aside(self, shot: Referee | Hammer | Withdraw) -> None:
        """What moves no ball."""
        match shot:
            case Referee():
                self.acts.append(RefereeAsked())
            case Hammer(_, accepted):
                self.acts.append(HammerThrown(accepted))
            case Withdraw(_, status):
                self.acts.append(Withdrawn(status))
                self.over = self.left = True

    def _given(self, mark: Mark) -> None:
        self._played(mark)
        if self._provisional:
            raise ScenarioError(mark, f"{_WHICH} before the next stroke")
        self._land("CUK", None, conceded=True)

    def _give_up(self, shot: PickUp | Concede | Lose) -> None:
        match shot:
            case PickUp(mark):
                self._played(mark)
                self.acts.append(PickedUp())
            case Concede(_, whole):
                self.acts.append(GaveUp(whole))
            case Lose():
                self.acts.append(HoleLost())
        self.over = True

    def _why_over(self) -> str:
        if self.left:
            return "the player is out of the tournament; nothing can follow"
        if self.acts and isinstance(self.acts[-1], PickedUp | GaveUp | HoleLost):
            return "the hole is over for this ball; nothing can follow"
        return f"the ball was holed with stroke {self._made}; nothing can follow"

    def _hit(self, shot: Hit) -> None:
        start = self._before if shot.provisional else self._lie
        if shot.verb == "drive" and start.surface != "OTB":
            message = f"a drive is a stroke from the tee, and this is stroke {self._made + 1}"
            raise ScenarioError(shot.mark, f"{message}; write hit")
        if shot.provisional:
            self._hit_provisional(shot)
            return
        if self._provisional:
            raise ScenarioError(shot.mark, f"{_WHICH} before the next stroke")
        if self._lie.surface == "OOB":
            message = (
                "the ball is out of bounds; before the next stroke write penalty 1 OutOfBounds and"
                " drop StrokeAndDistance"
            )
            raise ScenarioError(shot.mark, message)
        left = distance(self._lie.point, self._ground.hole.pin)
        if shot.verb == "putt" and left > _LONGEST_PUTT:
            message = f"the pin is {left:.0f} m away, which is no putt; write hit"
            raise ScenarioError(shot.mark, message)
        if shot.holed and left > FURTHEST:
            message = f"the pin is {left:.0f} m away; no stroke goes further than {FURTHEST:.0f} m"
            raise ScenarioError(shot.mark, message)
        self._strike(shot.club, None if shot.holed else shot)

    def _hit_provisional(self, shot: Hit) -> None:
        due = len(self._provisional) + 1
        if not self._made:
            message = (
                "a provisional ball follows a stroke; write drive or hit for the original first"
            )
            raise ScenarioError(shot.mark, message)
        if shot.provisional != due:
            message = f"the next provisional ball is number {due}, not {shot.provisional}"
            raise ScenarioError(shot.mark, message)
        if shot.holed:
            message = (
                "a provisional ball does not count yet; write where it came to rest instead of in"
            )
            raise ScenarioError(shot.mark, message)
        club = shot.club or club_for(self._ground, self._before, self._chance)
        lie = place(self._ground, self._before, shot, club, self._chance)
        self.acts.append(Stroke(self._made, due, club, self._before, lie))
        self._provisional.append(lie)

    def _strike(self, club: str | None, shot: Hit | None) -> None:
        """One stroke that counts; without ``shot`` into the hole."""
        club = club or club_for(self._ground, self._lie, self._chance)
        lie = place(self._ground, self._lie, shot, club, self._chance) if shot else None
        self._land(club, lie)

    def _land(self, club: str, lie: Lie | None, *, conceded: bool = False) -> None:
        self._made += 1
        self.acts.append(Stroke(self._made, 0, club, self._lie, lie, conceded))
        self._before = self._lie
        self._lie = lie or self._lie
        self.over = lie is None

    def _penalise(self, shot: Penalise) -> None:
        self.acts.append(
            Penalised(self._played(shot.mark), 0, shot.strokes, shot.reason, shot.disqualified)
        )
        self.over = self.left = shot.disqualified

    def _drop(self, shot: Drop) -> None:
        stroke = self._played(shot.mark)
        if self._provisional:
            raise ScenarioError(shot.mark, f"{_WHICH} before the drop")
        self._lie = self._drop_lie(shot)
        self.acts.append(Dropped(stroke, 0, shot.drop, self._lie))

    def _played(self, mark: Mark) -> int:
        # What comes before the first stroke has no stroke to belong to; the feed counts from 1.
        if not self._made:
            raise ScenarioError(mark, "nothing was hit yet; begin the hole with a stroke")
        return self._made

    def _drop_lie(self, shot: Drop) -> Lie:
        if shot.drop == "StrokeAndDistance" and shot.to is None:
            return Lie(self._before.point, shot.surface or self._before.surface)
        hole = self._ground.hole
        to = shot.to
        if to is None:
            aside = {"DropBehind": 12.0, "DropOppositeSide": 4.0, "FreeDrop": 0.0}.get(shot.drop, 1)
            to = round(distance(self._lie.point, hole.pin) + aside, 1)
        elif to > hole.metres + _BEHIND_TEE:
            message = (
                f"a drop {to} m from the pin is not on hole {hole.no}; it is {hole.metres} m long"
            )
            raise ScenarioError(shot.mark, message)
        # On the line from the pin through where the ball lay: that is what "behind" means in golf.
        return Lie(towards(hole.pin, self._lie.point, to, hole.tee), shot.surface or "ORO")

    def _chosen(self, mark: Mark, ball: int) -> None:
        if not self._provisional:
            raise ScenarioError(mark, "there is no provisional ball to choose; leave out choose")
        if ball > len(self._provisional):
            most = len(self._provisional)
            message = f"provisional ball {ball} was never played; the last one is {most}"
            raise ScenarioError(mark, message)
        if not ball and self._lie.surface == "OOB":
            message = "the original ball is out of bounds and cannot count; write choose 1"
            raise ScenarioError(mark, message)
        self._choose(ball)

    def _choose(self, ball: int) -> None:
        stroke = self._made
        if ball:
            self._lie = self._provisional[ball - 1]
        self._made += ball
        reported = sum(
            act.strokes
            for act in self.acts
            if isinstance(act, Penalised) and act.no == stroke and act.reason in _FOR_DISTANCE
        )
        penalty = max(0, ball - reported)
        result = strokes_of(self.acts) + ball + penalty
        self.acts.append(Chosen(stroke, ball, penalty, result, self._before, self._lie))
        self._provisional = []

    def _finish(self) -> None:
        ground, chance = self._ground, self._chance
        total = strokes_of(self.acts)
        while not self.over:
            if self._lie.surface in ("OWA", "OOB"):
                self._relief()
                total = strokes_of(self.acts)
                continue
            start = self._lie
            left = distance(start.point, ground.hole.pin)
            holed = sinks(start, left, chance)
            if total >= _ENOUGH and left < FURTHEST:
                holed = True
            club = club_for(ground, start, chance)
            tame = total >= _ENOUGH // 2
            lie = None if holed else fly(ground, start, left, club, chance, tame=tame)
            self._land(club, lie)
            total += 1

    def _relief(self) -> None:
        """What everybody does after a ball in the water or out of bounds."""
        nowhere = Mark("", 0, 0)
        if self._lie.surface == "OWA":
            shots: tuple[Shot, ...] = (
                Penalise(nowhere, 1, "WaterHazard"),
                Drop(nowhere, "DropBehind", "ORO"),
            )
        else:
            shots = (Penalise(nowhere, 1, "OutOfBounds"), Drop(nowhere, "StrokeAndDistance"))
        # A penalty that the scenario has written already is not written again.
        if isinstance(self.acts[-1], Penalised):
            shots = shots[1:]
        self.follow(shots)
