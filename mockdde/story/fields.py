"""Fields: who plays; one id is the same person in every tournament."""

from __future__ import annotations

from collections.abc import Collection

from mockdde import names
from mockdde.chance import Chance
from mockdde.errors import ScenarioError
from mockdde.golf import TOURS, Player, Squad, Team
from mockdde.scenario.model import PlayerSpec, Scenario
from mockdde.story.bracket import pair_up

__all__ = ["enter_field"]

# Where the players of a squad come from that is called so; of any other they are from anywhere.
_EUROPE = (*names.COUNTRIES[: names.COUNTRIES.index("POR")], "POR")
_HOMES = {
    "Europe": _EUROPE,
    "USA": ("USA",),
    "International": tuple(each for each in names.COUNTRIES if each not in (*_EUROPE, "USA")),
}
_EVERYWHERE = 0  # the seed of who a person is, whatever the scenario's own


def enter_field(scenario: Scenario) -> tuple[tuple[Squad, ...], dict[int, Team]]:
    """The squads, and the teams by number; what the scenario leaves open comes from the seed.

    A team of a squad is whoever plays a match for it together: one player is in several.
    """
    roster = _Roster(scenario.tournament.tour, _said_ids(scenario))
    squads: list[Squad] = []
    for spec in scenario.squads:
        home = _HOMES.get(spec.name, names.COUNTRIES)
        members = tuple(
            roster.enter(member, Chance(scenario.seed, "squad", spec.no, at), home)
            for at, member in enumerate(spec.players, 1)
        )
        squads.append(Squad(spec.no, spec.name, members, spec.host, spec.holder))
    teams: dict[int, Team] = {}
    for entry in scenario.field:
        player = roster.enter(entry.player, Chance(scenario.seed, "player", entry.team))
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


class _Roster:
    """Everybody who is entered; ``taken`` are the ids that the scenario gives itself."""

    def __init__(self, tour: str, taken: set[int]) -> None:
        self._tour, self._taken = tour, taken
        self._called: set[str] = set()

    def enter(
        self, spec: PlayerSpec, chance: Chance, home: Collection[str] = names.COUNTRIES
    ) -> Player:
        """A player; who is drawn comes from one of the countries of ``home``."""
        usual: names.Gender = "female" if self._tour == "LPGA Tour" else "male"
        gender = spec.gender or usual
        number = spec.id or chance.whole(100, 9_999)
        while True:
            country, first, last = _identity(number, gender, spec.country)
            if spec.name is not None:
                first, _, last = spec.name.partition(" ")
                first, last = (first, last.strip()) if last else ("", first)
            name = f"{first} {last}".strip()
            fits = spec.country is not None or country in home
            free = number not in self._taken and (spec.name or name not in self._called)
            if spec.id is not None or (fits and free):
                break
            number += 1
        self._taken.add(number)
        self._called.add(name)
        return _player(number, (first, last, country), gender, self._tour, amateur=spec.amateur)


def _player(
    number: int, named: tuple[str, str, str], gender: names.Gender, tour: str, *, amateur: bool
) -> Player:
    first, last, country = named
    person = Chance(_EVERYWHERE, "person", number)
    own, known = str(person.whole(20_000, 59_999)), TOURS[tour]
    born = f"{person.whole(1978, 2004)}-{person.whole(1, 12):02d}-{person.whole(1, 28):02d}"
    return Player(
        id=number,
        display_name=f"{first} {last}".strip(),
        first_name=first,
        last_name=last,
        country=country,
        gender=gender,
        is_amateur=amateur,
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
