"""A round told: its groups play hole by hole, its scorers report, all in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mockdde import log
from mockdde.chance import Chance
from mockdde.golf import Group, TeamRound
from mockdde.moments import SECOND
from mockdde.scorer import Draft, Held, Scorer
from mockdde.story import Outing, Story
from mockdde.story.acts import Act
from mockdde.story.pace import OnCourse, Pace, Pause

if TYPE_CHECKING:
    from mockdde.telling.level import Plan

__all__ = ["Aside", "RoundTelling", "Sent", "Walk", "of_tournament"]

_BEFORE_TEE = 3 * SECOND  # from RoundStarted to the first tee
_MARGIN = 5 * SECOND  # nothing is said earlier than this before its hole begins


class Aside(NamedTuple):
    """Something about the whole tournament, and when it happens."""

    at: int
    round: int
    what: log.OfTournament


class Sent(NamedTuple):
    """A draft in its place of the log; without a walk it is about the whole tournament."""

    draft: Draft
    round: int
    walk: Walk | None


def of_tournament(aside: Aside) -> Sent:
    """What is about the whole tournament, as it is sent."""
    return Sent(Draft(aside.at, aside.at, 0, aside.what), aside.round, None)


@dataclass(slots=True, eq=False)
class Walk:
    """A team's round while it is played."""

    facts: TeamRound
    held: Held
    outing: Outing | None = None  # once it is on its first tee
    scorer: Scorer | None = None
    left: bool = False  # for good
    done: bool = False


class RoundTelling:
    """The events of a round; ``gone`` are teams that do not play, by who they are."""

    def __init__(
        self,
        story: Story,
        groups: Sequence[Group],
        rounds: dict[tuple[int, int], TeamRound],
        pauses: Sequence[Pause],
        *,
        holds: bool,
        plan: Plan | None = None,
        done: Callable[[int, Sequence[Walk]], Collection[int]] | None = None,
    ) -> None:
        """``plan`` has what is played already, before it is told.

        ``done`` is asked after each hole of a group which teams' rounds are over, for a round that
        has no last hole.
        """
        self._story, self._pauses, self._plan, self._done = story, pauses, plan, done
        seed = story.scenario.seed
        self._on_course: list[OnCourse] = []
        self._walks: list[list[Walk]] = []
        for group in groups:
            walks = [Walk(rounds[group.round, no], Held(holds=holds)) for no in group.teams]
            holes = walks[0].facts.holes
            self._walks.append(walks)
            chance = Chance(seed, "pace", group.round, group.no)
            self._on_course.append(OnCourse(group, holes, chance))
        self.walks = [walk for walks in self._walks for walk in walks]
        self._places = {id(walk): place for place, walk in enumerate(self.walks)}
        self._heap: list[tuple[int, int, int, Sent]] = []
        self._count = 0
        self._stopped = 0  # pauses that all on the course have heard of

    def events(self, asides: Iterable[Aside]) -> Iterator[Sent]:
        """All of it in order of time; ``asides`` are put where they belong."""
        pace = Pace(self._on_course, self._pauses)
        for aside in asides:
            self._push(of_tournament(aside), -1)
        for pause in self._pauses:
            overnight = self._is_night(pause)
            round_no = self.walks[0].facts.round
            begins = Aside(pause.begin, round_no, log.PlaySuspended(overnight))
            self._push(of_tournament(begins), -1)
            self._push(of_tournament(Aside(pause.end, round_no, log.PlayResumed())), -1)
        while (limit := pace.next) is not None:
            self._stop(pace.stopped)
            while self._heap and self._heap[0][0] < limit - _MARGIN:
                yield heapq.heappop(self._heap)[-1]
            self._step(pace)
        while self._heap:
            yield heapq.heappop(self._heap)[-1]

    def leave(self, team: int) -> None:
        """A team does not play this round."""
        for walk in self.walks:
            if walk.facts.team.no == team:
                walk.left = True

    def heard(self, pause: Pause) -> bool:
        """Whether a pause stopped anybody."""
        return any(
            walk.outing is not None
            and walk.outing.started <= pause.begin < walk.outing.holes[-1].acts[-1].at
            for walk in self.walks
        )

    def _push(self, sent: Sent, place: int) -> None:
        self._count += 1
        heapq.heappush(self._heap, (sent.draft.due, place, self._count, sent))

    def _is_night(self, pause: Pause) -> bool:
        """Whether midnight at the venue is in it."""
        offset = round(self._story.scenario.tournament.utc_offset * 3600 * SECOND)
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
        here = [walk for walk in self._walks[at] if walk.facts.team.no in played]
        for walk in here:
            hole = played[walk.facts.team.no]
            if walk.scorer is None or walk.outing is None:
                pauses = tuple((pause.begin, pause.end) for pause in self._pauses)
                walk.outing = Outing(walk.facts, hole.started - _BEFORE_TEE, pauses, [])
                walk.scorer = Scorer(self._story, walk.outing)
                walk.scorer.begin()
            walk.outing.holes.append(hole)
            walk.scorer.hole(hole)
        over = self._done(index, here) if self._done is not None else ()
        for walk in here:
            last = index + 1 == len(walk.facts.holes)
            if walk.scorer is not None and (walk.left or last or walk.facts.team.no in over):
                walk.scorer.finish()
                walk.done = True
            self._send(walk)

    def _play(self, at: int, index: int) -> dict[int, list[Act]]:
        played: dict[int, list[Act]] = {}
        for walk in self._walks[at]:
            if not walk.left and not walk.done:
                plan = self._plan(walk.facts, index + 1) if self._plan is not None else None
                acts, walk.left = plan or self._story.play(walk.facts, index + 1)
                played[walk.facts.team.no] = acts
        return played

    def _send(self, walk: Walk) -> None:
        assert walk.scorer is not None
        for draft in walk.held.sent(walk.scorer.take()):
            self._push(Sent(draft, walk.facts.round, walk), self._places[id(walk)])
