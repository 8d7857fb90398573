"""Live events of a round or match as they stand, and what makes one state of them the next.

A live event is an object that is added, updated and deleted (live-data-golf-api §3.1, §4.4). What a
scorer says later about something earlier changes objects; the messages are what is different, and
nothing else: a Correction updates one object, a hole that is sent again those of its objects that
are others now, once all of it is said. An object that is told of again has the id, and the moment,
of its first version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from mockdde import log
from mockdde.books import Books
from mockdde.cards import Cards
from mockdde.feeds import Packet
from mockdde.feeds.live._envelope import EVENT, envelope
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._payloads import HoleScore, Payloads, Said, type_of
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.moments import iso_millis
from mockdde.strokenumbers import StrokeNumbers

__all__ = ["Ledger"]

_Key: TypeAlias = tuple[object, ...]

# What is about a whole match is told of each side, for every event has a team.
_OF_BOTH = (
    log.RoundStarted,
    log.RoundFinished,
    log.HoleStarted,
    log.Suspension,
    log.ConnectionState,
    log.RefereeCalled,
)
_OF_ROUND = (log.RoundStarted, log.RoundFinished, log.Suspension, log.ConnectionState)
_STROKES = {log.AddressingBall, log.HitBall, log.LieReport, log.BallHoled}
_OF_PLAYER = _STROKES | {log.ProvisionalBallSelected, log.Penalty, log.BallDrop}
# What no event says: it is in other events, or in no event at all.
_NEVER = (log.RoundOfficial, log.HoleScore, log.MatchConceded)
# What may change the score of a hole that has ended.
_SCORES = (log.HoleScore, log.Correction, log.Mode)


@dataclass(slots=True)
class _Hole:
    """A hole as it stands; ``again`` is what was said of it since it is sent again."""

    said: dict[_Key, Said] = field(default_factory=dict)
    again: list[Event] | None = None


class Ledger:
    """The fold; ``apply`` every event of the round, or of the match, in order."""

    def __init__(self, books: Books, ids: Ids, sport_event: str) -> None:
        """``sport_event`` is the SR id of the round or match."""
        tournament = books.tournament
        self._books, self._ids, self._sport_event = books, ids, sport_event
        self._payloads = Payloads(tournament, ids)
        self._numbers = StrokeNumbers(tournament)
        self._scores: Cards | MatchBook | None = None
        # By team (0 of a match) and order; what is of no hole is of order 0.
        self._holes: dict[tuple[int, int], _Hole] = {}
        self._ends: dict[int, dict[int, Said]] = {}  # HoleEnded by team and order
        quirks = tournament.quirks
        self._lies = quirks["live-lies"]
        self._unsaid: set[type] = set(_NEVER)
        if self._lies == "absent":
            self._unsaid.add(log.LieReport)
        if quirks["live-provisional"] == "absent":
            self._unsaid.add(log.ProvisionalBallSelected)
        if quirks["live-suspension"] == "status":
            self._unsaid.add(log.Suspension)
        if quirks["live-asides"] == "absent":
            self._unsaid |= {log.ConnectionState, log.RefereeCalled, log.TglHammerThrown}
        self._gives = quirks["live-gimme"] == "stroke"
        self._keeps_time = quirks["live-event-time"] == "kept"
        self._updates_running = quirks["live-running-score"] == "updated"

    def apply(self, event: Event) -> Iterator[Packet]:
        """The messages of an event, in order."""
        self._count(event)
        self._numbers.apply(event)
        hole = self._hole(event)
        match event.what:
            case log.Mode(begins=True):
                hole.again = []
            case log.Mode():
                yield from self._sent_again(event, hole)
            case _ if hole.again is not None:
                hole.again.append(event)
            case log.Correction(of, content):
                yield from self._corrected(event, hole, of, content)
            case _:
                yield from self._went_on(event)
                yield from self._told(event, hole)
        if isinstance(event.what, _SCORES) and hole.again is None:
            yield from self._rescored(event)

    # ── what the messages are ─────────────────────────────────────────────────────────────────

    def _message(self, action: str, cause: Event, said: Said) -> Packet:
        data: dict[str, Any] = {
            "id": said.id,
            "action": action,
            "type": f"{EVENT}.{type_of(said.event.what)}",
            "created_at": iso_millis(cause.received),
            "sport_event": {"id": self._sport_event},
        }
        if action != "DELETE":
            data["payload"] = self._payloads.of(said)
        id_ = said.id if action == "ADD" else self._ids.uuid("message", cause.id, said.id)
        return envelope(EVENT, self._ids.tournament, id_, cause.due, data)

    def _told(self, event: Event, hole: _Hole) -> Iterator[Packet]:
        """Something new."""
        for key, said in self._objects(event, hole.said):
            if key is None:
                yield from self._lie_of_stroke(event, hole, said)
                continue
            hole.said[key] = said
            yield self._message("ADD", event, said)

    def _lie_of_stroke(self, event: Event, hole: _Hole, lie: Said) -> Iterator[Packet]:
        stroke = _stroke_of(hole.said, lie.event)
        if stroke is not None:
            before = self._payloads.of(stroke)
            _lay(stroke, lie.event.what)
            if self._payloads.of(stroke) != before:
                yield self._message("UPDATE", event, stroke)

    def _went_on(self, event: Event) -> Iterator[Packet]:
        """A match that had ended, and that a correction has opened again, goes on."""
        if not (isinstance(event.what, log.HoleStarted) and event.match):
            return
        for hole in self._holes.values():
            for key, said in [*hole.said.items()]:
                if isinstance(said.event.what, log.RoundFinished):
                    del hole.said[key]
                    yield self._message("DELETE", event, said)

    def _corrected(
        self, event: Event, hole: _Hole, of: int, content: log.Correctable
    ) -> Iterator[Packet]:
        if isinstance(content, log.LieReport) and self._lies == "stroke":
            now = replace(event, what=content)
            yield from self._lie_of_stroke(event, hole, Said("", now, event.team))
            return
        for said in hole.said.values():
            if said.event.id == of:
                before = self._payloads.of(said)
                said.event = replace(said.event, what=content)
                if self._payloads.of(said) != before:
                    yield self._message("UPDATE", event, said)

    def _sent_again(self, event: Event, hole: _Hole) -> Iterator[Packet]:
        """All of a hole was said again: what is different."""
        before, hole.said = hole.said, {}
        again, hole.again = hole.again or [], None
        for each in again:
            self._take_in(each, hole.said)
        for key, said in before.items():
            if key not in hole.said:
                if self._ends.get(said.team, {}).get(said.event.order) is said:
                    del self._ends[said.team][said.event.order]
                yield self._message("DELETE", event, said)
        for key, said in hole.said.items():
            old = before.get(key)
            if old is None:
                yield self._message("ADD", event, said)
                continue
            said.id = old.id
            if self._keeps_time or said.event.what == old.event.what:
                said.event = replace(said.event, at=old.event.at)
            if self._payloads.of(said) != self._payloads.of(old):
                yield self._message("UPDATE", event, said)

    def _take_in(self, event: Event, into: dict[_Key, Said]) -> None:
        for key, said in self._objects(event, into):
            if key is not None:
                into[key] = said
            elif (stroke := _stroke_of(into, event)) is not None:
                _lay(stroke, event.what)

    def _rescored(self, event: Event) -> Iterator[Packet]:
        """Holes that have ended with another score than they were told to have."""
        of_teams: tuple[int, ...] = (event.team,)
        if event.match:
            of_teams = self._books.matches.all[event.match].teams
        for team in of_teams:
            so_far = 0
            for order, said in sorted(self._ends.get(team, {}).items()):
                assert said.score is not None, "the hole has ended"
                score = said.score._replace(so_far=so_far + said.score.over)
                if order == event.order:
                    score = self._score(said, so_far)
                so_far = score.so_far
                if score != said.score and (order == event.order or self._updates_running):
                    said.score = score
                    yield self._message("UPDATE", event, said)

    # ── what there is ─────────────────────────────────────────────────────────────────────────

    def _hole(self, event: Event) -> _Hole:
        order = 0 if isinstance(event.what, _OF_ROUND) else event.order
        key = (0 if event.match else event.team, order)
        if (hole := self._holes.get(key)) is None:
            hole = self._holes[key] = _Hole()
        return hole

    def _objects(self, event: Event, there: dict[_Key, Said]) -> Iterator[tuple[_Key | None, Said]]:
        """What an event is told as, beside what is there; without a key as part of its stroke."""
        what = event.what
        if type(what) in self._unsaid or (
            isinstance(what, log.HitBall) and what.conceded and not self._gives
        ):
            return
        teams: tuple[int, ...] = (event.team,)
        if event.match and isinstance(what, _OF_BOTH):
            teams = self._books.matches.all[event.match].teams
        for team in teams:
            said = Said(self._ids.uuid("event", event.id, team), event, team, self._number(event))
            if isinstance(what, log.HoleFinished):
                self._end(said)
            if isinstance(what, log.LieReport) and self._lies == "stroke":
                yield None, said
                continue
            player = event.player if type(what) in _OF_PLAYER else 0
            stroke, ball = getattr(what, "stroke", 0), getattr(what, "provisional", 0)
            key, nth = (team, player, type_of(what), stroke, ball), 0
            while (*key, nth) in there:
                nth += 1
            yield (*key, nth), said

    def _number(self, event: Event) -> int:
        """The stroke_number of what has one."""
        what: Any = event.what
        if type(what) in _STROKES:
            return self._numbers.of(event, what.stroke, what.provisional)
        if isinstance(what, log.ProvisionalBallSelected):
            return self._numbers.of(event, what.stroke, what.chosen)
        return 0

    # ── scores ────────────────────────────────────────────────────────────────────────────────

    def _count(self, event: Event) -> None:
        if self._scores is None:
            if event.match:
                self._scores = self._books.matches.all[event.match].anew()
            else:
                self._scores = Cards(self._books.tournament.rounds)
        self._scores.apply(event)

    def _score(self, of: Said, before: int) -> HoleScore:
        """The score of a hole that has ended as it is now; ``before`` it the score to par."""
        assert self._scores is not None, "something was said of the hole"
        score = self._scores.score(of.event)
        over = score.hole_to_par
        return HoleScore(score.par, score.strokes, over, before + over)

    def _end(self, said: Said) -> None:
        """A hole has ended for a team."""
        ends = self._ends.setdefault(said.team, {})
        ends[said.event.order] = said
        before = [each.score for order, each in ends.items() if order < said.event.order]
        said.score = self._score(said, sum(each.over for each in before if each is not None))
        said.gives_up = isinstance(self._scores, MatchBook) and self._scores.gives_up(said.event)


def _stroke_of(said: dict[_Key, Said], lie: Event) -> Said | None:
    """The stroke that a lie is of."""
    what = lie.what
    assert isinstance(what, log.LieReport), "it is a lie"
    for each in said.values():
        hit = each.event.what
        if not isinstance(hit, log.HitBall) or each.event.player != lie.player:
            continue
        if (hit.stroke, hit.provisional) == (what.stroke, what.provisional):
            return each
    return None


def _lay(stroke: Said, lie: log.What) -> None:
    """A ball lies there, as far as is known: what is measured is not estimated any more."""
    assert isinstance(lie, log.LieReport), "it is a lie"
    if stroke.lie is None or lie.detailed or not stroke.lie.detailed:
        stroke.lie = lie
