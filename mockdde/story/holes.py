"""How a team plays a hole: the scenario's shots, and plausible golf from where they end."""

from __future__ import annotations

from mockdde.chance import Chance
from mockdde.errors import Mark, ScenarioError
from mockdde.golf import Lie, distance
from mockdde.scenario.shots import Choose, Drop, Hammer, Hit, Penalise, Referee, Shot, Withdraw
from mockdde.story.acts import (
    Act,
    Chosen,
    Dropped,
    HammerThrown,
    Penalised,
    RefereeAsked,
    Stroke,
    Withdrawn,
    strokes_of,
)
from mockdde.story.ball import FURTHEST, Ground, club_for, fly, place, sinks

__all__ = ["HoleInPlay"]

_ENOUGH = 14  # strokes; from here on every putt drops


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

    def play(self, shots: tuple[Shot, ...], score: int | None = None) -> list[Act]:
        """Play the shots, then to the end of the hole, with ``score`` strokes where it is given."""
        self.follow(shots)
        if not self.over:
            if self._provisional:
                self._choose(len(self._provisional))
            self._finish(score)
        return self.acts

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
                case Referee():
                    self.acts.append(RefereeAsked())
                case Hammer(_, accepted):
                    self.acts.append(HammerThrown(accepted))
                case Withdraw():
                    self.acts.append(Withdrawn())
                    self.over = self.left = True
        return self.acts

    def _why_over(self) -> str:
        if self.left:
            return "the player is out of the tournament; nothing can follow"
        return f"the ball was holed with stroke {self._made}; nothing can follow"

    def _hit(self, shot: Hit) -> None:
        if shot.verb == "drive" and self._made:
            raise ScenarioError(shot.mark, "a drive is the first stroke; write hit or putt here")
        if shot.provisional:
            self._hit_provisional(shot)
            return
        if self._provisional:
            message = "which ball counts? write choose 0 (the original) or choose 1 before the next stroke"
            raise ScenarioError(shot.mark, message)
        if self._lie.surface == "OOB":
            message = "the ball is out of bounds; write a penalty and a drop before the next stroke"
            raise ScenarioError(shot.mark, message)
        left = distance(self._lie.point, self._ground.hole.pin)
        if shot.holed and left > FURTHEST:
            message = f"the pin is {left:.0f} m away; no stroke goes further than {FURTHEST:.0f} m"
            raise ScenarioError(shot.mark, message)
        self._strike(shot.club, None if shot.holed else shot)

    def _hit_provisional(self, shot: Hit) -> None:
        due = len(self._provisional) + 1
        if not self._made:
            raise ScenarioError(shot.mark, "a provisional ball needs an original one before it")
        if shot.provisional != due:
            message = f"the next provisional ball is number {due}, not {shot.provisional}"
            raise ScenarioError(shot.mark, message)
        if shot.holed:
            raise ScenarioError(shot.mark, "a provisional ball is never holed before it is chosen")
        club = shot.club or club_for(self._ground, self._before, self._made == 1)
        lie = place(self._ground, self._before, shot, club, self._chance)
        self.acts.append(Stroke(self._made, due, club, self._before, lie))
        self._provisional.append(lie)

    def _strike(self, club: str | None, shot: Hit | None) -> None:
        """One stroke that counts; without ``shot`` into the hole."""
        club = club or club_for(self._ground, self._lie, self._made == 0)
        lie = place(self._ground, self._lie, shot, club, self._chance) if shot else None
        self._land(club, lie)

    def _land(self, club: str, lie: Lie | None) -> None:
        self._made += 1
        self.acts.append(Stroke(self._made, 0, club, self._lie, lie))
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
            raise ScenarioError(shot.mark, "which ball counts? choose one before the drop")
        lie = self._drop_lie(shot)
        self.acts.append(Dropped(stroke, 0, shot.drop, lie))
        self._lie = lie

    def _played(self, mark: Mark) -> int:
        # A penalty or a drop before the first stroke has no stroke to belong to; the feed counts from 1.
        if not self._made:
            raise ScenarioError(mark, "no stroke was played yet; begin the hole with a stroke")
        return self._made

    def _drop_lie(self, shot: Drop) -> Lie:
        if shot.drop == "StrokeAndDistance" and shot.to is None:
            surface = "OTB" if self._made == 1 else self._before.surface
            return Lie(self._before.point, shot.surface or surface)
        left = distance(self._lie.point, self._ground.hole.pin)
        aside = {"DropBehind": 12.0, "DropOppositeSide": 4.0, "FreeDrop": 0.0}.get(shot.drop, 1.0)
        to = shot.to if shot.to is not None else round(left + aside, 1)
        spec = Hit(shot.mark, surface=shot.surface or "ORO", to=to)
        return place(self._ground, self._before, spec, "CUK", self._chance)

    def _chosen(self, mark: Mark, ball: int) -> None:
        if not self._provisional:
            raise ScenarioError(mark, "no provisional ball was played; there is nothing to choose")
        if ball > len(self._provisional):
            most = len(self._provisional)
            raise ScenarioError(mark, f"provisional ball {ball} was never played; the last is {most}")
        self._choose(ball)

    def _choose(self, ball: int) -> None:
        stroke = self._made
        if ball:
            self._lie = self._provisional[ball - 1]
        self._made += ball
        result = strokes_of(self.acts) + 2 * ball
        self.acts.append(Chosen(stroke, ball, ball, result, self._before, self._lie))
        self._provisional = []

    def _finish(self, score: int | None) -> None:
        """Play to the end; with ``score`` exactly so many strokes, penalties among them."""
        while not self.over:
            total = strokes_of(self.acts)
            if self._lie.surface in ("OWA", "OOB"):
                self._relief()
                continue
            if score is None:
                holed = total >= _ENOUGH or sinks(self._ground, self._lie, self._chance)
            else:
                holed = total + 1 >= score
            start = self._lie
            club = club_for(self._ground, start, self._made == 0)
            tame = score is not None or total >= _ENOUGH // 2
            lie = None if holed else fly(self._ground, start, club, self._chance, tame=tame)
            self._land(club, lie)

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
