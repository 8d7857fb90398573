"""The oracle: what a perfect client holds, told from the story and not from packets.

Scores are those of the scorers' books. What a client cannot know, and what two good clients may
say otherwise, is left out: a hole while it is sent again, the score to par while a hole is holed
and not yet finished, that a match is over before a packet says so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import Any, TypeAlias

import orjson

from mockdde import log
from mockdde.books import Books
from mockdde.cards import HoleCard
from mockdde.feeds.live._ids import Ids
from mockdde.kit.cases import Staged
from mockdde.kit.features import Features, features_of
from mockdde.kit.targets import Target
from mockdde.log import Event
from mockdde.matchbook import MatchBook, MatchLine, SideLine
from mockdde.records import dataclass, field

__all__ = ["SCHEMA", "Oracle", "State"]

State: TypeAlias = dict[str, Any]

SCHEMA = "mockdde.state/1"
_LINKS = {
    "Connected": "connected",
    "PartiallyDisconnected": "partially_disconnected",
    "Disconnected": "disconnected",
}


@dataclass(slots=True)
class _Stream:
    """A target as far as it was told; the team of all that is of a match is 0."""

    target: Target
    match: int  # as the log has it; 0 in stroke play
    links: dict[int, str] = field(default_factory=dict)  # the last ConnectionStateChanged, by team
    correcting: set[tuple[int, int]] = field(default_factory=set)  # holes by team and order
    begun: dict[int, set[int]] = field(default_factory=dict)  # orders of holes, by team
    ended: set[int] = field(default_factory=set)  # teams that have finished
    official: bool = False


class Oracle:
    """``at`` and ``final`` give state documents, see ``schemas/kit/state``."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged
        self._tournament = staged.tournament
        self._log = staged.tournament.log.whole()
        self._ids = Ids(staged.tournament)
        self._is_live = staged.case.dialect == "live"
        faults = {each.fault for each in staged.tournament.scenario.wire}
        self._hears_links = "link_state" not in faults  # which tells of links what nobody reported
        self._numbers = {path: [*_numbers(staged, path)] for path in staged.sent}
        self._moment, self._next = -1, 0  # what was asked for last, and the event to come
        self._begin()

    def at(self, moment: int) -> State:
        """What is to be held right after all that is due by then was sent.

        Asked in the order of time it reads the story once.
        """
        if moment < self._moment:
            self._begin()
        self._moment = moment
        while self._next < len(self._log) and self._log[self._next].due <= moment:
            self._apply(self._log[self._next])
            self._next += 1
        return self._document()

    def final(self) -> State:
        """What is to be held in the end."""
        return self.at(max(self._log[-1].due, self._staged.ends))

    @cached_property
    def story(self) -> Features:
        """What happens in the story of the targets, and where."""
        return features_of(self._staged)

    def features(self) -> list[str]:
        """What happens in the story of the targets, sorted."""
        return self.story.all

    # ── the fold ──────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        self._moment, self._next = -1, 0
        self._books = Books(self._tournament)
        self._streams: dict[tuple[int, ...], _Stream] = {}
        for target in self._staged.targets:
            if target.round is None:
                assert target.match is not None, "a target is of a round or of a match"
                no = self._ids.match_no(target.match) if self._is_live else target.match
                self._streams[no,] = _Stream(target, no)
            elif self._is_live:
                self._streams[target.round, 0] = _Stream(target, 0)
            else:
                self._streams[target.round, target.teams[0]] = _Stream(target, 0)

    def _apply(self, event: Event) -> None:
        self._books.apply(event)
        key = (event.match,) if event.match else (event.round, 0 if self._is_live else event.team)
        stream = self._streams.get(key)
        if stream is not None and event.team:
            _tell(stream, event)

    # ── the document ──────────────────────────────────────────────────────────────────────────

    def _document(self) -> State:
        document: State = {"schema": SCHEMA, "streams": {}}
        for stream in self._streams.values():
            target = stream.target
            document["streams"][target.path] = self._of_stream(stream)
            if stream.match:
                book = self._books.matches.all.get(stream.match)
                if book is not None and stream.begun:
                    key = f"{target.tournament}/{target.match}"
                    document.setdefault("matches", {})[key] = self._of_match(stream, book)
                continue
            for team in stream.begun:
                key = f"{target.tournament}/{target.round}/{self._team(team)}"
                document.setdefault("rounds", {})[key] = self._of_round(stream, team)
        return document

    def _team(self, no: int) -> int:
        return self._ids.team(no) if self._is_live else no

    def _of_stream(self, stream: _Stream) -> State:
        path = stream.target.path
        count = bisect_right(self._staged.moments[path], self._moment)
        found: State = {"last_applied": self._applied(path, count), "final": False}
        if not count:
            return found
        final = self._is_final(stream, count)
        if final is None:
            del found["final"]
        else:
            found["final"] = final
        links = {*stream.links.values()}
        if not self._is_live:
            found["mode"] = "hole_correction" if stream.correcting else "normal"
            for link in links if self._hears_links else ():  # there is one team, or one match
                found["source_link"] = _LINKS[link]
        if final is False:  # who has got all may vouch for it, or may not care any more
            found["transport"] = "open"
            trusted = links <= {"Connected"} and not stream.correcting
            if (trusted or not self._is_live) and self._hears_links:
                found["trusted"] = trusted
        return found

    def _applied(self, path: str, count: int) -> int | str | None:
        return self._numbers[path][count - 1] if count else None

    def _is_final(self, stream: _Stream, count: int) -> bool | None:
        """Whether nothing can change any more; None where it may yet, and no message says so."""
        if not self._is_live:
            return stream.official
        if stream.match:
            ended = 0 in stream.ended
        else:
            ended = {self._team(each) for each in stream.ended} >= {*stream.target.teams}
        if ended and count < len(self._staged.moments[stream.target.path]):
            return None
        return ended

    def _of_round(self, stream: _Stream, team: int) -> State:
        no = stream.target.round
        assert no is not None, "the stream is of a round"
        card = self._books.cards.round(no, team)
        holes = self._tournament.rounds[no, team].holes
        found: State = {"holes": {}}
        clear = True
        for order in sorted(stream.begun[team]):
            hole = card.holes[order]
            again = (team, order) in stream.correcting
            clear = clear and not again and hole.holed <= hole.finished
            of_hole = {} if again else self._of_hole(hole, self._chosen(no, team, order))
            found["holes"][str(order)] = {"no": holes[order - 1].no, **of_hole}
        if clear:
            found["to_par"] = card.to_par
        return found

    def _chosen(self, no: int, team: int, order: int) -> bool:
        """Whether a ball was chosen there, and nothing is said of it."""
        if not self._is_live or self._tournament.quirks["live-provisional"] != "absent":
            return False
        told = self._books.shots.of(no, team)[order].told
        return any(isinstance(each.what, log.ProvisionalBallSelected) for each in told)

    def _of_hole(self, hole: HoleCard, unsaid: bool) -> State:
        found: State = {"holed": hole.holed}
        if hole.finished or not unsaid:
            found["strokes"] = hole.strokes
        counts = self._is_live or self._tournament.quirks["penalty-assessed"] == "count"
        if hole.rescored is None and counts and not unsaid:
            found["penalties"] = hole.penalties
        return found

    def _of_match(self, stream: _Stream, book: MatchBook) -> State:
        found: State = {"holes": {}}
        for order in sorted(stream.begun[0]):
            again = (0, order) in stream.correcting
            line = None if again else book.lines.get(order)
            of_hole = {} if line is None else self._of_line(line, book)
            found["holes"][str(order)] = {"no": book.holes[order - 1].no, **of_hole}
        if stream.correcting:
            return found
        leader = book.teams[0 if book.up > 0 else 1] if book.up else None
        winner = book.winner
        if book.conceded and (leader != winner or not book.struck):
            pass  # how many holes that is worth is nowhere said
        else:
            found["played"], found["up"] = book.played, abs(book.up)
            found["leader"] = None if leader is None else self._team(leader)
        if book.complete == (0 in stream.ended):
            found["complete"] = book.complete
            found["winner"] = None if winner is None else self._team(winner)
        return found

    def _of_line(self, line: MatchLine, book: MatchBook) -> State:
        teams = [self._team(each) for each in book.teams]
        winner = None if not line.result else teams[0 if line.result > 0 else 1]
        sides = zip(teams, line.sides, strict=True)
        strokes = {str(team): side.strokes for team, side in sides if _is_clear(side)}
        return {"winner": winner, "strokes": strokes}


def _numbers(staged: Staged, path: str) -> Iterator[int | str | None]:
    """By which number each packet of a stream, and all before it, is known to have been applied."""
    last: int | str | None = None
    for each in staged.sent[path]:
        if staged.case.dialect == "live":
            last = orjson.loads(each.payload)["id"]
        elif each.seq is not None:
            last = each.seq
        yield last


def _tell(stream: _Stream, event: Event) -> None:
    """Take in what is no score."""
    team = 0 if event.match else event.team
    match event.what:
        case log.ConnectionState(state):
            stream.links[team] = state
        case log.Mode(begins=True):
            stream.correcting.add((team, event.order))
        case log.Mode():
            stream.correcting.discard((team, event.order))
        case log.HoleStarted():
            stream.begun.setdefault(team, set()).add(event.order)
            if event.match and not stream.correcting:  # it goes on
                stream.ended.discard(0)
        case log.RoundFinished():
            stream.ended.add(team)
        case log.RoundOfficial():
            stream.official = True


def _is_clear(side: SideLine) -> bool:
    """Whether all agree on its strokes: a ball may be in the hole of a side that gave it up."""
    return side.reason == "BallHoled" or not any(ball.holed for ball in side.balls)
