"""REPORT: truth into an event log: what the scorer sent, in order, mistakes and corrections among it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mockdde import log
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import Hole, Lie, Point
from mockdde.moments import MINUTE, SECOND
from mockdde.scenario.model import Connection, Correct, Directive, Rescore, Resend
from mockdde.scenario.shots import Shot
from mockdde.scorer.again import corrected, lie_report, metres, reason_of, renumbered
from mockdde.story import Outing, Story
from mockdde.story import acts as course
from mockdde.story.pace import turns_of

__all__ = ["Truth", "report"]

@dataclass(frozen=True, slots=True)
class Truth:
    """The scorer's final word: strokes by (round, team) and hole number, of holes that were holed out."""

    strokes: dict[tuple[int, int], dict[int, int]]


@dataclass(slots=True, eq=False)
class _Draft:
    """An event before the whole tournament is in order and it has its id."""

    due: int
    at: int
    order: int
    what: log.What
    start: Point | None = None  # of a lie: where the stroke was played from
    target: _Draft | None = None  # of a Correction: what it corrects


@dataclass(slots=True)
class _Card:
    """What the scorer has said of one hole so far."""

    played: course.Played
    acts: list[course.Act]  # the latest version of the hole
    finished: bool = False
    changed: int = 0  # strokes that corrections of penalties added or took
    rescored: int | None = None

    @property
    def strokes(self) -> int:
        """The scorer's word on the hole."""
        return self.rescored or course.strokes_of(self.acts) + self.changed

    @property
    def holed(self) -> bool:
        return any(isinstance(act, course.Stroke) and act.lie is None for act in self.acts)


def report(story: Story) -> tuple[tuple[log.Event, ...], Truth]:
    """The log of a tournament, sorted by the time each event is sent, and the scorer's final word.

    ScenarioError where a directive speaks of what was never played.
    """
    scorers = [_Scorer(story, outing) for outing in story.outings]
    _refuse_unheard(story, scorers)
    drafts: list[tuple[int, int, _Draft]] = []
    for place, scorer in enumerate(scorers):
        drafts += [(draft.due, place, draft) for draft in scorer.tell()]
    drafts.sort(key=lambda each: each[:2])
    ids = {id(draft): number for number, (_, _, draft) in enumerate(drafts)}
    events = tuple(
        _event(number, scorers[place].outing, draft, ids)
        for number, (_, place, draft) in enumerate(drafts)
    )
    truth = {(s.outing.facts.round, s.outing.facts.team.no): s.truth() for s in scorers}
    return events, Truth(truth)


def _refuse_unheard(story: Story, scorers: list[_Scorer]) -> None:
    """A directive about a team that left the tournament before is never heeded; say so."""
    playing = {(s.outing.facts.round, s.outing.facts.team.no) for s in scorers}
    for each in story.scenario.report:
        if (each.after.round, each.after.team) not in playing:
            message = f"team {each.after.team} does not play round {each.after.round}; it has left"
            raise ScenarioError(each.after.mark, message)


def _event(number: int, outing: Outing, draft: _Draft, ids: dict[int, int]) -> log.Event:
    what = draft.what
    if isinstance(what, log.Correction):
        what = replace(what, of=ids[id(draft.target)])
    facts = outing.facts
    player = facts.team.players[0].id
    return log.Event(
        number,
        draft.due,
        draft.at,
        draft.due,
        facts.round,
        facts.team.no,
        draft.order,
        player,
        what,
    )


