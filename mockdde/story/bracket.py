"""Who meets whom: the draw of a knock-out by seeds, pools of four, and the pairs of squads."""

from __future__ import annotations

from collections.abc import Sequence

from mockdde.chance import Chance
from mockdde.golf import Squad, Team
from mockdde.scenario.model import RoundSpec, Scenario

__all__ = ["by_seed", "in_bracket", "in_pools", "meetings", "pair_up", "pairings"]

# The three rounds of a pool of four, by place in it: everyone meets everyone.
_ROUND_ROBIN = (((0, 3), (1, 2)), ((0, 2), (1, 3)), ((0, 1), (2, 3)))


def by_seed(teams: Sequence[Team]) -> list[int]:
    """The teams from the first seed down; who has none follows in the order of the field."""
    return [each.no for each in sorted(teams, key=lambda each: each.seed or len(teams) + 1)]


def in_bracket(count: int) -> list[int]:
    """The places of a draw, 0 the best, in its order: neighbours meet, and the best two last."""
    places = [0]
    while len(places) < count:
        places = [each for place in places for each in (place, 2 * len(places) - 1 - place)]
    return places


def in_pools(teams: Sequence[int]) -> list[tuple[int, ...]]:
    """Pools of four of teams that are in the order of their seeds: one of each quarter.

    The first seed is in the first pool with the last of each other quarter, as a snake has it.
    """
    count = len(teams) // 4
    pools = []
    for pool in range(count):
        other = count - 1 - pool
        places = (pool, count + other, 2 * count + pool, 3 * count + other)
        pools.append(tuple(teams[place] for place in places))
    return pools


def meetings(pools: Sequence[tuple[int, ...]], index: int) -> list[tuple[int, int, int]]:
    """The matches of the pools' round ``index`` (from 0): the pool's number and the two teams."""
    return [
        (no, pool[first], pool[second])
        for no, pool in enumerate(pools, 1)
        for first, second in _ROUND_ROBIN[index]
    ]


# ── squads ────────────────────────────────────────────────────────────────────────────────────


def pairings(scenario: Scenario, spec: RoundSpec) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Who plays each match of a round, of either squad: places in the squad, from 0."""
    if spec.pairs:
        return [
            (tuple(no - 1 for no in first), tuple(no - 1 for no in second))
            for first, second in spec.pairs
        ]
    size = 1 if spec.play == "REGULAR" else 2
    sides = []
    for squad in scenario.squads:
        chance = Chance(scenario.seed, "pairs", spec.no, squad.no)
        bench = list(range(len(squad.players)))
        drawn = [bench.pop(chance.whole(0, len(bench) - 1)) for _ in range(size * spec.matches)]
        sides.append([tuple(sorted(drawn[at : at + size])) for at in range(0, len(drawn), size)])
    return list(zip(*sides, strict=True))


def pair_up(scenario: Scenario, squads: Sequence[Squad]) -> dict[int, Team]:
    """The teams of squads: everyone alone, then each pair as it first meets; by number from 1."""
    made: list[tuple[int, tuple[int, ...]]] = [
        (squad.no, (place,)) for squad in squads for place in range(len(squad.players))
    ]
    for spec in scenario.rounds:
        for match in pairings(scenario, spec):
            made += [(no, side) for no, side in enumerate(match, 1)]
    by_no = {squad.no: squad for squad in squads}
    return {
        number: Team(number, tuple(by_no[no].players[place] for place in places), squad=no)
        for number, (no, places) in enumerate(dict.fromkeys(made), 1)
    }
