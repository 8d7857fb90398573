"""Fields: who plays; one id is the same person in every tournament."""

from __future__ import annotations

from mockdde import names
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import TOURS, Player, Squad, Team
from mockdde.scenario.model import PlayerSpec, Scenario
from mockdde.story.bracket import pair_up

__all__ = ["enter_field"]

_EVERYWHERE = 0  # the seed of who a person is, whatever the scenario's own


def enter_field(scenario: Scenario) -> tuple[tuple[Squad, ...], dict[int, Team]]:
    """The squads, and the teams by number; what the scenario leaves open comes from the seed.

    A team of a squad is whoever plays a match for it together: one player is in several.
    """
    taken = _said_ids(scenario)
    called: set[str] = set()
    tour = scenario.tournament.tour
    squads: list[Squad] = []
    for spec in scenario.squads:
        members = tuple(
            _player(member, tour, Chance(scenario.seed, "squad", spec.no, at), taken, called)
            for at, member in enumerate(spec.players, 1)
        )
        squads.append(Squad(spec.no, spec.name, members, spec.host, spec.holder))
    teams: dict[int, Team] = {}
    for entry in scenario.field:
        chance = Chance(scenario.seed, "player", entry.team)
        player = _player(entry.player, tour, chance, taken, called)
        teams[entry.team] = Team(entry.team, (player,), seed=entry.seed)
    return tuple(squads), teams or pair_up(scenario, squads)


def _said_ids(scenario: Scenario) -> set[int]:
    said: set[int] = set()
    players = [
        *((entry.mark, entry.player) for entry in scenario.field),
        *((squad.mark, player) for squad in scenario.squads for player in squad.players),
    ]
    for mark, player in players:
        number = player.id
        if number in said:
            message = f"player {number} is entered twice; give one of the two another id"
            raise ScenarioError(mark, message)
        if number is not None:
            said.add(number)
    return said


def _player(
    spec: PlayerSpec, tour: str, chance: Chance, taken: set[int], called: set[str]
) -> Player:
    usual: names.Gender = "female" if tour == "LPGA Tour" else "male"
    gender = spec.gender or usual
    number = spec.id or chance.whole(100, 9_999)
    while True:
        country, first, last = _identity(number, gender, spec.country)
        if spec.name is not None:
            first, _, last = spec.name.partition(" ")
            first, last = (first, last.strip()) if last else ("", first)
        name = f"{first} {last}".strip()
        if spec.id is not None or (number not in taken and (spec.name or name not in called)):
            break
        number += 1
    taken.add(number)
    called.add(name)
    person = Chance(_EVERYWHERE, "person", number)
    own, known = str(person.whole(20_000, 59_999)), TOURS[tour]
    born = f"{person.whole(1978, 2004)}-{person.whole(1, 12):02d}-{person.whole(1, 28):02d}"
    return Player(
        id=number,
        display_name=name,
        first_name=first,
        last_name=last,
        country=country,
        gender=gender,
        is_amateur=spec.amateur,
        pga_id=own if known == 1 else None,
        european_id=own if known == 2 else None,
        lpga_id=own if known == 3 else None,
        born=born,
    )


def _identity(number: int, gender: names.Gender, said: str | None) -> tuple[str, str, str]:
    """Country, first and last name of the person with an id."""
    chance = Chance(_EVERYWHERE, "name", number, gender)
    drawn = chance.pick(names.COUNTRIES)
    country = said or drawn
    # A country that the table does not have lends no names; any other's will do.
    home = country if country in names.COUNTRIES else drawn
    first = chance.pick(names.first_names(home, gender))
    return country, first, chance.pick(names.last_names(home))
