"""Live events of a round or match as they stand, and what makes one state of them the next.

A live event is an object that is added, updated and deleted (live-data-golf-api §3.1, §4.4). What a
scorer says later about something earlier changes objects; the messages are what is different, and
nothing else: a Correction updates one object, a hole that is sent again those of its objects that
are others now, once all of it is said. An object that is told of again has the id, and the moment,
of its first version.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeAlias

from mockdde import log
from mockdde.books import Books
from mockdde.cards import Cards
from mockdde.feeds import Sent, StreamFeed
from mockdde.feeds.live._envelope import EVENT, pieces
from mockdde.feeds.live._ids import Ids
from mockdde.feeds.live._payloads import STROKES, HoleScore, Payloads, Pieces, Said, type_of
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.moments import encoded_millis
from mockdde.records import dataclass, field, replace
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
_OF_ROUND = {log.RoundStarted, log.RoundFinished, log.Suspension, log.ConnectionState}
_OF_PLAYER = STROKES | {log.ProvisionalBallSelected, log.Penalty, log.BallDrop}
# What no event says: it is in other events, or in no event at all.
_NEVER = (log.RoundOfficial, log.HoleScore, log.MatchConceded)
# What may change the score of a hole that has ended.
_SCORES = (log.HoleScore, log.Correction, log.Mode)
_SCORELESS = {log.AddressingBall, log.LieReport, log.BallDrop}  # no score hangs on them


@dataclass(slots=True)
class _Hole:
    """A hole as it stands; ``again`` is what was said of it since it is sent again.

    Of a stroke that nothing was said of since, its event is ``kept``: that is all there is to it.
    """

    kept: list[Said | Event] = field(default_factory=list)
    again: list[Event] | None = None

    @property
    def said(self) -> list[Said]:
        """What was said of it, to be changed."""
        said = [each if isinstance(each, Said) else _as_said(each) for each in self.kept]
        self.kept = [*said]
        return said


class Ledger:
    """The fold; ``apply`` every event of the round, or of the match, in order."""

    def __init__(
        self, books: Books, ids: Ids, sport_event: str, path: str, feed: StreamFeed
    ) -> None:
        """``sport_event`` is the SR id of the round or match, ``path`` its stream."""
        tournament = books.tournament
        self._books, self._ids = books, ids
        self._path, self._feed = path, feed
        self._begin, self._source, data = pieces(EVENT, tournament.id)
        self._data = data + b'{"id":"'
        self._of = b'","sport_event":{"id":"%b"}' % sport_event.encode()
        self._with = self._of + b',"payload":'
        self._payloads = Payloads(tournament, ids)
        self._numbers = StrokeNumbers(tournament)
        self._scores: Cards | MatchBook | None = None
        # By team (0 of a match) and order; what is of no hole is of order 0.
        self._holes: dict[tuple[int, int], _Hole] = {}
        self._ends: dict[int, dict[int, Said]] = {}  # HoleEnded by team and order
        self._sent: list[Sent] = []  # of the event that is being taken in
        self._count = 0  # messages so far
        quirks = tournament.quirks
        self._lays = quirks["live-lies"] == "stroke"  # lies are part of the stroke
        self._unsaid: set[type] = set(_NEVER)
        if quirks["live-lies"] == "absent":
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

    def apply(self, event: Event) -> list[Sent]:
        """The messages of an event, in order."""
        sent: list[Sent] = []
        self._sent = sent
        what = event.what
        kind = type(what)
        if kind not in _SCORELESS:
            self._score_cards(event).apply(event)
        if kind not in STROKES:
            self._numbers.apply(event)
        key = (0 if event.match else event.team, 0 if kind in _OF_ROUND else event.order)
        hole = self._holes.get(key)
        if hole is None:
            hole = self._holes[key] = _Hole()
        if kind in STROKES and hole.again is None:
            self._stroke(event, what, hole)
            return sent
        match what:
            case log.Mode(begins=True):
                hole.again = []
            case log.Mode():
                self._send_again(event, hole)
            case _ if hole.again is not None:
                hole.again.append(event)
            case log.Correction(of, content):
                self._correct(event, hole, of, content)
            case _:
                self._go_on(event)
                self._tell(event, hole)
        if isinstance(what, _SCORES) and hole.again is None:
            self._rescore(event)
        return sent

    # ── what the messages are ─────────────────────────────────────────────────────────────────

    def _send(self, action: str, cause: Event, said: Said) -> None:
        """A message about something that was said."""
        own = self._ids.uuid_of(f"event/{said.origin}/{said.team}")
        id_ = own if action == "ADD" else self._ids.uuid_of(f"message/{cause.id}/{own}")
        payload = () if action == "DELETE" else self._payloads.pieces(said)
        self._write(action, cause, type_of(said.event.what), (id_, own), payload)

    def _write(
        self, action: str, cause: Event, kind: str, ids: tuple[str, str], payload: Pieces
    ) -> None:
        """A message of a kind; the ids are its own and that of the object."""
        received = due = encoded_millis(cause.due)
        if cause.received != cause.due:
            received = encoded_millis(cause.received)
        around = (self._begin, ids[0].encode(), self._source, due, self._data, ids[1].encode())
        about = self._with if payload else self._of
        pieces = (*around, _about(action, kind), received, about, *payload, b"}}")
        self._count = count = self._count + 1
        self._sent.append(Sent(self._path, b"".join(pieces), count, kind, self._feed))

    def _stroke(self, event: Event, what: Any, hole: _Hole) -> None:
        """Something new of a stroke, as most is: what ``_tell`` does with it, in less."""
        kind = type(what)
        if kind in self._unsaid or (kind is log.HitBall and what.conceded and not self._gives):
            return
        if self._lays and kind is log.LieReport:
            self._lay(event, hole, event)
            return
        number = self._numbers.of(event, what.stroke, what.provisional)
        plain = number == what.stroke
        hole.kept.append(event if plain else Said(event.id, event, event.team, number))
        own = self._ids.uuid_of(f"event/{event.id}/{event.team}")
        payload = self._payloads.of_stroke(event, number)
        self._write("ADD", event, type_of(what), (own, own), payload)

    def _tell(self, event: Event, hole: _Hole) -> None:
        """Something new."""
        for said in self._objects(event):
            hole.kept.append(said)
            self._send("ADD", event, said)

    def _lay(self, cause: Event, hole: _Hole, lie: Event) -> None:
        """It becomes known where a stroke ended."""
        stroke = _stroke_of(hole.said, lie)
        if stroke is not None:
            before = self._payloads.of(stroke)
            _lay(stroke, lie.what)
            if self._payloads.of(stroke) != before:
                self._send("UPDATE", cause, stroke)

    def _go_on(self, event: Event) -> None:
        """A match that had ended, and that a correction has opened again, goes on."""
        if not (event.match and isinstance(event.what, log.HoleStarted)):
            return
        for hole in self._holes.values():
            for said in hole.said:
                if isinstance(said.event.what, log.RoundFinished):
                    hole.kept.remove(said)
                    self._send("DELETE", event, said)

    def _correct(self, event: Event, hole: _Hole, of: int, content: log.Correctable) -> None:
        if isinstance(content, log.LieReport) and self._lays:
            self._lay(event, hole, replace(event, what=content))
            return
        for said in hole.said:
            if said.event.id == of:
                before = self._payloads.of(said)
                said.event = replace(said.event, what=content)
                if self._payloads.of(said) != before:
                    self._send("UPDATE", event, said)

    def _send_again(self, event: Event, hole: _Hole) -> None:
        """All of a hole was said again: what is different."""
        before, said_again = _keyed(hole.said), list[Said]()
        again, hole.again = hole.again or [], None
        for each in again:
            self._take_in(each, said_again)
        hole.kept, now = [*said_again], _keyed(said_again)
        for key, said in before.items():
            if key not in now:
                if self._ends.get(said.team, {}).get(said.event.order) is said:
                    del self._ends[said.team][said.event.order]
                self._send("DELETE", event, said)
        for key, said in now.items():
            old = before.get(key)
            if old is None:
                self._send("ADD", event, said)
                continue
            said.origin = old.origin
            if self._keeps_time or said.event.what == old.event.what:
                said.event = replace(said.event, at=old.event.at)
            if self._payloads.of(said) != self._payloads.of(old):
                self._send("UPDATE", event, said)

    def _take_in(self, event: Event, into: list[Said]) -> None:
        if not (self._lays and isinstance(event.what, log.LieReport)):
            into += self._objects(event)
        elif (stroke := _stroke_of(into, event)) is not None:
            _lay(stroke, event.what)

    def _rescore(self, event: Event) -> None:
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
                    self._send("UPDATE", event, said)

    # ── what there is ─────────────────────────────────────────────────────────────────────────

    def _objects(self, event: Event) -> Iterable[Said]:
        """What an event is told as."""
        what = event.what
        if type(what) in self._unsaid:
            return ()
        if isinstance(what, log.HitBall) and what.conceded and not self._gives:
            return ()
        number = self._number(event, what)
        if not event.match or not isinstance(what, _OF_BOTH):
            told = [Said(event.id, event, event.team, number)]
        else:
            teams = self._books.matches.all[event.match].teams
            told = [Said(event.id, event, team, number) for team in teams]
        if isinstance(what, log.HoleFinished):
            for said in told:
                self._end(said)
        return told

    def _number(self, event: Event, what: Any) -> int:
        """The stroke_number of what has one."""
        if type(what) in STROKES:
            return self._numbers.of(event, what.stroke, what.provisional)
        if isinstance(what, log.ProvisionalBallSelected):
            return self._numbers.of(event, what.stroke, what.chosen)
        return 0

    # ── scores ────────────────────────────────────────────────────────────────────────────────

    def _score_cards(self, event: Event) -> Cards | MatchBook:
        """Scores of this round or match alone, for the books are further on when it is woken."""
        if self._scores is None:
            if event.match:
                self._scores = self._books.matches.all[event.match].anew()
            else:
                self._scores = Cards(self._books.tournament.rounds)
        return self._scores

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
        before = 0
        for order, each in ends.items():
            if order < said.event.order and each.score is not None:
                before += each.score.over
        said.score = self._score(said, before)
        said.gives_up = isinstance(self._scores, MatchBook) and self._scores.gives_up(said.event)


@cache
def _about(action: str, kind: str) -> bytes:
    """What stands between the id of an object and its moment."""
    return f'","action":"{action}","type":"{EVENT}.{kind}","created_at":"'.encode()


def _as_said(event: Event) -> Said:
    """A stroke that has the number that the log gives it."""
    what: Any = event.what
    return Said(event.id, event, event.team, what.stroke)


def _keyed(all_said: Iterable[Said]) -> dict[_Key, Said]:
    """What was said, by what it is known by when it is said again."""
    found: dict[_Key, Said] = {}
    for said in all_said:
        what: Any = said.event.what
        player = said.event.player if type(what) in _OF_PLAYER else 0
        stroke, ball = getattr(what, "stroke", 0), getattr(what, "provisional", 0)
        key, nth = (said.team, player, type_of(what), stroke, ball), 0
        while (*key, nth) in found:
            nth += 1
        found[*key, nth] = said
    return found


def _stroke_of(said: Iterable[Said], lie: Event) -> Said | None:
    """The stroke that a lie is of."""
    what = lie.what
    assert isinstance(what, log.LieReport), "it is a lie"
    for each in said:
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
