"""The scorer who walks with a team or a match: reports it, and what the scenario adds to that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from mockdde import log
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import SCORING_LEVELS, Hole, is_playoff
from mockdde.log import Event
from mockdde.moments import MINUTE, SECOND
from mockdde.scenario.model import Anchor, Connection, Correct, Directive, Rescore, Resend
from mockdde.scorer.again import (
    corrected,
    counted,
    is_over,
    reason_of,
    renumbered,
    revised,
    unfinished,
)
from mockdde.scorer.draft import Correcting
from mockdde.scorer.report import Report
from mockdde.scorer.sheet import Card, Said, Sheet, meets
from mockdde.scorer.told import STARTED, Told, finished, told, without_distances
from mockdde.scorer.turns import Turn, in_turn, report_turns, stroke_of, turns
from mockdde.story import Outing
from mockdde.story import acts as course
from mockdde.story.parties import Party

__all__ = ["Scorer"]

_LASER, _WALKING, _SCORES_ONLY = 1, 2, 3


class Scorer:
    """Tells one outing: ``begin``, each ``hole`` as it is played, ``finish`` and ``close``.

    ``take`` hands over what was said since the last time, in the order in which it is sent.
    """

    def __init__(
        self, party: Party, outing: Outing, seed: int, directives: Sequence[Directive]
    ) -> None:
        """``directives`` are the scenario's for this party."""
        self.outing = outing
        self._party = party
        facts = outing.facts
        self._level = SCORING_LEVELS[facts.course.scoring]
        who = ("match", party.match) if party.match else (facts.round, facts.team.no)
        self._chance = Chance(seed, "report", *who)
        self._mine = directives
        self._unheard = dict.fromkeys(range(len(self._mine)))  # in the order of the file
        self._later: list[tuple[int, Directive]] = []
        pauses = [each for each in outing.pauses if each[0] >= outing.started]
        self._report = Report(facts, self._chance, pauses)
        self._say, self.take = self._report.say, self._report.take
        self.sheet = Sheet(party.balls)
        self._midst: set[int] = set()  # balls of which a stroke is being reported
        self._connection = "Connected"

    def truth(self, side: int = 0) -> dict[int, int]:
        """The word on each hole that a side holed, by now: strokes by its order."""
        cards = self.sheet.cards
        if not self._party.match:
            return {order: card.strokes for (order, _), card in cards.items() if card.holed}
        made = {order: self.sheet.endings(order)[side][1] for order, _ in cards}
        return {order: strokes for order, strokes in made.items() if strokes is not None}

    @property
    def left(self) -> str | None:
        """Withdrawn, Retired or Disqualified, by the word on its holes by now; or None."""
        cards = self.sheet.cards.values()
        reasons = (reason_of(card.acts) for card in cards if card.finished)
        return next((reason for reason in reasons if reason != "BallHoled"), None)

    @property
    def now(self) -> int:
        """When the last thing happened that was said (milliseconds since 1970)."""
        return self._report.last.at

    def begin(self) -> None:
        """The team is on its first tee."""
        self._say(self.outing.started, log.RoundStarted())
        self._heed("RoundStarted")

    def finish(self) -> Event:
        """The last hole is played, by now. What the scenario says after that may turn it back."""
        end = self.now + self._report.seconds(20, 60)
        self._heed_later(end)
        last = self._say(end, log.RoundFinished())
        self._heed("RoundFinished")
        self._heed_later(None)
        return last

    def close(self, finished: Event) -> None:
        """All is official. ScenarioError where a directive never had its turn."""
        for index in self._unheard:
            anchor = self._mine[index].after
            raise ScenarioError(anchor.mark, self._never(anchor))
        gap = self._chance.whole(8, 15) * MINUTE
        due = max(finished.due + gap, self._report.last.due + MINUTE)
        # The real sample repeats RoundFinished's timestamp in RoundOfficial.
        self._report.add(due, finished.at, log.RoundOfficial())

    def stop(self, until: int) -> None:
        """Say what stopped or went on up to ``until``, while the team is between two holes."""
        self._report.played_until = until
        self._report.flush_pauses(until)

    # ── a hole as it is played ────────────────────────────────────────────────────────────────

    def hole(self, played: Mapping[int, course.Played]) -> None:
        """Report a hole that was played, by each ball."""
        some = next(iter(played.values()))
        order, hole = some.order, some.hole
        self._report.order = order
        ends = max(each.acts[-1].at for each in played.values() if each.acts)
        self._report.played_until = ends
        self._heed_later(some.started)  # before there is a hole that could be sent again
        cards = self.sheet.begin(played)
        self._say(some.started, STARTED)
        self._heed("HoleStarted", hole)
        report_turns(turns(played), self._turn)
        for card in cards.values():
            card.finished = True
        # Where strokes are not reported the hole has lasted all the same.
        end = max(self.now, ends if self._level == _SCORES_ONLY else 0)
        end += self._report.seconds(5, 9)
        for what, who in self._finished(order, cards):
            self._say(end, what, who)
        self._heed("HoleFinished", hole)

    def _turn(self, turn: Turn) -> Iterator[int]:
        """Report a turn as it follows from what was said of the hole by now.

        The moment of each thing is given before it is said.
        """
        ball, mine = turn.ball, self._mine
        card = self.sheet.cards[self._report.order, ball]
        hole, acts = card.played.hole, turn.acts
        if mine:  # only what the scenario has been said may have made it another one
            acts = renumbered(acts, card.acts, hole)
        for at, each in zip(turn.times, acts, strict=True):
            act = counted(each, card.acts) if isinstance(each, course.Chosen) else each
            first = True
            who = self._who(ball, act)
            for kind, when, what, start in self._reported(at, act, hole):
                moment = self._addressed(when, at) if kind == "AddressingBall" else when
                yield moment
                if self._later:
                    self._heed_later(moment, during=hole.no)
                if first:
                    card.acts.append(act)
                    first = False
                said = self._say(moment, what, who)
                if mine:  # nobody else comes back to it
                    self._midst.add(ball)
                    self.sheet.keep(ball, act, kind, Said(said, start))
                    self._heed(kind, hole, getattr(act, "no", None), ball)
            if first:  # an act of which nothing is reported
                card.acts.append(act)
        if mine:
            self._midst.discard(ball)
            if self._level < _SCORES_ONLY:
                self._heed(None, hole, stroke_of(acts), ball)
            self._heed_later(turn.until)

    def _addressed(self, when: int, at: int) -> int:
        """Nobody stands over a ball while play is stopped: not before it goes on."""
        for _, end in self.outing.pauses:
            if when < end <= at:
                when = end
        return when

    def _who(self, ball: int, act: course.Act | None = None) -> tuple[int, int]:
        """The team and the player of a ball, and of two who plays it by then."""
        whose = self._party.balls[ball]
        stroke = getattr(act, "no", None) if len(whose.players) > 1 else None
        if stroke is None:
            return whose.team, whose.players[0].id
        # A provisional ball is played by who is next, not by who has just played.
        stroke += act.ball if isinstance(act, course.Chosen) else getattr(act, "provisional", 0)
        return whose.team, whose.player(self._report.order, stroke).id

    def _finished(
        self, order: int, cards: Mapping[int, Card]
    ) -> Iterator[tuple[log.What, tuple[int, int]]]:
        """What is said at the end of a hole, and of whom."""
        scores_only = self._level == _SCORES_ONLY
        if not self._party.match:
            ((ball, card),) = cards.items()
            strokes = card.strokes if scores_only and card.holed else None
            yield finished(reason_of(card.acts), strokes), self._who(ball)
            return
        ended = self.sheet.endings(order)
        gone = self.sheet.conceded(order)
        for side, facts in enumerate(self._party.sides):
            who = (facts.team.no, facts.team.players[0].id)
            if gone == side + 1:
                yield log.MatchConceded(), who
        for (reason, strokes), facts in zip(ended, self._party.sides, strict=True):
            who = (facts.team.no, facts.team.players[0].id)
            yield finished(reason, strokes if scores_only else None), who

    def _reported(self, at: int, act: course.Act, hole: Hole) -> Iterator[Told]:
        """What the course's scoring level has of an act."""
        if self._level == _LASER:
            return told(at, act, hole, self._chance)
        if self._level == _WALKING:
            return without_distances(told(at, act, hole, self._chance))
        return iter(())

    # ── what the scenario has the scorer say beyond that ──────────────────────────────────────

    def _heed(
        self,
        event: str | None,
        hole: Hole | None = None,
        stroke: int | None = None,
        ball: int = 0,
    ) -> None:
        """Carry out the directives anchored right here, in the order of the file."""
        for index in [*self._unheard]:
            each = self._mine[index]
            if not meets(each.after, event, hole, stroke):
                continue
            if stroke is None or self._party.ball(each.after.side, each.after.player) == ball:
                del self._unheard[index]
                if each.later or (event is None and self._waits(each)):
                    self._later.append((self._report.last.due + each.later, each))
                else:
                    self._carry_out(each, self.now + SECOND)

    def _heed_later(self, until: int | None, *, during: int | None = None) -> None:
        """Carry out what was put off until before ``until``; None means all of it.

        ``during`` is the hole of a stroke that is being reported; what is about this hole waits
        until all of the stroke is.
        """
        self._later.sort(key=lambda each: each[0])
        for due, each in [*self._later]:
            if until is not None and due >= until:
                return
            about = getattr(each.what, "hole", None)
            if (during is None or about != during) and not self._waits(each):
                self._later.remove((due, each))
                self._carry_out(each, due // SECOND * SECOND)

    def _waits(self, each: Directive) -> bool:
        """Whether it sends a hole again of which another ball's stroke is not all reported."""
        if not (self._midst and isinstance(each.what, Resend)):
            return False
        cards = self.sheet.of_hole(each.what.hole).values()
        return any(card.played.order == self._report.order for card in cards)

    def _never(self, of: Anchor | Correct) -> str:
        """Why an anchor or the stroke of a correction is not there."""
        kind = of.kind if isinstance(of, Correct) else of.event
        ball = self._party.ball(of.side, of.player)
        scores_only = self._level == _SCORES_ONLY
        return self.sheet.never(of.hole, ball, of.stroke, kind, scores_only=scores_only)

    def _carry_out(self, each: Directive, at: int) -> None:
        self._report.flush_pauses(at)  # before the order is that of an earlier hole
        order = self._report.order
        match each.what:
            case Connection(state):
                self._connect(each, state, partial(self._say, at))
            case Correct():
                self._correct(each, each.what, at)
            case Rescore():
                self._rescore(each, each.what, at)
            case Resend():
                self._resend(each, each.what, at)
        self._report.order = order

    def _connect(self, each: Directive, state: str, say: Callable[[log.What], Event]) -> None:
        if state == self._connection:
            again = isinstance(each.what, Resend)
            instead = "leave out interrupted" if again else "name the state it changes to"
            raise ScenarioError(each.mark, f"the connection is {state} already; {instead}")
        self._connection = state
        say(log.ConnectionState(state))

    def _rescore(self, each: Directive, what: Rescore, at: int) -> None:
        ball = self._party.ball(what.side, what.player)
        card = self.sheet.of_hole(what.hole).get(ball)
        if card is None or not card.finished:
            message = f"hole {what.hole} is not finished by then; a hole is re-scored after it was"
            raise ScenarioError(each.mark, f"{message} scored")
        if not card.holed:
            message = f"hole {what.hole} was not holed; there is no score to change"
            raise ScenarioError(each.mark, message)
        self._report.order = card.played.order
        card.rescored = what.strokes
        strokes: int | None = what.strokes
        if self._level == _SCORES_ONLY and self._party.match:  # no ball is reported, but the side
            strokes = self.sheet.endings(card.played.order)[self._party.balls[ball].side][1]
        if strokes is None:
            message = f"hole {what.hole} was lost without a score; there is none to change"
            raise ScenarioError(each.mark, message)
        self._say(at, log.HoleScore(strokes), who=self._who(ball))

    def _correct(self, each: Directive, what: Correct, at: int) -> None:
        ball = self._party.ball(what.side, what.player)
        card = self.sheet.of_hole(what.hole).get(ball)
        key = (card.played.order if card else 0, ball, what.kind, what.stroke)
        said = self.sheet.said.get(key)
        if card is None or said is None:
            raise ScenarioError(each.mark, self._never(what))
        target = said.event
        before = self.sheet.content(target)
        if isinstance(before, log.Penalty) and before.disqualified and "strokes" in what.changes:
            message = "a disqualification has no strokes that could be corrected"
            raise ScenarioError(each.mark, message)
        try:
            after = corrected(before, dict(what.changes), card.played.hole, said.start)
        except ValueError as error:
            raise ScenarioError(each.mark, str(error)) from None
        card.acts = revised(card.acts, after)
        self.sheet.correct(target, after)
        self._report.order = card.played.order
        who = (target.team, target.player)
        self._say(at, Correcting(-1, after, target), who=who)

    # ── hole correction mode ──────────────────────────────────────────────────────────────────

    def _resend(self, each: Directive, what: Resend, at: int) -> None:
        cards = self.sheet.of_hole(what.hole)
        if not cards:
            raise ScenarioError(each.mark, f"hole {what.hole} has not been played by then")
        some = next(iter(cards.values()))
        if not some.finished and each.after.event is not None and not each.later:
            message = "a hole in progress is sent again between two strokes; leave out the event"
            raise ScenarioError(each.mark, message)
        acts = self._acts_again(each, what, cards)
        self._report.order = order = some.played.order
        begin = self._say(at, log.Mode(begins=True))
        # The real sample gives all that is sent again one moment.
        again = partial(self._report.add, begin.due, begin.at)
        self.sheet.forget(order)
        again(STARTED)
        for no, card in cards.items():
            card.acts, card.rescored = acts[no], None
        found = [
            (no, act, one)
            for no, act in in_turn(acts, some.played.hole)
            for one in self._reported(begin.at, act, some.played.hole)
        ]
        half = len(found) // 2
        self._tell_again(found[:half], again)
        if what.interrupted:
            self._connect(each, "Disconnected", again)
        self._tell_again(found[half:], again)
        if some.finished:
            for said, who in self._finished(order, cards):
                again(said, who)
        again(log.Mode(begins=False))

    def _tell_again(
        self, found: Sequence[tuple[int, course.Act, Told]], again: Callable[..., Event]
    ) -> None:
        for ball, act, (kind, _, what, start) in found:
            said = again(what, self._who(ball, act))
            self.sheet.keep(ball, act, kind, Said(said, start))

    def _acts_again(
        self, each: Directive, what: Resend, cards: Mapping[int, Card]
    ) -> dict[int, list[course.Act]]:
        if not what.shots:
            return {no: list(card.acts) for no, card in cards.items()}
        ball = self._party.ball(what.side, what.player)
        some, shots, mark = cards[ball], what.shots, what.shots[-1].mark
        order, purpose = some.played.order, self._report.count
        in_play = not all(card.finished or is_over(card.acts) for card in cards.values())
        if in_play and self._party.match:
            message = "a hole of a match is sent again with other shots once it is finished"
            raise ScenarioError(each.mark, f"{message}; leave out shots, or send it again later")
        acts = self._party.again(order, ball, shots, purpose, whole=not in_play)
        for no, card in cards.items():  # what was corrected of another ball stays so
            if no != ball and [type(act) for act in acts[no]] == [type(act) for act in card.acts]:
                acts[no] = list(card.acts)
        if in_play:
            fault = unfinished(acts[ball])
        else:
            gone = reason_of(acts[ball]) != "BallHoled" and not self._is_last(some)
            fault = "the player went on to the next hole; nobody is out here" if gone else None
        if fault is not None:
            raise ScenarioError(mark, fault)
        return acts

    def _is_last(self, card: Card) -> bool:
        """Whether the team plays no hole after this one in its round."""
        left = reason_of(timed.act for timed in card.played.acts) != "BallHoled"
        whole = not is_playoff(self.outing.facts.round)
        return left or (whole and card.played.order == len(self.outing.facts.holes))
