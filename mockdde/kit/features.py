"""Features: what happens in the story of a case, such as penalty or correction/drop, and where.

A difference is put down to the features of its hole, so that a client is told what it gets wrong.

feature            is said of a hole on which
-----------------  -------------------------------------------------------------------------------
plain              nothing else of this table happens
penalty            penalty strokes are told: also penalty/with-drop, penalty/without-drop,
                   penalty/two-strokes, penalty/disqualified
drop               a ball is dropped: also drop/free, without a penalty
provisional        a ball is chosen: also provisional/kept, provisional/played (whichever), and
                   provisional/second where a second one was hit
correction         a packet is corrected: also correction/lie, correction/measured-lie,
                   correction/penalty, correction/drop; correction/twice, of one packet, and
                   correction/later, when a later hole has begun
hole-score-update  its score is said: also hole-score-update/after-round, hole-score-update/twice
hole-correction    it is sent again: also hole-correction/finished or hole-correction/in-progress,
                   hole-correction/longer or hole-correction/shorter, in strokes,
                   hole-correction/interrupted, by a loss of the source,
                   hole-correction/two-in-a-row
not-holed          no ball is holed: also not-holed/Withdrawn and the like
scores-only        nothing is reported but its score
same-hole-again    a hole is played that was before, in the same round
halved             the two sides of a match are level
concession/hole    it is conceded; loss-of-hole where it is lost otherwise
changes-winner     what is said anew gives it to another side
gimme              a putt is given
referee, hammer    one is called, or thrown

feature            is said of a round or match
-----------------  -------------------------------------------------------------------------------
order-not-number   whose holes are not numbered as they are played
playoff            that is one: also playoff/second, which is not the team's first
several-rounds     whose team has others, too
suspension         in which play is stopped
link               whose source is lost: also link/disconnected, link/partially
match              that is a match: also match/singles, match/fourball, match/foursomes,
                   match/halved, match/extra-holes, match/decided-early, match/reopened
concession/match   that is conceded: also concession/before-start
never-begun        of which nothing is ever sent
"""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from mockdde import log
from mockdde.books import Books
from mockdde.feeds.live._ids import Ids
from mockdde.golf import Hole, is_playoff
from mockdde.kit.cases import Staged
from mockdde.kit.targets import Target
from mockdde.log import Event
from mockdde.matchbook import MatchBook
from mockdde.records import dataclass, field

__all__ = ["Features", "features_of"]

_Where: TypeAlias = tuple[int, int]  # the round and the team; of a match 0 and its number

_PLAYS = {"REGULAR": "singles", "FOUR_BALL": "fourball", "FOURSOMES": "foursomes"}
_CORRECTED = {log.Penalty: "penalty", log.BallDrop: "drop"}
_LINKS = {"Disconnected": "link/disconnected", "PartiallyDisconnected": "link/partially"}
_SAID_ANEW = (log.Correction, log.HoleScore, log.Mode)
_STROKES = (log.AddressingBall, log.HitBall, log.BallHoled, log.HoleFinished)


@dataclass(frozen=True, slots=True)
class Features:
    """Keys are those of rounds and matches in a state document."""

    holes: dict[tuple[str, int], set[str]]  # by key and order
    wholes: dict[str, set[str]]  # of the round or match, by key
    keys: dict[str, tuple[str, ...]]  # of each target, by path

    @property
    def all(self) -> list[str]:
        """All of them, sorted."""
        none: set[str] = set()
        return sorted(none.union(*self.holes.values(), *self.wholes.values()))

    def of_hole(self, key: str, order: int) -> list[str]:
        """Those of a hole, and of its round or match; plain where the story has no such hole."""
        return sorted(self.holes.get((key, order), {"plain"}) | self.wholes.get(key, set()))

    def of_whole(self, key: str) -> list[str]:
        """Those of a round or match, and of all its holes."""
        found = set(self.wholes.get(key, ()))
        return sorted(found.union(*(each for (of, _), each in self.holes.items() if of == key)))

    def of_stream(self, path: str) -> list[str]:
        """Those of all that a target is of."""
        none: set[str] = set()
        return sorted(none.union(*(self.of_whole(key) for key in self.keys.get(path, ()))))


def features_of(staged: Staged) -> Features:
    """Those of the targets of a case."""
    reader = _Reader(staged)
    for event in staged.tournament.log.whole():
        reader.read(event)
    return reader.end()


@dataclass(slots=True)
class _HoleStory:
    """A hole so far."""

    found: set[str] = field(default_factory=set)
    strokes: int = 0  # of it as it was said last
    before: int = 0  # the same, before it is sent again
    finished: bool = False
    scores: int = 0  # how often its score was said
    corrected: Counter[int] = field(default_factory=Counter)
    owed: dict[tuple[int, int], int] = field(default_factory=dict)  # a drop, by team and player


