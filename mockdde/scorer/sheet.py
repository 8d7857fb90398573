"""What a scorer has said of each hole and each stroke, so that it can be said otherwise later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mockdde import log
from mockdde.golf import Ball, Hole, Point
from mockdde.log import Event
from mockdde.matchplay import hole_result
from mockdde.records import dataclass
from mockdde.scenario.model import Anchor
from mockdde.story import acts as course
from mockdde.story.contest import ending, holed

__all__ = ["Card", "Said", "Sheet", "meets"]

_ONE = ("no stroke", "one stroke")


@dataclass(slots=True)
class Card:
    """One ball on one hole."""

    played: course.Played
    acts: list[course.Act]  # the latest version of the hole, corrections in it
    finished: bool = False
    rescored: int | None = None

    @property
    def strokes(self) -> int:
        """The scorer's word on the hole."""
        return course.strokes_of(self.acts) if self.rescored is None else self.rescored

    @property
    def holed(self) -> bool:
        """Whether the ball is in the hole."""
        return holed(self.acts)


class Said(NamedTuple):
    """What was reported of a stroke; ``start`` is where it was played from, of a lie."""

    event: Event
    start: Point | None


class Sheet:
    """The cards by order of play and ball."""

    def __init__(self, balls: Mapping[int, Ball]) -> None:
        self.cards: dict[tuple[int, int], Card] = {}
        self.said: dict[tuple[int, int, str, int], Said] = {}  # order, ball, kind, stroke → latest
        self._now: dict[int, log.Correctable] = {}  # id(event) → its content as corrected
        self._balls = balls

    def begin(self, played: Mapping[int, course.Played]) -> dict[int, Card]:
        """New cards of a hole, by ball."""
        cards = {no: Card(each, []) for no, each in played.items()}
        self.cards |= {(each.played.order, no): each for no, each in cards.items()}
        return cards

    def of_hole(self, hole: int | None) -> dict[int, Card]:
        """The cards of a hole by ball; of one that was played again, the last time."""
        orders = [order for (order, _), card in self.cards.items() if card.played.hole.no == hole]
        return self.of_order(max(orders, default=0))

    def of_order(self, order: int) -> dict[int, Card]:
        """The cards of the hole in this place, by ball."""
        return {no: card for (at, no), card in self.cards.items() if at == order}

    def keep(self, ball: int, act: course.Act, kind: str, said: Said) -> None:
        """Remember what was reported of a stroke, for a correction of it."""
        stroke = getattr(act, "no", None)
        if stroke is not None and not getattr(act, "provisional", 0):
            self.said[said.event.order, ball, kind, stroke] = said

    def forget(self, order: int) -> None:
        """What is sent again is another packet; the one of before can no more be corrected."""
        self.said = {key: each for key, each in self.said.items() if key[0] != order}

    def content(self, target: Event) -> log.What:
        """What an event says by now."""
        return self._now.get(id(target), target.what)

    def correct(self, target: Event, content: log.Correctable) -> None:
        """An event says something else now."""
        self._now[id(target)] = content

    def kinds(self, order: int, ball: int) -> dict[int, list[str]]:
        """What was reported of each stroke of a hole."""
        kinds: dict[int, list[str]] = {}
        for at, no, kind, stroke in self.said:
            if (at, no) == (order, ball):
                kinds.setdefault(stroke, []).append(kind)
        return dict(sorted(kinds.items()))

    def never(
        self,
        hole: int | None,
        ball: int,
        stroke: int | None,
        kind: str | None,
        *,
        scores_only: bool,
    ) -> str:
        """Why an anchor or a target is not there."""
        card = self.of_hole(hole).get(ball)
        if hole is not None and card is None:
            return f"hole {hole} has not been played by then"
        if card is None:
            return f"no {kind} is reported of the whole round; say on which hole"
        found = self.kinds(card.played.order, ball)
        if stroke is None:
            strokes = [no for no, kinds in found.items() if kind in kinds]
            if strokes:
                return f"{kind} of which stroke of hole {hole}? add stroke: {strokes[0]}"
            return f"no {kind} is reported on hole {hole}"
        if scores_only:
            return f"of hole {hole} nothing but the score is reported; its course is so measured"
        if stroke not in found:
            made = f"strokes 1 to {max(found)}" if found.keys() - {1} else _ONE[len(found)]
            return f"stroke {stroke} of hole {hole} was never played by then; it has {made}"
        *most, last = found[stroke]
        has = f"{', '.join(most)} and {last}" if most else last
        return f"stroke {stroke} of hole {hole} has no {kind}; it has {has}"

    # ── of a match ────────────────────────────────────────────────────────────────────────────

    def sides(self, order: int) -> tuple[list[Card], list[Card]]:
        """The cards of both sides on a hole."""
        cards = self.of_order(order)
        first = [card for no, card in cards.items() if not self._balls[no].side]
        return first, [card for no, card in cards.items() if self._balls[no].side]

    def endings(self, order: int) -> tuple[tuple[str, int | None], tuple[str, int | None]]:
        """How a hole ended for each side of a match, and its strokes if it holed."""
        first, second = self.sides(order)
        return _ended(first, second), _ended(second, first)

    def results(self) -> Iterator[int]:
        """Of each finished hole of a match: 1 the first side has won it, -1 the second has."""
        for order in dict.fromkeys(at for at, _ in self.cards):
            if all(card.finished for card in self.of_order(order).values()):
                yield hole_result(self.endings(order))

    def conceded(self, order: int | None = None) -> int:
        """The side (1 or 2) that gave up the match, on a hole or on any; 0 where none did."""
        for (at, no), card in self.cards.items():
            gave_up = any(isinstance(act, course.GaveUp) and act.match for act in card.acts)
            if gave_up and card.finished and order in (None, at):
                return self._balls[no].side + 1
        return 0


def _ended(mine: list[Card], others: list[Card]) -> tuple[str, int | None]:
    reason = ending([card.acts for card in mine], [card.acts for card in others])
    if reason != "BallHoled":
        return reason, None
    return reason, min(card.strokes for card in mine if card.holed)


def meets(anchor: Anchor, event: str | None, hole: Hole | None, stroke: int | None) -> bool:
    """Whether an anchor is this event, or (``event`` None) the end of this stroke."""
    if anchor.hole != (hole.no if hole else None) or anchor.stroke != stroke:
        return False
    usual = None if stroke is not None else ("HoleFinished" if hole else "RoundFinished")
    return event == (anchor.event or usual)
