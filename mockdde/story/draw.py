"""Draws: who goes with whom, on which course, from which tee and when."""

from __future__ import annotations

from collections.abc import Sequence

from mockdde.golf import Course, Group
from mockdde.moments import HOUR, MINUTE
from mockdde.scenario.model import RoundSpec, Scenario

__all__ = ["draw", "planned", "redraws"]

_WAVE = 14  # groups on a tee; more of them go out in two waves, morning and afternoon
_AFTERNOON = 5 * HOUR + 10 * MINUTE  # after the first group of the morning


def planned(scenario: Scenario, spec: RoundSpec) -> int:
    """The first tee time that a round has unless play is late: a day for each round."""
    if spec.start is not None:
        return spec.start
    days = scenario.rounds.index(spec) * 24 * HOUR
    return scenario.tournament.start + (days if spec.after is None else spec.after)


def redraws(scenario: Scenario, spec: RoundSpec) -> bool:
    """Whether a round is drawn by standing: not the first two, nor while courses rotate."""
    return scenario.rounds.index(spec) >= max(2, len(scenario.tournament.courses))


def draw(
    scenario: Scenario,
    spec: RoundSpec,
    courses: Sequence[Course],
    teams: Sequence[int],
    start: int,
    *,
    by_standing: bool,
) -> tuple[Group, ...]:
    """The groups of a round in the order of their numbers.

    ``teams`` are in the order of the field, or from the lead down where the round is drawn
    ``by_standing``: then the leaders go out last, and the other half from the other tee.
    """
    made = _by_standing(spec, teams) if by_standing else _by_field(scenario, spec, teams)
    index = scenario.rounds.index(spec)
    first_id = 1_000_000 + (scenario.tournament.id * 613 + spec.no * 7_919) % 900_000
    slots = _slots(spec, len(made), courses, start)
    return tuple(
        Group(
            round=spec.no,
            no=no,
            # The sample's ids have seven digits and do not follow the group's number.
            id=first_id + (no - 1) * 7,
            tee=tee,
            tee_time=time,
            teams=group,
            course=course.id,
        )
        for no, (group, (course, tee, time)) in enumerate(
            zip(made, _shifted(slots, index, len(courses)), strict=True), 1
        )
    )


def _by_field(scenario: Scenario, spec: RoundSpec, teams: Sequence[int]) -> list[tuple[int, ...]]:
    """Groups of the field's order; in the second round who was out late goes out early."""
    size = spec.group_size
    groups = [tuple(teams[at : at + size]) for at in range(0, len(teams), size)]
    index = scenario.rounds.index(spec)
    if len(spec.courses) > 1:  # while courses rotate, so does the order on each of them
        turn = index * max(1, len(groups) // len(spec.courses) // 2) * len(spec.courses)
        turn %= max(1, len(groups))
        return [*groups[turn:], *groups[:turn]]
    half = len(groups) // 2 if index % 2 else 0
    groups = [*groups[half:], *groups[:half]]
    if half and len(spec.tees) == 2 and half % 2 == 0:
        # Two by two the other way round, so that who began on one tee begins on the other.
        for at in range(0, len(groups) - 1, 2):
            groups[at], groups[at + 1] = groups[at + 1], groups[at]
    return groups


def _by_standing(spec: RoundSpec, teams: Sequence[int]) -> list[tuple[int, ...]]:
    """Groups from the last up to the leaders; a group that is not full goes out first."""
    if len(spec.tees) == 2 and len(teams) > 2 * spec.group_size:
        upper = -(-len(teams) // (2 * spec.group_size)) * spec.group_size
        tees = [_upwards(spec, teams[:upper]), _upwards(spec, teams[upper:])]
        # One from each tee in turn; where one tee has a group less, it begins later.
        woven: list[tuple[int, ...]] = []
        for place in range(len(tees[0])):
            woven += [tee[place] for tee in tees if place < len(tee)]
        return woven
    return _upwards(spec, teams)


def _upwards(spec: RoundSpec, teams: Sequence[int]) -> list[tuple[int, ...]]:
    """Groups as even as can be, so that nobody goes round alone; the smaller ones are last."""
    size = spec.group_size
    count = -(-len(teams) // size)
    smaller = count * size - len(teams)
    groups: list[tuple[int, ...]] = []
    at = 0
    for place in range(count):
        many = size - (place >= count - smaller)
        groups.append(tuple(teams[at : at + many]))
        at += many
    return groups[::-1]


def _slots(
    spec: RoundSpec, count: int, courses: Sequence[Course], start: int
) -> list[tuple[Course, int, int]]:
    """Course, tee and time of each group: all courses and tees in turn, ``interval`` apart."""
    starts = [(course, tee) for course in courses for tee in spec.tees]
    per_tee = -(-count // len(starts))
    morning = -(-per_tee // 2) if len(spec.tees) == 2 and per_tee > _WAVE else per_tee
    slots: list[tuple[Course, int, int]] = []
    for at in range(count):
        place, which = divmod(at, len(starts))
        course, tee = starts[which]
        time = start + place * spec.interval
        if place >= morning:
            afternoon = max(_AFTERNOON, morning * spec.interval)
            time = start + afternoon + (place - morning) * spec.interval
        slots.append((course, tee, time))
    return slots


def _shifted(
    slots: list[tuple[Course, int, int]], index: int, courses: int
) -> list[tuple[Course, int, int]]:
    """The same slots with the courses rotated: each round a group plays the next one."""
    if courses == 1 or not index:
        return slots
    order = list(dict.fromkeys(course.id for course, _, _ in slots))
    by_id = {course.id: course for course, _, _ in slots}
    return [
        (by_id[order[(order.index(course.id) + index) % len(order)]], tee, time)
        for course, tee, time in slots
    ]