@dataclass(slots=True)
class _Whole:
    """A round or match so far."""

    key: str
    order: tuple[Hole, ...] = ()  # its holes in the order of play
    found: set[str] = field(default_factory=set)
    holes: dict[int, _HoleStory] = field(default_factory=dict)
    correcting: int = 0  # the order of the hole that is sent again
    corrected_last: bool = False  # nothing was said since a hole was sent again
    over: bool = False


class _Reader:
    """The fold."""

    def __init__(self, staged: Staged) -> None:
        self._tournament = staged.tournament
        self._is_live = staged.case.dialect == "live"
        self._ids = Ids(staged.tournament)
        self._books = Books(staged.tournament) if staged.tournament.is_match_play else None
        self._staged = staged
        self._wholes: dict[_Where, _Whole] = {}
        self._paths: dict[str, tuple[str, ...]] = {}
        for target in staged.targets:
            wheres = self._wheres(target)
            self._wholes.update(wheres)
            self._paths[target.path] = tuple(each.key for each in wheres.values())

    def _wheres(self, target: Target) -> dict[_Where, _Whole]:
        if target.round is None:
            no = target.match or 0
            own = self._ids.match_no(no) if self._is_live else no
            return {(0, own): _Whole(f"{target.tournament}/{no}", found={"match"})}
        found = {}
        for team in target.teams:
            own = self._ids.team_no(team) if self._is_live else team
            whole = _Whole(f"{target.tournament}/{target.round}/{team}")
            if (facts := self._tournament.rounds.get((target.round, own))) is not None:
                whole.order = facts.holes
            if is_playoff(target.round):
                whole.found.add("playoff")
                if target.round % 100 > 1:
                    whole.found.add("playoff/second")
            found[target.round, own] = whole
        return found

    def read(self, event: Event) -> None:
        """Take in an event of the log."""
        before = self._match(event.match)
        was = (before.complete, _result(before, event.order)) if before is not None else None
        if self._books is not None:
            self._books.apply(event)
        whole = self._wholes.get((0, event.match) if event.match else (event.round, event.team))
        if whole is None or not event.team:
            return
        self._of_whole(whole, event)
        if was is not None and isinstance(event.what, _SAID_ANEW):
            self._said_anew(whole, event, *was)

    def _match(self, no: int) -> MatchBook | None:
        return self._books.matches.all.get(no) if self._books is not None and no else None

    def _said_anew(self, whole: _Whole, event: Event, complete: bool, result: int | None) -> None:
        book = self._match(event.match)
        assert book is not None, "it was there before"
        if complete and not book.complete:
            whole.found.add("match/reopened")
        if result is not None and result != _result(book, event.order):
            whole.holes[event.order].found.add("changes-winner")

    def _of_whole(self, whole: _Whole, event: Event) -> None:
        last, whole.corrected_last = whole.corrected_last, False
        match event.what:
            case log.RoundFinished():
                whole.over = True
            case log.Suspension(resumed=False):
                whole.found.add("suspension")
            case log.ConnectionState(state) if state in _LINKS:
                whole.found |= {"link", _LINKS[state]}
                if whole.correcting:
                    whole.holes[whole.correcting].found.add("hole-correction/interrupted")
            case log.MatchConceded():
                whole.found.add("concession/match")
            case log.Mode(begins=True):
                _sent_again(whole, event, again=last)
            case log.Mode():
                _was_sent_again(whole, event)
            case log.HoleStarted():
                _started(whole, event)
            case _ if event.order in whole.holes:
                _of_hole(whole, whole.holes[event.order], event)

    # ── in the end ────────────────────────────────────────────────────────────────────────────

    def end(self) -> Features:
        """All that was found."""
        holes, wholes = {}, {}
        for (no, number), whole in self._wholes.items():
            if (book := self._match(number)) is not None and no == 0:
                _end_match(whole, book)
            elif no:
                self._end_round(whole, no, number)
            if not whole.holes:
                whole.found.add("never-begun")
            wholes[whole.key] = whole.found
            for order, hole in whole.holes.items():
                if hole.owed:
                    hole.found.add("penalty/without-drop")
                holes[whole.key, order] = hole.found or {"plain"}
        return Features(holes, wholes, self._paths)

    def _end_round(self, whole: _Whole, no: int, team: int) -> None:
        numbers = [(order, whole.order[order - 1].no) for order in whole.holes]
        _of_order(whole, numbers)
        others = {at for at, of in self._wholes if of == team and at and not is_playoff(at)}
        if len(others) > 1 and not is_playoff(no):
            whole.found.add("several-rounds")


