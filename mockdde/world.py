"""The tournaments one server serves: each a scenario told and reported as far as somebody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from mockdde import assets
from mockdde.errors import UsageError
from mockdde.golf import Course, Group, Hole, Squad, Team, TeamRound
from mockdde.log import Drawn, Event
from mockdde.quirks import Quirks
from mockdde.records import dataclass, replace
from mockdde.scenario import Scenario, open_scenario
from mockdde.story import Outing
from mockdde.story.draw import planned
from mockdde.telling import Teller, Telling, Truth

__all__ = ["Log", "Tournament", "built_in", "stage", "stage_all"]


class Log:
    """The events of a tournament in order, told as they are read and kept."""

    __slots__ = ("_ahead", "_kept", "_rest")

    def __init__(self, events: Iterator[Event], ahead: Callable[[], bool] = bool) -> None:
        """``ahead`` does a bit of the work of the next events; False where there is none."""
        self._kept: list[Event] = []
        self._rest: Iterator[Event] | None = events
        self._ahead = ahead

    @property
    def is_whole(self) -> bool:
        """Whether all of it is told."""
        return self._rest is None

    def at(self, place: int) -> Event | None:
        """The event there; None after the last."""
        while place >= len(self._kept) and self._rest is not None:
            event = next(self._rest, None)
            if event is None:
                self._rest = None
            else:
                self._kept.append(event)
        return self._kept[place] if place < len(self._kept) else None

    def ahead(self) -> bool:
        """Do a bit of what somebody who reads on would wait for; False where enough is done."""
        return self._rest is not None and self._ahead()

    def told(self, start: int, stop: int) -> list[Event]:
        """Events that were read before, from one place up to another."""
        return self._kept[start:stop]

    def whole(self) -> list[Event]:
        """All events; the tournament is told to its end."""
        self._kept.extend(self._rest or ())
        self._rest = None
        return self._kept

    def __iter__(self) -> Iterator[Event]:
        place = 0
        while (event := self.at(place)) is not None:
            yield event
            place += 1


@dataclass(frozen=True, slots=True)
class Tournament:
    """A scenario with its log: all that a feed renders.

    ``groups``, ``rounds`` and ``truth`` have what the log has come to: they grow as it is read.
    """

    scenario: Scenario
    quirks: Quirks
    log: Log
    telling: Teller

    @property
    def id(self) -> int:
        """The tournament's number in every URL."""
        return self.scenario.tournament.id

    @property
    def name(self) -> str:
        """What liveevents calls it."""
        return self.scenario.tournament.name

    @property
    def tour(self) -> str:
        """PGA tour, European Tour or LPGA Tour; some keys come from one tour only."""
        return self.scenario.tournament.tour

    @property
    def utc_offset(self) -> float:
        """Hours from UTC at the venue."""
        return self.scenario.tournament.utc_offset

    @property
    def teams(self) -> dict[int, Team]:
        """The field by number, alternates too."""
        return self.telling.story.teams

    @property
    def is_match_play(self) -> bool:
        """Whether it is played in matches; all else is stroke play."""
        return self.scenario.tournament.is_match_play

    @property
    def squads(self) -> tuple[Squad, ...]:
        """The sides of a team match; there may be none."""
        return self.telling.story.squads

    @property
    def courses(self) -> tuple[Course, ...]:
        """The courses, the main one first."""
        return self.telling.story.courses

    @property
    def match_numbers(self) -> list[int]:
        """The numbers of all matches that there may ever be; none in stroke play."""
        if not self.is_match_play:
            return []
        from mockdde.scenario.matches import rounds_by_match  # noqa: PLC0415  (as in ``stage``)

        return list(rounds_by_match(self.scenario))

    @property
    def groups(self) -> dict[int, tuple[Group, ...]]:
        """The groups by round."""
        return self.telling.groups

    @property
    def rounds(self) -> dict[tuple[int, int], TeamRound]:
        """The rounds by number and team, of all that is drawn."""
        return self.telling.rounds

    @property
    def truth(self) -> Truth:
        """The scorers' final word on the rounds that are over."""
        return self.telling.truth

    @property
    def begins(self) -> int:
        """The first moment of play: when the first packet is sent (milliseconds since 1970)."""
        return next(event.due for event in self.log if event.team)

    def holes(self, round_no: int, course: int) -> dict[int, Hole]:
        """The holes of a course by number, with the tees and pins of a round.

        A playoff is played over those of the round before it.
        """
        return self.telling.story.holes(round_no // 100 or round_no, course)

    def courses_of(self, round_no: int) -> list[Course]:
        """The courses that a round is played on, the main one first; a playoff is on that."""
        spec = next((each for each in self.scenario.rounds if each.no == round_no), None)
        return [self.courses[at] for at in (spec.courses if spec else (0,))]

    def planned(self, round_no: int) -> int:
        """The first tee time planned for a round of the scenario (milliseconds since 1970)."""
        (spec,) = (each for each in self.scenario.rounds if each.no == round_no)
        return planned(self.scenario, spec)

    def moved(self, by: int) -> Tournament:
        """The same golf, all that the log and the scenario say so many milliseconds later.

        What was decided by the time of day stays as it was told.
        """
        scenario = self.scenario
        rounds = tuple(
            each if each.start is None else replace(each, start=each.start + by)
            for each in scenario.rounds
        )
        start = replace(scenario.tournament, start=scenario.tournament.start + by)
        moved = replace(scenario, tournament=start, rounds=rounds)
        log = Log((_moved(each, by) for each in self.log), self.log.ahead)
        return replace(self, scenario=moved, log=log)


def _moved(event: Event, by: int) -> Event:
    what = event.what
    if isinstance(what, Drawn):
        groups = (replace(each, tee_time=each.tee_time + by) for each in what.groups)
        what = Drawn(tuple(groups))
    return replace(
        event, due=event.due + by, at=event.at + by, received=event.received + by, what=what
    )


def stage(
    scenario: Scenario,
    settings: Mapping[str, object] | None = None,
    *,
    lazily: bool = False,
    witness: Callable[[Outing], None] | None = None,
) -> Tournament:
    """Make a scenario ready. ``settings`` of quirks win over the scenario's own.

    It is told to its end, so that all that is wrong with it is a ScenarioError here; ``lazily``
    tells it as it is read. ``witness`` is shown each team's round when it is over.
    """
    quirks = Quirks(scenario.quirks).over(settings or {})
    holds = quirks["while-disconnected"] == "held"
    telling: Teller
    if scenario.tournament.is_match_play:  # most is stroke play, and needs none of it
        from mockdde.telling.matches import MatchTelling  # noqa: PLC0415

        telling = MatchTelling(scenario, holds=holds, witness=witness)
    else:
        playoff_holes = 1 if quirks["playoff-rounds"] == "each-hole" else 0
        telling = Telling(scenario, holds=holds, playoff_holes=playoff_holes, witness=witness)
    tournament = Tournament(scenario, quirks, Log(telling.events(), telling.ahead), telling)
    if not lazily:
        tournament.log.whole()
    return tournament


def built_in() -> list[str]:
    """The names of the scenarios that are served when none is named: the folder ``world``."""
    return [f"world/{name}" for name, _ in assets.walk("scenarios/world", ".yaml")]


def stage_all(
    names: Iterable[str], settings: Mapping[str, object], seed: int | None = None
) -> list[Tournament]:
    """The tournaments of these scenarios, or of the built-in world where none is named.

    What comes with mockdde is known to be right and told as it is read; the rest at once.
    UsageError where two of them have the same tournament id.
    """
    tournaments: dict[int, Tournament] = {}
    for name in list(names) or built_in():
        scenario = open_scenario(name)
        known = assets.find("scenarios", f"{name}.yaml") is not None
        lazily = known and seed is None  # another seed may give golf that cannot be
        if seed is not None:
            scenario = replace(scenario, seed=seed)
        tournament = stage(scenario, settings, lazily=lazily)
        other = tournaments.get(tournament.id)
        if other is not None:
            raise UsageError(
                f"{other.scenario.name} and {scenario.name} are both tournament {tournament.id};"
                " give one of them another tournament.id"
            )
        tournaments[tournament.id] = tournament
    return list(tournaments.values())
