"""The scorer who walks with one team: reports its round, and what the scenario adds to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mockdde import log
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import SCORING_LEVELS, Hole, Point, is_playoff
from mockdde.moments import MINUTE, SECOND
from mockdde.scenario.model import Connection, Correct, Directive, Rescore, Resend
from mockdde.scenario.shots import Shot
from mockdde.scorer.again import (
    corrected,
    counted,
    is_over,
    reason_of,
    renumbered,
    revised,
    unfinished,
)
from mockdde.scorer.draft import Draft
from mockdde.scorer.told import Told, told
from mockdde.story import Outing, Story
from mockdde.story import acts as course
from mockdde.story.pace import turns_of

__all__ = ["Scorer"]


@dataclass(slots=True)
class _Card:
    """What the scorer has said of one hole so far."""

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
        return any(isinstance(act, course.Stroke) and act.lie is None for act in self.acts)


_ONE = ("no stroke", "one stroke")
_LASER, _WALKING, _SCORES_ONLY = 1, 2, 3
# What a walking scorer, who measures no distances, does not report.
_MEASURED = ("ApproximateLie", "DetailedLie", "BallDrop")


class Scorer:
    """Tells one outing: ``begin``, each ``hole`` as it is played, ``finish``.

    ``take`` hands over what was said since the last time, in the order in which it is sent.
    """

    def __init__(self, story: Story, outing: Outing) -> None:
        self.outing = outing
        self._story = story
        facts = outing.facts
        self._level = SCORING_LEVELS[facts.course.scoring]
        self._taken = 0
        self._chance = Chance(story.scenario.seed, "report", facts.round, facts.team.no)
        self._mine = [
            each
            for each in story.scenario.report
            if (each.after.round, each.after.team) == (facts.round, facts.team.no)
        ]
        self._unheard = dict.fromkeys(range(len(self._mine)))  # in the order of the file
        self._later: list[tuple[int, Directive]] = []
        self._drafts: list[Draft] = []
        self._said: dict[tuple[int, str, int], Draft] = {}  # (order, kind, stroke) → latest
        self._now: dict[int, log.Correctable] = {}  # id(draft) → its content as corrected
        self._cards: dict[int, _Card] = {}  # by order
        self._pauses = [
            each
            for begin, end in outing.pauses
            if begin >= outing.started
            for each in (
                (begin, log.Suspension(resumed=False)),
                (end, log.Suspension(resumed=True)),
            )
        ]
        self._order = 1
        self._played_until = 0
        self._connection = "Connected"

    def truth(self) -> dict[int, int]:
        """The word on each hole that was holed, by now: strokes by its order."""
        return {order: card.strokes for order, card in self._cards.items() if card.holed}

    @property
    def left(self) -> str | None:
        """Withdrawn, Retired or Disqualified, by the word on its holes by now; or None."""
        reasons = (reason_of(card.acts) for card in self._cards.values() if card.finished)
        return next((reason for reason in reasons if reason != "BallHoled"), None)

    def take(self) -> list[Draft]:
        """What was said since the last time."""
        said = self._drafts[self._taken :]
        self._taken = len(self._drafts)
        return said

    def begin(self) -> None:
        """The team is on its first tee."""
        self._say(self.outing.started, log.RoundStarted())
        self._heed("RoundStarted")

    def finish(self) -> None:
        """The team has played its last hole. ScenarioError where a directive never had its turn."""
        end = self._drafts[-1].at + self._seconds(20, 60)
        self._heed_later(end)
        finished = self._say(end, log.RoundFinished())
        self._heed("RoundFinished")
        self._heed_later(None)
        for index in self._unheard:
            anchor = self._mine[index].after
            raise ScenarioError(anchor.mark, self._never(anchor.hole, anchor.stroke, anchor.event))
        gap = self._chance.whole(8, 15) * MINUTE
        due = max(finished.due + gap, self._drafts[-1].due + MINUTE)
        # The real sample repeats RoundFinished's timestamp in RoundOfficial.
        self._drafts.append(Draft(due, finished.at, self._order, log.RoundOfficial()))

    def _seconds(self, low: int, high: int) -> int:
        return self._chance.whole(low, high) * SECOND

    def _say(self, at: int, what: log.What, start: Point | None = None) -> Draft:
        """Report something that happened ``at``; the server has it 0.3 to 0.9 seconds later."""
        self._flush_pauses(at)
        due = at + self._chance.whole(300, 900)
        if self._drafts:  # what was said in between puts off what happened meanwhile
            last = self._drafts[-1]
            at, due = max(at, last.at), max(due, last.due + 1)
        draft = Draft(max(due, at + 1), at, self._order, what, start)
        self._drafts.append(draft)
        return draft

    def stop(self, until: int) -> None:
        """Say what stopped or went on up to ``until``, while the team is between two holes."""
        self._played_until = until
        self._flush_pauses(until)

    def _flush_pauses(self, until: int) -> None:
        """Say what stopped or went on up to ``until``, as far as the team has played by now."""
        until = min(until, self._played_until)
        while self._pauses and self._pauses[0][0] <= until:
            self._say(*self._pauses.pop(0))

    # ── a hole as it is played ────────────────────────────────────────────────────────────────

    def hole(self, played: course.Played) -> None:
        """Report a hole that was played."""
        self._order = played.order
        hole = played.hole
        times = [timed.at for timed in played.acts]
        self._played_until = times[-1]
        self._heed_later(played.started)  # before there is a hole that could be sent again
        card = self._cards[played.order] = _Card(played, [])
        self._say(played.started, log.HoleStarted())
        self._heed("HoleStarted", hole)
        begun = 0
        for turn in turns_of([timed.act for timed in played.acts]):
            acts = renumbered(turn, card.acts, hole)
            for each in acts:
                act = counted(each, card.acts)
                card.acts.append(act)
                self._act(times[begun], act, hole)
                begun += 1
            if self._level < _SCORES_ONLY:
                self._heed(None, hole, _stroke_of(acts))
            self._heed_later(times[begun] if begun < len(times) else times[-1])
        card.finished = True
        # Where strokes are not reported the hole has lasted all the same.
        end = max(self._drafts[-1].at, times[-1] if self._level == _SCORES_ONLY else 0)
        self._say(end + self._seconds(5, 9), self._finished(card))
        self._heed("HoleFinished", hole)

    def _finished(self, card: _Card) -> log.HoleFinished:
        strokes = card.strokes if self._level == _SCORES_ONLY and card.holed else None
        return log.HoleFinished(reason_of(card.acts), strokes)

    def _reported(self, at: int, act: course.Act, hole: Hole) -> Iterator[Told]:
        """What the course's scoring level has of an act."""
        if self._level == _SCORES_ONLY:
            return
        for each in told(at, act, hole, self._chance):
            if self._level == _LASER:
                yield each
            elif isinstance(each.what, log.ProvisionalBallSelected):
                yield each._replace(what=replace(each.what, lie=None))
            elif each.kind not in _MEASURED:
                yield each

    def _act(self, at: int, act: course.Act, hole: Hole) -> None:
        for each in self._reported(at, act, hole):
            moment = each.at
            if each.kind == "AddressingBall":  # nobody stands over a ball while play is stopped
                ends = (end for _, end in self.outing.pauses if moment < end <= at)
                moment = max((moment, *ends))
            self._heed_later(moment, during=hole.no)
            self._keep(act, each, self._say(moment, each.what, each.start))
            self._heed(each.kind, hole, getattr(act, "no", None))

    def _keep(self, act: course.Act, each: Told, draft: Draft) -> None:
        """Remember what was reported of a stroke, for a correction of it."""
        stroke = getattr(act, "no", None)
        if stroke is not None and not getattr(act, "provisional", 0):
            self._said[draft.order, each.kind, stroke] = draft

    # ── what the scenario has the scorer say beyond that ──────────────────────────────────────

    def _heed(self, event: str | None, hole: Hole | None = None, stroke: int | None = None) -> None:
        """Carry out the directives anchored right here, in the order of the file."""
        for index in list(self._unheard):
            each = self._mine[index]
            if _meets(each, event, hole, stroke):
                del self._unheard[index]
                if each.later:
                    self._later.append((self._drafts[-1].due + each.later, each))
                else:
                    self._carry_out(each, self._drafts[-1].at + SECOND)

    def _heed_later(self, until: int | None, *, during: int | None = None) -> None:
        """Carry out what was put off until before ``until``; None means all of it.

        ``during`` is the hole of a stroke that is being reported; what is about this hole waits
        until all of the stroke is.
        """
        self._later.sort(key=lambda each: each[0])
        for due, each in [*self._later]:
            if until is not None and due >= until:
                return
            if during is None or getattr(each.what, "hole", None) != during:
                self._later.remove((due, each))
                self._carry_out(each, due // SECOND * SECOND)

    def _never(self, hole: int | None, stroke: int | None, kind: str | None) -> str:
        """Why an anchor or a target is not there."""
        card = self._card(hole)
        if hole is not None and card is None:
            return f"hole {hole} has not been played by then"
        if card is None:
            return f"no {kind} is reported of the whole round; say on which hole"
        if stroke is None:
            strokes = [no for no, kinds in self._kinds(card).items() if kind in kinds]
            if strokes:
                return f"{kind} of which stroke of hole {hole}? add stroke: {strokes[0]}"
            return f"no {kind} is reported on hole {hole}"
        if self._level == _SCORES_ONLY:
            return f"of hole {hole} nothing but the score is reported; its course is so measured"
        if stroke not in (kinds := self._kinds(card)):
            made = f"strokes 1 to {max(kinds)}" if kinds.keys() - {1} else _ONE[len(kinds)]
            return f"stroke {stroke} of hole {hole} was never played by then; it has {made}"
        *most, last = kinds[stroke]
        has = f"{', '.join(most)} and {last}" if most else last
        return f"stroke {stroke} of hole {hole} has no {kind}; it has {has}"

    def _kinds(self, card: _Card) -> dict[int, list[str]]:
        """What was reported of each stroke of a hole."""
        kinds: dict[int, list[str]] = {}
        for order, kind, stroke in self._said:
            if order == card.played.order:
                kinds.setdefault(stroke, []).append(kind)
        return dict(sorted(kinds.items()))

    def _carry_out(self, each: Directive, at: int) -> None:
        self._flush_pauses(at)  # before the order is that of an earlier hole
        order = self._order
        match each.what:
            case Connection(state):
                if state == self._connection:
                    message = f"the connection is {state} already; name the state it changes to"
                    raise ScenarioError(each.mark, message)
                self._connection = state
                self._say(at, log.ConnectionState(state))
            case Correct():
                self._correct(each, each.what, at)
            case Rescore(hole, strokes):
                card = self._scored(each, hole)
                if not card.holed:
                    message = f"hole {hole} was not holed; there is no score to change"
                    raise ScenarioError(each.mark, message)
                self._order = card.played.order
                card.rescored = strokes
                self._say(at, log.HoleScore(strokes))
            case Resend(hole, shots):
                self._resend(each, hole, shots, at)
        self._order = order

    def _card(self, hole: int | None) -> _Card | None:
        """What was said of a hole; of one that was played again, the last time."""
        cards = [each for each in self._cards.values() if each.played.hole.no == hole]
        return cards[-1] if cards else None

    def _scored(self, each: Directive, hole: int) -> _Card:
        card = self._card(hole)
        if card is None or not card.finished:
            message = (
                f"hole {hole} is not finished by then; a hole is re-scored after it was scored"
            )
            raise ScenarioError(each.mark, message)
        return card

    def _correct(self, each: Directive, what: Correct, at: int) -> None:
        card = self._card(what.hole)
        key = (card.played.order if card else 0, what.kind, what.stroke)
        target = self._said.get(key)
        if card is None or target is None:
            raise ScenarioError(each.mark, self._never(what.hole, what.stroke, what.kind))
        before = self._now.get(id(target), target.what)
        if isinstance(before, log.Penalty) and before.disqualified and "strokes" in what.changes:
            message = "a disqualification has no strokes that could be corrected"
            raise ScenarioError(each.mark, message)
        try:
            after = corrected(before, dict(what.changes), card.played.hole, target.start)
        except ValueError as error:
            raise ScenarioError(each.mark, str(error)) from None
        card.acts = revised(card.acts, after)
        self._now[id(target)] = after
        self._order = card.played.order
        self._say(at, log.Correction(-1, after)).target = target

    def _resend(self, each: Directive, no: int, shots: tuple[Shot, ...], at: int) -> None:
        card = self._card(no)
        if card is None:
            raise ScenarioError(each.mark, self._never(no, None, None))
        if not card.finished and each.after.event is not None and not each.later:
            message = "a hole in progress is sent again between two strokes; leave out the event"
            raise ScenarioError(each.mark, message)
        acts = self._acts_again(card, shots)
        self._order = card.played.order
        begin = self._say(at, log.Mode(begins=True))
        # What is sent again is another packet; the one of before can no more be corrected.
        self._said = {key: each for key, each in self._said.items() if key[0] != begin.order}
        self._again(begin, log.HoleStarted())
        card.acts, card.rescored = acts, None
        for act in acts:
            for told_again in self._reported(begin.at, act, card.played.hole):
                draft = self._again(begin, told_again.what, told_again.start)
                self._keep(act, told_again, draft)
        if card.finished:
            self._again(begin, self._finished(card))
        self._again(begin, log.Mode(begins=False))

    def _acts_again(self, card: _Card, shots: tuple[Shot, ...]) -> list[course.Act]:
        if not shots:
            return list(card.acts)
        # Chance of its own, so that the second version is not the first again.
        facts, order = self.outing.facts, card.played.order
        in_play = self._story.open_hole(facts, order, "again", len(self._drafts))
        if not card.finished and not is_over(card.acts):
            acts = list(in_play.follow(shots))
            fault = unfinished(acts)
        else:
            acts = list(in_play.play(shots))
            gone = reason_of(acts) != "BallHoled" and not self._is_last(card)
            fault = "the player went on to the next hole; nobody is out here" if gone else None
        if fault is not None:
            raise ScenarioError(shots[-1].mark, fault)
        return acts

    def _is_last(self, card: _Card) -> bool:
        """Whether the team plays no hole after this one in its round."""
        left = reason_of(timed.act for timed in card.played.acts) != "BallHoled"
        whole = not is_playoff(self.outing.facts.round)
        return left or (whole and card.played.order == len(self.outing.facts.holes))

    def _again(self, begin: Draft, what: log.What, start: Point | None = None) -> Draft:
        """Send something in hole correction mode: the real sample gives all of it one moment."""
        draft = Draft(begin.due, begin.at, begin.order, what, start)
        self._drafts.append(draft)
        return draft


def _meets(each: Directive, event: str | None, hole: Hole | None, stroke: int | None) -> bool:
    """Whether a directive's anchor is this event, or (``event`` None) the end of this stroke."""
    anchor = each.after
    if anchor.hole != (hole.no if hole else None) or anchor.stroke != stroke:
        return False
    usual = None if stroke is not None else ("HoleFinished" if hole else "RoundFinished")
    return event == (anchor.event or usual)


def _stroke_of(turn: Sequence[course.Act]) -> int | None:
    return next((act.no for act in turn if isinstance(act, course.Stroke)), None)