class _Scorer:
    """The scorer who walks with one team."""

    def __init__(self, story: Story, outing: Outing) -> None:
        self.outing = outing
        self._story = story
        facts = outing.facts
        seed = story.scenario.seed
        self._chance = Chance(seed, "report", facts.round, facts.team.no)
        self._mine = [
            each
            for each in story.scenario.report
            if (each.after.round, each.after.team) == (facts.round, facts.team.no)
        ]
        self._unheard = set(range(len(self._mine)))
        self._later: list[tuple[int, Directive]] = []
        self._drafts: list[_Draft] = []
        self._said: dict[tuple[int, str, int], _Draft] = {}  # (order, kind, stroke) → latest
        self._now: dict[int, log.Correctable] = {}  # id(draft) → its content as corrected
        self._cards: dict[int, _Card] = {}  # by hole number
        self._pauses = list(outing.pauses)
        self._order = 1

    def truth(self) -> dict[int, int]:
        """The final word: strokes by hole number."""
        return {no: card.strokes for no, card in self._cards.items() if card.holed}

    def tell(self) -> list[_Draft]:
        """Everything that is reported of this team's round, in order."""
        self._say(self.outing.started, log.RoundStarted())
        self._heed("RoundStarted")
        for played in self.outing.holes:
            self._order = played.order
            self._hole(played)
        self._flush_pauses(None)
        last = self._drafts[-1]
        finished = self._say(last.at + self._seconds(20, 60), log.RoundFinished())
        self._heed("RoundFinished")
        self._heed_later(None)
        self._complain()
        gap = self._chance.whole(8, 15) * MINUTE
        due = max(finished.due + gap, self._drafts[-1].due + MINUTE)
        # The real sample repeats RoundFinished's timestamp in RoundOfficial.
        self._drafts.append(_Draft(due, finished.at, self._order, log.RoundOfficial()))
        return self._drafts

    def _seconds(self, low: int, high: int) -> int:
        return self._chance.whole(low, high) * SECOND

    def _say(self, at: int, what: log.What, start: Point | None = None) -> _Draft:
        """Report something that happened ``at``; the server has it 0.3 to 0.9 seconds later."""
        self._flush_pauses(at)
        due = at + self._chance.whole(300, 900)
        if self._drafts:
            due = max(due, self._drafts[-1].due + 1)
        draft = _Draft(due, at, self._order, what, start)
        self._drafts.append(draft)
        return draft

    def _flush_pauses(self, until: int | None) -> None:
        while self._pauses and (until is None or self._pauses[0][0] <= until):
            begin, end = self._pauses.pop(0)
            self._say(begin, log.Suspension(resumed=False))
            self._say(end, log.Suspension(resumed=True))

    # ── a hole as it is played ────────────────────────────────────────────────────────────────

    def _hole(self, played: course.Played) -> None:
        acts = [timed.act for timed in played.acts]
        times = [timed.at for timed in played.acts]
        card = _Card(played, [])
        self._cards[played.hole.no] = card
        self._say(played.started, log.HoleStarted())
        self._heed("HoleStarted", played.hole)
        turns = turns_of(acts)
        begun = 0
        for index in range(len(turns)):
            turn = turns[index]
            for act in turn:
                card.acts.append(act)
                self._act(times[begun], act, played.hole)
                begun += 1
            before = list(card.acts)
            self._heed(None, played.hole, _stroke_of(turn))
            self._heed_later(times[begun] if begun < len(times) else times[-1])
            if card.acts != before:
                turns[index + 1 :] = renumbered(before, card.acts, turns[index + 1 :])
        card.finished = True
        self._say(self._drafts[-1].at + self._seconds(5, 9), log.HoleFinished(reason_of(card.acts)))
        self._heed("HoleFinished", played.hole)
        self._heed_later(self._drafts[-1].at + MINUTE)

    def _act(self, at: int, act: course.Act, hole: Hole) -> None:
        for kind, moment, what, start in self._reports(at, act, hole):
            self._keep(act, kind, self._say(moment, what, start))
            self._heed(kind, hole, getattr(act, "no", None))

    def _keep(self, act: course.Act, kind: str, draft: _Draft) -> None:
        """Remember what was reported of a stroke, for a correction of it."""
        stroke = getattr(act, "no", None)
        if stroke is not None and not getattr(act, "provisional", 0):
            self._said[self._order, kind, stroke] = draft

    def _reports(
        self, at: int, act: course.Act, hole: Hole
    ) -> Iterator[tuple[str, int, log.What, Point | None]]:
        """What is sent about one act: (kind, moment, what, where the stroke began)."""
        match act:
            case course.Stroke():
                yield from self._stroke(at, act, hole)
            case course.Penalised(no, ball, strokes, reason, disqualified):
                yield "Penalty", at, log.Penalty(no, ball, strokes, reason, disqualified), None
            case course.Dropped(no, ball, drop, lie):
                to_pin = metres(lie.point, hole.pin)
                yield "BallDrop", at, log.BallDrop(no, ball, drop, lie, to_pin), None
            case course.Chosen(no, ball, penalty, result, start, lie):
                went, to_pin = metres(start.point, lie.point), metres(lie.point, hole.pin)
                what = log.ProvisionalBallSelected(no, ball, penalty, result, lie, went, to_pin)
                yield "ProvisionalBallSelected", at, what, None
            case course.RefereeAsked():
                yield "RefereeCalled", at, log.RefereeCalled(), None
            case course.HammerThrown(accepted):
                yield "TglHammerThrown", at, log.TglHammerThrown(accepted), None

    def _stroke(
        self, at: int, act: course.Stroke, hole: Hole
    ) -> Iterator[tuple[str, int, log.What, Point | None]]:
        no, ball = act.no, act.provisional
        addressed = at - self._seconds(12, 24)
        yield "AddressingBall", addressed, log.AddressingBall(no, ball, act.club), None
        yield "HitBall", at, log.HitBall(no, ball), None
        if act.lie is None:
            yield "BallHoled", at + self._seconds(3, 6), log.BallHoled(no, ball), None
            return
        start = act.start.point
        putt = act.start.surface == "OGR"
        rough = self._estimated(act.lie, putt)
        estimate = lie_report(no, ball, False, rough, start, hole)
        yield "ApproximateLie", at + self._seconds(6, 11), estimate, start
        walk = self._seconds(12, 18) if putt else self._seconds(26, 44)
        yield "DetailedLie", at + walk, lie_report(no, ball, True, act.lie, start, hole), start

    def _estimated(self, lie: Lie, putt: bool) -> Lie:
        """Where the map says the ball is, before anybody has walked to it."""
        stray = 0.15 if putt else 2.5
        x, y, z = lie.point
        point = Point(
            round(x + self._chance.normal(0, stray), 3),
            round(y + self._chance.normal(0, stray), 3),
            z,
        )
        return Lie(point, lie.surface)

    # ── what the scenario has the scorer say beyond that ──────────────────────────────────────

    def _heed(self, event: str | None, hole: Hole | None = None, stroke: int | None = None) -> None:
        """Carry out the directives anchored right here, in the order of the file."""
        for index, each in enumerate(self._mine):
            if index in self._unheard and _meets(each, event, hole, stroke):
                self._unheard.discard(index)
                if each.later:
                    self._later.append((self._drafts[-1].due + each.later, each))
                else:
                    self._carry_out(each)

    def _heed_later(self, until: int | None) -> None:
        """Carry out what was put off until before ``until``; None means all of it."""
        self._later.sort(key=lambda each: each[0])
        while self._later and (until is None or self._later[0][0] < until):
            due, each = self._later.pop(0)
            self._flush_pauses(due)
            self._carry_out(each, due)

    def _complain(self) -> None:
        for index in sorted(self._unheard):
            anchor = self._mine[index].after
            raise ScenarioError(anchor.mark, self._never(anchor.hole, anchor.stroke, anchor.event))

    def _never(self, hole: int | None, stroke: int | None, kind: str | None) -> str:
        """Why an anchor or a target is not there."""
        card = self._cards.get(hole or 0)
        if hole is not None and card is None:
            return f"hole {hole} has not been played by then"
        if card is None or stroke is None:
            return f"no {kind or 'such event'} is reported there"
        made = sorted({act.no for act in card.acts if isinstance(act, course.Stroke)})
        strokes = f"strokes 1 to {made[-1]}" if made[1:] else "only stroke 1"
        if stroke not in made:
            return f"stroke {stroke} of hole {hole} was never played by then; it has {strokes}"
        return f"stroke {stroke} of hole {hole} has no {kind} to speak of"

    def _carry_out(self, each: Directive, due: int | None = None) -> None:
        at = self._drafts[-1].at + SECOND if due is None else due // SECOND * SECOND
        order = self._order
        match each.what:
            case Connection(state):
                self._say(at, log.ConnectionState(state))
            case Correct():
                self._correct(each, each.what, at)
            case Rescore(hole, strokes):
                card = self._finished(each, hole, "re-scored")
                self._order = card.played.order
                card.rescored = strokes
                self._say(at, log.HoleScore(strokes))
            case Resend(hole, shots):
                self._resend(each, hole, shots, at)
        self._order = order

    def _finished(self, each: Directive, hole: int, verb: str) -> _Card:
        card = self._cards.get(hole)
        if card is None or not card.finished:
            message = f"hole {hole} is not finished by then; a hole is {verb} after it was scored"
            raise ScenarioError(each.mark, message)
        return card

    def _correct(self, each: Directive, what: Correct, at: int) -> None:
        card = self._cards.get(what.hole)
        key = (card.played.order if card else 0, what.kind, what.stroke)
        target = self._said.get(key)
        if card is None or target is None:
            raise ScenarioError(each.mark, self._never(what.hole, what.stroke, what.kind))
        before = self._now.get(id(target), target.what)
        after = corrected(before, dict(what.changes), card.played.hole, target.start)
        if isinstance(before, log.Penalty) and isinstance(after, log.Penalty):
            card.changed += after.strokes - before.strokes
        self._now[id(target)] = after
        self._order = card.played.order
        self._say(at, log.Correction(-1, after)).target = target

    def _resend(self, each: Directive, no: int, shots: tuple[Shot, ...], at: int) -> None:
        card = self._cards.get(no)
        if card is None:
            raise ScenarioError(each.mark, self._never(no, None, None))
        if not card.finished and each.after.event is not None:
            message = "a hole in progress is sent again between two strokes; leave out the event"
            raise ScenarioError(each.mark, message)
        acts = self._acts_again(card, shots)
        self._order = card.played.order
        self._say(at, log.Mode(begins=True))
        self._again(at, log.HoleStarted())
        for act in acts:
            self._act_again(at, act, card.played.hole)
        if card.finished:
            self._again(at, log.HoleFinished(reason_of(acts)))
        self._again(at, log.Mode(begins=False))
        card.acts, card.changed, card.rescored = acts, 0, None

    def _acts_again(self, card: _Card, shots: tuple[Shot, ...]) -> list[course.Act]:
        if not shots:
            return list(card.acts)
        # A hole number of its own for the chance, so that the second version is not the first again.
        in_play = self._story.open_hole(self.outing.facts, card.played.hole, "again", len(self._drafts))
        if card.finished:
            return in_play.play(shots)
        acts = in_play.follow(shots)
        if in_play.over:
            message = "the hole is still in progress; the ball cannot be in the hole yet"
            raise ScenarioError(shots[-1].mark, message)
        return acts

    def _act_again(self, at: int, act: course.Act, hole: Hole) -> None:
        for kind, _, what, start in self._reports(at, act, hole):
            self._keep(act, kind, self._again(at, what, start))

    def _again(self, at: int, what: log.What, start: Point | None = None) -> _Draft:
        """Send something in hole correction mode: the real sample gives all of it one moment."""
        draft = _Draft(self._drafts[-1].due, at, self._order, what, start)
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
