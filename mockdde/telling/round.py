"""A round told: its groups play hole by hole, its scorers report, all in order of time."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from mockdde import log
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import Group, TeamRound
from mockdde.log import Event
from mockdde.moments import SECOND
from mockdde.records import dataclass, field
from mockdde.scenario.model import Directive, Scenario
from mockdde.scorer import Held, Scorer
from mockdde.story import Outing
from mockdde.story.acts import Act, Played
from mockdde.story.pace import OnCourse, Pace, Pause
from mockdde.story.parties import Party

__all__ = ["Aside", "RoundTelling", "Walk", "of_tournament"]

_BEFORE_TEE = 3 * SECOND  # from RoundStarted to the first tee
_GO_ON = 60 * SECOND  # to the next tee of a match that was thought to be over
_MANY = 128  # events; to put them in order one by one takes longer than to tell them
_AHEAD = 256  # events in order that are told before anybody reads them; a second at --speed 100
_due = attrgetter("due")
_MARGIN = 5 * SECOND  # nothing is said earlier than this before its hole begins


class Aside(NamedTuple):
    """Something about the whole tournament, and when it happens."""

    at: int
    round: int
    what: log.OfTournament


def of_tournament(aside: Aside) -> Event:
    """What is about the whole tournament, before it has its place in the log."""
    return Event(-1, aside.at, aside.at, aside.at, aside.round, 0, 0, 0, aside.what)


@dataclass(slots=True, eq=False)
class Walk:
    """A party's round while it is played."""

    party: Party
    directives: Sequence[Directive]  # the scenario's for it
    held: Held | None  # without directives nothing ever waits
    waiting: list[Event] = field(default_factory=list)  # for its place in the log
    outing: Outing | None = None  # once it is on its first tee
    scorer: Scorer | None = None
    left: bool = False  # for good
    over: Event | None = None  # its last RoundFinished, once it is done

    @property
    def facts(self) -> TeamRound:
        """Its round; of a match the first side's."""
        return self.party.sides[0]

    @property
    def done(self) -> bool:
        """Whether it plays no further hole of the round."""
        return self.over is not None

    def __contains__(self, team: int) -> bool:
        return any(side.team.no == team for side in self.party.sides)


# After each hole of a group: the walks whose rounds are over by the scorers' word.
Done = Callable[[int, Sequence[Walk]], Collection[Walk]]