def _result(book: MatchBook, order: int) -> int | None:
    return book.lines[order].result if order in book.lines else None


def _of_order(whole: _Whole, numbers: list[tuple[int, int]]) -> None:
    """What the numbers of holes are in the order of play."""
    if any(order != no for order, no in numbers):
        whole.found.add("order-not-number")
    played: set[int] = set()
    for order, no in sorted(numbers):
        if no in played:
            whole.holes[order].found.add("same-hole-again")
        played.add(no)


def _end_match(whole: _Whole, book: MatchBook) -> None:
    whole.found.add(f"match/{_PLAYS[book.play]}")
    _of_order(whole, [(order, book.holes[order - 1].no) for order in whole.holes])
    for order, line in book.lines.items():
        if order in whole.holes and line.result == 0:
            whole.holes[order].found.add("halved")
    if book.complete and book.winner is None:
        whole.found.add("match/halved")
    if book.conceded and not book.struck:
        whole.found.add("concession/before-start")
    elif book.played > book.over:
        whole.found.add("match/extra-holes")
    elif book.complete and book.played < book.over:
        whole.found.add("match/decided-early")


def _started(whole: _Whole, event: Event) -> None:
    if event.order not in whole.holes:
        whole.holes[event.order] = _HoleStory()


def _sent_again(whole: _Whole, event: Event, *, again: bool) -> None:
    hole = whole.holes[event.order]
    state = "finished" if hole.finished else "in-progress"
    hole.found |= {"hole-correction", f"hole-correction/{state}"}
    if again:
        hole.found.add("hole-correction/two-in-a-row")
    hole.before, hole.strokes, hole.finished = hole.strokes, 0, False
    whole.correcting = event.order


def _was_sent_again(whole: _Whole, event: Event) -> None:
    hole = whole.holes[event.order]
    if hole.strokes != hole.before:
        longer = hole.strokes > hole.before
        hole.found.add(f"hole-correction/{'longer' if longer else 'shorter'}")
    whole.correcting, whole.corrected_last = 0, True


def _of_hole(whole: _Whole, hole: _HoleStory, event: Event) -> None:
    ball = (event.team, event.player)
    if isinstance(event.what, _STROKES) and hole.owed.pop(ball, None) is not None:
        hole.found.add("penalty/without-drop")
    match event.what:
        case log.HitBall(provisional=ball_no, conceded=conceded):
            hole.strokes += ball_no == 0
            hole.found |= {"gimme"} if conceded else set()
            hole.found |= {"provisional/second"} if ball_no > 1 else set()
        case log.Penalty(strokes=strokes, disqualified=disqualified):
            hole.strokes += strokes
            hole.found.add("penalty")
            hole.found |= {"penalty/two-strokes"} if strokes > 1 else set()
            hole.found |= {"penalty/disqualified"} if disqualified else set()
            hole.owed[ball] = strokes
        case log.BallDrop():
            owed = hole.owed.pop(ball, None) is not None
            hole.found |= {"drop", "penalty/with-drop" if owed else "drop/free"}
        case log.ProvisionalBallSelected(chosen=chosen, penalty=penalty):
            hole.strokes += chosen + penalty
            hole.found |= {"provisional", f"provisional/{'played' if chosen else 'kept'}"}
        case log.HoleFinished(reason, scored):
            hole.finished = True
            hole.strokes += scored or 0
            hole.found |= _endings(reason) | ({"scores-only"} if scored is not None else set())
        case _:
            _aside(whole, hole, event)


def _aside(whole: _Whole, hole: _HoleStory, event: Event) -> None:
    match event.what:
        case log.Correction(of, content):
            kind = _CORRECTED.get(type(content), "lie")
            if isinstance(content, log.LieReport) and content.detailed:
                kind = "measured-lie"
            hole.found |= {"correction", f"correction/{kind}"}
            hole.corrected[of] += 1
            hole.found |= {"correction/twice"} if hole.corrected[of] > 1 else set()
            later = event.order < max(whole.holes)
            hole.found |= {"correction/later"} if later else set()
        case log.HoleScore():
            hole.scores += 1
            hole.found.add("hole-score-update")
            hole.found |= {"hole-score-update/after-round"} if whole.over else set()
            hole.found |= {"hole-score-update/twice"} if hole.scores > 1 else set()
        case log.RefereeCalled():
            hole.found.add("referee")
        case log.TglHammerThrown():
            hole.found.add("hammer")


def _endings(reason: str) -> set[str]:
    if reason in ("BallHoled", "HoleWon"):
        return set()
    if reason == "HoleConceded":
        return {"concession/hole"}
    if reason == "LossOfHole":
        return {"loss-of-hole"}
    return {"not-holed", f"not-holed/{reason}"}
