"""What every tournament's telling is made of: its log, its groups, its rounds and what is true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from mockdde import log
from mockdde.errors import ScenarioError
from mockdde.golf import Group, TeamRound
from mockdde.moments import HOUR, MINUTE, iso_millis
from mockdde.records import dataclass, field
from mockdde.scenario.model import RoundSpec, Scenario
from mockdde.scorer import put_off, take_place
from mockdde.story import Outing, Story
from mockdde.story.draw import planned
from mockdde.story.pace import Pause
from mockdde.telling.round import Aside, RoundTelling, Walk, of_tournament

__all__ = ["CLOSED_AFTER", "DRAWN_AFTER", "DRAWN_BEFORE", "NEXT_ROUND", "SLOT", "Teller", "Truth"]

DRAWN_BEFORE = 48 * HOUR  # the first draw comes out on the Tuesday
DRAWN_AFTER = 20 * MINUTE  # from the end of a round to the draw of the next
NEXT_ROUND = 45 * MINUTE  # from the end of a round to the next at the earliest
SLOT = 5 * MINUTE  # tee times are multiples of this
CLOSED_AFTER = 10 * MINUTE  # from the last round to the end of the tournament


@dataclass(frozen=True, slots=True)
class Truth:
    """The scorer's final word.

    ``strokes`` by (round, team) and the hole's order, of holes holed; ``winners`` of matches that
    are over, by number: the team, 0 where it is halved.
    """

    strokes: dict[tuple[int, int], dict[int, int]] = field(default_factory=dict)
    winners: dict[int, int] = field(default_factory=dict)


class Teller:
    """``events()`` tells it, once; what it tells of rounds, groups and truth grows meanwhile."""

    def __init__(
        self,
        scenario: Scenario,
        *,
        holds: bool = True,
        witness: Callable[[Outing], None] | None = None,
    ) -> None:
        """``holds``: what happens while a team's state is Disconnected is sent when that is over.

        ``witness`` is shown each outing when it is over. ScenarioError where golf cannot be so.
        """
        self.story = Story(scenario)
        self.groups: dict[int, tuple[Group, ...]] = {}  # by round, as drawn last
        self.rounds: dict[tuple[int, int], TeamRound] = {}  # by round and team, as drawn last
        self.truth = Truth()
        self._scenario, self._holds, self._witness = scenario, holds, witness
        self._playing: set[tuple[int, int]] = set()  # rounds and teams that were played
        self._last = 0  # due of the last event
        self._count = 0
        self._told: RoundTelling | None = None  # the round that is being told

    def events(self) -> Iterator[log.Event]:
        """The log in order. ScenarioError where a directive speaks of what was never played."""
        raise NotImplementedError

    def ahead(self) -> bool:
        """Tell a bit of a round that is being played before it is read, so that nobody waits then.

        False where enough is told. What ``groups``, ``rounds`` and ``truth`` have is the same
        until the round is read to its end.
        """
        return self._told is not None and self._told.ahead()

    def _start(self, spec: RoundSpec) -> int:
        """When a round begins, which is later than planned where the one before ends late."""
        start = planned(self._scenario, spec)
        if not self._playing or start >= self._last + NEXT_ROUND:
            return start
        if spec.start is None:
            return -(-(self._last + NEXT_ROUND) // SLOT) * SLOT
        if start < self._last:
            before = self._scenario.rounds[self._scenario.rounds.index(spec) - 1].no
            begins = iso_millis(start)[:16]
            message = f"round {spec.no} begins at {begins}Z, when round {before} is not over"
            raise ScenarioError(spec.mark, f"{message}; give it a later start")
        return start

    def _follow(
        self,
        round_no: int,
        told: RoundTelling,
        asides: Iterable[Aside],
        *,
        closes: bool = True,
    ) -> Iterator[log.Event]:
        """The events of a round, and (``closes``) that it is complete and official for all."""
        playing = [walk for walk in told.walks if not walk.left]
        self._playing |= {(round_no, side.team.no) for walk in playing for side in walk.party.sides}
        finished = official = 0
        self._told = told
        for event in told.events(asides):
            yield self._placed(event)
            what = event.what
            if isinstance(what, log.RoundFinished):
                over = told.is_over(event)
                finished += over
                if closes and over and finished == len(playing):
                    yield self._said(Aside(self._last, round_no, log.PlayComplete()))
                    yield from self._complete(round_no)
            elif isinstance(what, log.RoundOfficial):
                official += 1
                if closes and official == len(playing):
                    yield self._said(Aside(self._last, round_no, log.RoundClosed()))
        self._told = None
        if not playing:  # who was in the draw is not there
            yield self._said(Aside(self._last, round_no, log.RoundClosed()))

    def _complete(self, round_no: int) -> Iterator[log.Event]:  # noqa: ARG002
        """What follows when all have finished a round."""
        yield from ()

    def _witnessed(self, walk: Walk) -> None:
        if self._witness is not None and walk.outing is not None:
            self._witness(walk.outing)

    # ── the log ───────────────────────────────────────────────────────────────────────────────

    def _said(self, aside: Aside) -> log.Event:
        return self._placed(of_tournament(aside))

    def _placed(self, event: log.Event) -> log.Event:
        """The event, now that all before it is in the log."""
        if event.due < self._last:
            put_off(event, self._last)
        self._last = event.due
        take_place(event, self._count)
        self._count += 1
        return event

    # ── what cannot be ────────────────────────────────────────────────────────────────────────

    def _pauses(self, round_no: int, first_tee_time: int) -> list[Pause]:
        specs = [each for each in self._scenario.suspensions if each.round == round_no]
        pauses: list[Pause] = []
        for spec in sorted(specs, key=lambda each: each.at):
            begin = first_tee_time + spec.at
            if pauses and begin < pauses[-1].end:
                gap = (pauses[-1].end - first_tee_time) // MINUTE
                message = (
                    f"play is suspended already; it goes on {gap} minutes after the first tee time"
                )
                raise ScenarioError(spec.mark, message)
            pauses.append(Pause(begin, begin + spec.length))
        return pauses

    def _refuse_idle(self, round_no: int, told: RoundTelling, groups: tuple[Group, ...]) -> None:
        """Refuse a suspension of nobody."""
        for stop in self._scenario.suspensions:
            if stop.round == round_no:
                begin = groups[0].tee_time + stop.at
                if not told.heard(Pause(begin, begin + stop.length)):
                    message = f"nobody is on the course of round {stop.round} at that time"
                    raise ScenarioError(stop.mark, f"{message}; change at")