class RoundTelling:
    """The events of a round; each group is a list of parties."""

    def __init__(
        self,
        scenario: Scenario,
        groups: Sequence[Group],
        parties: Sequence[Sequence[Party]],
        pauses: Sequence[Pause],
        *,
        holds: bool,
        done: Done | None = None,
    ) -> None:
        """``parties`` of each group. ``done`` decides a round that has no last hole."""
        self._scenario, self._pauses, self._done = scenario, pauses, done
        self._on_course: list[OnCourse] = []
        self._walks: list[list[Walk]] = []
        for group, together in zip(groups, parties, strict=True):
            walks = [_walk(scenario, party, holds=holds) for party in together]
            self._walks.append(walks)
            chance = Chance(scenario.seed, "pace", group.round, group.no)
            self._on_course.append(OnCourse(group, walks[0].facts.holes, chance))
        self.walks = [walk for walks in self._walks for walk in walks]
        self._of_team = {walk.facts.team.no: walk for walk in self.walks}
        # What waits for its place in the log, in order; asides, then of each walk.
        self._queues: list[list[Event]] = [[], *(walk.waiting for walk in self.walks)]
        self._said = 0  # since events were last put in order
        self._until = 0  # what is said by then comes before all that is said from now on
        self._ready: deque[Event] = deque()  # in order, before what waits
        self._pace: Pace | None = None  # as long as there is more to be told
        self._wrong: ScenarioError | None = None  # found ahead of its time
        self._stopped = 0  # pauses that all on the course have heard of

    def events(self, asides: Iterable[Aside]) -> Iterator[Event]:
        """All of it in order of time; ``asides`` are put where they belong."""
        said = [of_tournament(aside) for aside in asides]
        for pause in self._pauses:
            round_no = self.walks[0].facts.round
            begins = Aside(pause.begin, round_no, log.PlaySuspended(self._is_night(pause)))
            said += [
                of_tournament(begins),
                of_tournament(Aside(pause.end, round_no, log.PlayResumed())),
            ]
        self._queues[0] += sorted(said, key=_due)
        self._pace = Pace(self._on_course, self._pauses)
        while self._ready or self._pace is not None:
            while self._ready:
                yield self._ready.popleft()
            self._tell()

    def ahead(self) -> bool:
        """Tell a bit that nobody reads yet: a hole of a group. False where enough of it is told.

        What it finds wrong is raised by ``events``, in its place.
        """
        if self._pace is None or self._wrong is not None or len(self._ready) >= _AHEAD:
            return False
        try:
            self._tell()
        except ScenarioError as error:
            self._wrong = error
        return True

    def _tell(self) -> None:
        """One more hole of a group, or that there is none; what is in order is ready then."""
        if self._wrong is not None:
            raise self._wrong
        if self._pace is None:
            return
        limit = self._pace.next
        if limit is None:
            self._pace = None
            self._order(None)
            return
        self._stop(self._pace.stopped)
        self._until = limit - _MARGIN
        if self._said >= _MANY:
            self._order(self._until)
        self._step(self._pace)

    def is_over(self, event: Event) -> bool:
        """Whether with this RoundFinished its round is over, and does not go on after it."""
        return self._of_team[event.team].over is event

    def leave(self, team: int) -> None:
        """A team does not play this round."""
        for walk in self.walks:
            if team in walk:
                walk.left = True

    def heard(self, pause: Pause) -> bool:
        """Whether a pause stopped anybody."""
        return any(
            walk.outing is not None
            and walk.outing.started <= pause.begin < _end(walk.outing.holes[-1])
            for walk in self.walks
        )

    def _order(self, until: int | None) -> None:
        """What is sent before a moment is ready: at one moment asides, then as the walks are."""
        self._said = 0
        found: list[Event] = []
        for waiting in self._queues:
            if waiting and (until is None or waiting[0].due < until):
                many = len(waiting) if until is None else bisect_left(waiting, until, key=_due)
                found += waiting[:many]
                del waiting[:many]
        found.sort(key=_due)
        self._ready += found

    def _is_night(self, pause: Pause) -> bool:
        """Whether midnight at the venue is in it."""
        offset = round(self._scenario.tournament.utc_offset * 3600 * SECOND)
        day = 24 * 3600 * SECOND
        return (pause.begin + offset) // day != (pause.end + offset) // day

    def _stop(self, stopped: int) -> None:
        """Pauses that begin before the next hole are heard by all that are between two holes."""
        if stopped > self._stopped:
            self._stopped = stopped
            for walk in self.walks:
                if walk.scorer is not None and not walk.done:
                    walk.scorer.stop(self._pauses[stopped - 1].end)
                    self._send(walk)

    def _step(self, pace: Pace) -> None:
        at, index, played = pace.step(self._play)
        here = [walk for walk in self._walks[at] if played.keys() & walk.party.balls.keys()]
        for walk in here:
            of_walk = {no: each for no, each in played.items() if no in walk.party.balls}
            some = next(iter(of_walk.values()))
            if walk.scorer is None or walk.outing is None:
                pauses = tuple((pause.begin, pause.end) for pause in self._pauses)
                walk.outing = Outing(walk.facts, some.started - _BEFORE_TEE, pauses, [])
                seed = self._scenario.seed
                walk.scorer = Scorer(walk.party, walk.outing, seed, walk.directives)
                walk.scorer.begin()
            # Of several balls the one that was played last ends the hole.
            walk.outing.holes.append(max(of_walk.values(), key=_end))
            walk.scorer.hole(of_walk)
        over = self._done(index, here) if self._done is not None else ()
        for walk in here:
            last = index + 1 == len(walk.facts.holes)
            if walk.scorer is not None and (walk.left or last or walk in over):
                finished = walk.scorer.finish()
                # What the scorer said after the last hole may have turned a match back.
                if not walk.party.match or walk in self._over(index, [walk]):
                    walk.scorer.close(finished)
                    walk.over = finished
                else:
                    pace.hold(at, walk.scorer.now + _GO_ON)
            self._send(walk)

    def _over(self, index: int, walks: Sequence[Walk]) -> Collection[Walk]:
        assert self._done is not None
        return self._done(index, walks)

    def _play(self, at: int, index: int) -> dict[int, list[Act]]:
        played: dict[int, list[Act]] = {}
        for walk in self._walks[at]:
            if not walk.left and not walk.done:
                played |= walk.party.play(index + 1)
                walk.left = walk.party.left
        return played

    def _send(self, walk: Walk) -> None:
        assert walk.scorer is not None
        said = walk.scorer.take()
        if walk.held is not None:
            said = [*walk.held.sent(said)]
        if said and said[0].due < self._until:  # a directive had to wait for the end of a hole
            self._order(self._until)
        self._said += len(said)
        walk.waiting += said


def _walk(scenario: Scenario, party: Party, *, holds: bool) -> Walk:
    mine = directives(scenario, party)
    return Walk(party, mine, Held() if holds and mine else None)


def directives(scenario: Scenario, party: Party) -> list[Directive]:
    """What the scenario has the scorer of a party say."""
    facts = party.sides[0]
    if party.match:
        return [each for each in scenario.report if each.after.match == party.match]
    return [
        each
        for each in scenario.report
        if (each.after.round, each.after.team) == (facts.round, facts.team.no)
    ]


def _end(played: Played) -> int:
    """When a ball was done with a hole."""
    return played.acts[-1].at if played.acts else played.started
