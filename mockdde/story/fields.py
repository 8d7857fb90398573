"""Fields and draws: who plays, with whom, from which tee and when."""

from __future__ import annotations

from collections.abc import Iterator

from mockdde import names
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import TOURS, Group, Player, Team
from mockdde.moments import HOUR
from mockdde.scenario.model import Entry, RoundSpec, Scenario

__all__ = ["draw_groups", "enter_field"]


def enter_field(scenario: Scenario) -> dict[int, Team]:
    """The teams by number, in the scenario's order; what it leaves open comes from the seed."""
    teams: dict[int, Team] = {}
    taken = _said_ids(scenario)
    called: set[str] = set()
    for entry in scenario.field:
        chance = Chance(scenario.seed, "player", entry.team)
        player = _player(entry, scenario.tournament.tour, chance, taken, called)
        teams[entry.team] = Team(entry.team, (player,))
    return teams


def _said_ids(scenario: Scenario) -> set[int]:
    said: set[int] = set()
    for entry in scenario.field:
        number = entry.player.id
        if number in said:
            message = f"player {number} is in two teams; give one of the two another id"
            raise ScenarioError(entry.mark, message)
        if number is not None:
            said.add(number)
    return said


def _player(entry: Entry, tour: str, chance: Chance, taken: set[int], called: set[str]) -> Player:
    spec = entry.player
    country = spec.country or chance.pick(names.COUNTRIES)
    usual: names.Gender = "female" if tour == "LPGA Tour" else "male"
    gender = spec.gender or usual
    first, last = _name(spec.name, country, gender, chance, called)
    number = spec.id or chance.whole(100, 9_999)
    while spec.id is None and number in taken:
        number += 1
    taken.add(number)
    own = str(chance.whole(20_000, 59_999))
    known = TOURS[tour]
    return Player(
        id=number,
        display_name=f"{first} {last}".strip(),
        first_name=first,
        last_name=last,
        country=country,
        gender=gender,
        is_amateur=spec.amateur,
        pga_id=own if known == 1 else None,
        european_id=own if known == 2 else None,
        lpga_id=own if known == 3 else None,
    )


def _name(
    said: str | None, country: str, gender: names.Gender, chance: Chance, called: set[str]
) -> tuple[str, str]:
    if said is not None:
        first, _, last = said.partition(" ")
        return (first, last.strip()) if last else ("", first)
    # A country that the table does not have lends no names; any other's will do.
    home = country if country in names.COUNTRIES else chance.pick(names.COUNTRIES)
    while True:
        first = chance.pick(names.first_names(home, gender))
        last = chance.pick(names.last_names(home))
        if f"{first} {last}" not in called:
            called.add(f"{first} {last}")
            return first, last


def draw_groups(scenario: Scenario, spec: RoundSpec, teams: list[int]) -> Iterator[Group]:
    """The groups of a round: the teams in order, each tee in turn, ``interval`` apart."""
    tournament = scenario.tournament
    start = spec.start
    if start is None:  # a day for each round, from the first that is listed
        start = tournament.start + scenario.rounds.index(spec) * 24 * HOUR
    # The sample's ids have seven digits and do not follow the group's number.
    first_id = 1_000_000 + (tournament.id * 613 + spec.no * 7_919) % 900_000
    size = spec.group_size
    for at in range(0, len(teams), size):
        index = at // size
        wave, tee = divmod(index, len(spec.tees))
        yield Group(
            round=spec.no,
            no=index + 1,
            id=first_id + index * 7,
            tee=spec.tees[tee],
            tee_time=start + wave * spec.interval,
            teams=tuple(teams[at : at + size]),
        )
