"""Who plays: the field of a scenario file, or its squads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from mockdde.errors import Mark, ScenarioError
from mockdde.scenario.model import Entry, PlayerSpec, SquadSpec
from mockdde.scenario.part import Part

__all__ = ["entries", "squads"]

_MOST_TEAMS = 400


def entries(top: Part, *, in_matches: bool) -> Iterator[Entry]:
    """The teams of the field; where it is not said, one, or two that play a match."""
    parts = list(top.parts("field"))
    if not parts:
        for no in range(1, 3 if in_matches else 2):
            yield Entry(top.mark, no, PlayerSpec())
    size = sum(part.get("teams", 1) for part in parts)
    if size > _MOST_TEAMS:
        message = f"the field has {size} teams; {_MOST_TEAMS} are the most"
        raise ScenarioError(top.mark_of("field"), message)
    taken = _taken(parts)
    free = (no for no in count(1) if no not in taken)
    seeded: dict[int, Mark] = {}
    for part in parts:
        _check_play(part, in_matches=in_matches)
        _check_seed(part, size, seeded)
        if part.get("team") is not None:
            yield _entry(part, part.get("team"))
        else:
            for _ in range(part.get("teams")):
                yield _entry(part, next(free))


def _taken(parts: list[Part]) -> dict[int, Mark]:
    """Where each team that is named is entered."""
    taken: dict[int, Mark] = {}
    for part in parts:
        team = part.get("team")
        if team in taken:
            message = f"team {team} is entered twice, first on line {taken[team].line}"
            raise ScenarioError(part.mark_of("team"), f"{message}; give one another number")
        if team is not None:
            taken[team] = part.mark_of("team")
        else:
            message = "teams are drawn from the seed; a {} goes with team, not with teams"
            part.refuse(message, "player", "seed")
    return taken


def _check_play(part: Part, *, in_matches: bool) -> None:
    """ScenarioError where an entry says what the other play has."""
    if in_matches:
        message = "{} is of stroke play; in match play the field has only who plays"
        part.refuse(message, "alternate", "pending")
    else:
        part.refuse("{} is of match play; leave it out, or set the tournament's format", "seed")


def _check_seed(part: Part, size: int, seeded: dict[int, Mark]) -> None:
    seed = part.get("seed")
    if seed is None:
        return
    if seed > size:
        message = f"there is no seed {seed} among {size} teams; seeds count from 1 to {size}"
        raise ScenarioError(part.mark_of("seed"), message)
    if seed in seeded:
        message = f"seed {seed} is there twice, first on line {seeded[seed].line}"
        raise ScenarioError(part.mark_of("seed"), f"{message}; give one another")
    seeded[seed] = part.mark_of("seed")


def _entry(part: Part, team: int) -> Entry:
    alternate, pending = part.get("alternate", False), part.get("pending", False)
    player = _player(part.part("player"))
    return Entry(part.mark, team, player, alternate, pending, part.get("seed"))


def _player(part: Part) -> PlayerSpec:
    return PlayerSpec(
        part.get("id"),
        part.words("name"),
        part.get("country"),
        part.get("gender"),
        part.get("amateur", False),
    )


def squads(top: Part) -> tuple[SquadSpec, ...]:
    """The two squads; none where individuals play."""
    parts = list(top.parts("squads"))
    made = tuple(
        SquadSpec(
            part.mark,
            no,
            part.words("name") or "",
            _members(part),
            part.get("host", False),
            part.get("holder", False),
        )
        for no, part in enumerate(parts, 1)
    )
    if made:
        _check_squads(made, parts)
    return made


def _members(part: Part) -> tuple[PlayerSpec, ...]:
    said = part.get("players")
    if isinstance(said, int):
        return (PlayerSpec(),) * said
    return tuple(_player(each) for each in part.parts("players"))


def _check_squads(made: Sequence[SquadSpec], parts: Sequence[Part]) -> None:
    """ScenarioError where two squads cannot meet."""
    (first, second), (one, other) = made, parts
    if first.name == second.name:
        message = f"both squads are called {first.name}; give one another name"
        raise ScenarioError(other.mark_of("name"), message)
    for key in ("host", "holder"):
        if one.get(key) and other.get(key):
            message = f"{first.name} is the {key} already (line {first.mark.line}); keep one {key}"
            raise ScenarioError(other.key_mark(key), message)
    sizes = [len(squad.players) for squad in (first, second)]
    if sizes[0] != sizes[1]:
        message = f"{first.name} has {sizes[0]} players and {second.name} {sizes[1]}"
        mark = other.mark_of("players")
        raise ScenarioError(mark, f"{message}; squads are of one size")
