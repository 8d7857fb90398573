"""The rounds of match play: knock-outs, pools and the sessions of squads; numbers of matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from mockdde.errors import Mark, ScenarioError
from mockdde.golf import MATCH_ADVANCEMENTS, PLAYS, is_playoff
from mockdde.moments import HOUR, MINUTE
from mockdde.records import replace
from mockdde.scenario.model import RoundSpec, Scenario, SquadSpec, TournamentSpec
from mockdde.scenario.part import Part
from mockdde.scenario.rounds import INTERVAL, plain_rounds

__all__ = ["POOL", "check_format", "match_numbers", "match_rounds", "rounds_by_match"]

POOL: Final = 4  # teams
_SIDES: Final = 2  # of a match
_POOL_ROUNDS: Final = [1, 2, 3]  # in which each meets each
_TIES: Final = 8  # matches beyond all others, in which ties of pools are played off
_MOST_KNOCKED_OUT: Final = 64
_OF_SQUADS: Final = ("RyderCup", "HeroCup", "TeamMatch")
_OF_INDIVIDUALS: Final = ("MatchPlay5Days", "MatchPlay4Days")
_SESSION: Final = 15 * MINUTE  # between two matches of squads
_NAMES: Final = {"REGULAR": "singles", "FOURSOMES": "foursomes", "FOUR_BALL": "fourballs"}
_AFTERNOON: Final = 5 * HOUR + 30 * MINUTE  # after the first match of the morning
# The Ryder Cup where no rounds are listed: name, play, matches (0: everybody), time of the start.
_RYDER_CUP: Final = (
    ("Friday Foursomes", "FOURSOMES", 4, 0),
    ("Friday Fourballs", "FOUR_BALL", 4, _AFTERNOON),
    ("Saturday Foursomes", "FOURSOMES", 4, 24 * HOUR),
    ("Saturday Fourballs", "FOUR_BALL", 4, 24 * HOUR + _AFTERNOON),
    ("Sunday Singles", "REGULAR", 0, 48 * HOUR),
)


def match_numbers(scenario: Scenario) -> dict[int, range]:
    """The numbers of each round's matches: round by round, as the file lists them.

    The consolation match is the one before the final. Matches in which ties of pools are played
    off have the numbers after these.
    """
    numbers: dict[int, range] = {}
    first = 1
    for spec in scenario.rounds:
        numbers[spec.no] = range(first, first + spec.matches)
        first += spec.matches
    return numbers


def rounds_by_match(scenario: Scenario) -> dict[int, RoundSpec]:
    """The round of each match by its number, of those that pools may need too."""
    numbers = match_numbers(scenario)
    specs = {no: spec for spec in scenario.rounds for no in numbers[spec.no]}
    pools = [spec for spec in scenario.rounds if spec.points]
    if pools:
        last = pools[-1]
        tie = replace(last, no=last.no * 100 + 1, advance="KNOCK_OUT", matches=0)
        beyond = len(specs) + 1
        specs |= dict.fromkeys(range(beyond, beyond + _TIES), tie)
    return specs


def check_format(top: Part, tournament: TournamentSpec) -> None:
    """ScenarioError where a format of match play does not go with who is to play it."""
    kind, mark = tournament.format, top.part("tournament").mark_of("format")
    top.refuse("a match that is level goes on by itself; leave out {}", "playoff")
    message = "matches are played on one course; write course instead of {}"
    top.part("tournament").refuse(message, "courses")
    squads = "squads" in top.values
    if squads and "field" in top.values:
        message = (
            "field and squads are both there; squads have their own players, so leave out field"
        )
        raise ScenarioError(top.key_mark("field"), message)
    if kind in _OF_SQUADS and not squads:
        message = f"{kind} is played by two squads; add squads, such as"
        raise ScenarioError(
            mark, f"{message} [{{name: Europe, players: 12}}, {{name: USA, players: 12}}]"
        )
    if kind in _OF_INDIVIDUALS and squads:
        message = f"{kind} is played by individuals; write field, or format: TeamMatch"
        raise ScenarioError(top.key_mark("squads"), message)


def match_rounds(
    top: Part, tournament: TournamentSpec, teams: int, squads: Sequence[SquadSpec]
) -> tuple[RoundSpec, ...]:
    """The rounds of match play of a field of so many teams, or of squads."""
    interval = _SESSION if squads else INTERVAL
    listed = [
        (part, replace(plain, advance=_advance(part, squads=bool(squads)), name=part.words("name")))
        for part, plain in plain_rounds(top, _SIDES, interval)
    ]
    for part, spec in listed:
        part.refuse("a match is a group of two sides; leave out {}", "groups")
        part.refuse("nobody is cut in match play; leave out {}", "cut")
        part.refuse("matches are played on one course; leave out {}", "courses")
        if is_playoff(spec.no):
            message = f"round {spec.no} is a playoff, which comes by itself; leave it out"
            raise ScenarioError(part.mark_of("no"), message)
    usual = RoundSpec(top.mark, 1, (1,), tuple(range(1, 19)), _SIDES, interval, None)
    if squads:
        sessions = _sessions(listed, squads)
        return tuple(sessions if listed else _usual_sessions(usual, tournament, squads))
    return tuple(_draws(top, listed, teams) if listed else _usual_draws(top, usual, teams))


def _advance(part: Part, *, squads: bool) -> str:
    legal = ("ALL_QUALIFY", "FINAL", "OTHER") if squads else tuple(MATCH_ADVANCEMENTS)
    rule: str = part.get("advance", legal[0])
    if rule not in legal:
        who = "of squads" if squads else "of match play"
        message = f"advance is {rule}; {who} it is {', '.join(legal[:-1])} or {legal[-1]}"
        raise ScenarioError(part.mark_of("advance"), message)
    return rule


# ── individuals ──────────────────────────────────────────────────────────────────────────────────


def _usual_draws(top: Part, usual: RoundSpec, teams: int) -> Iterator[RoundSpec]:
    """A knock-out of the whole field."""
    for no, matches in enumerate(_halvings(top, teams), 1):
        yield replace(usual, no=no, advance="KNOCK_OUT", matches=matches)


def _draws(top: Part, listed: Sequence[tuple[Part, RoundSpec]], teams: int) -> Iterator[RoundSpec]:
    """Pools, a knock-out, or both."""
    for part, _ in listed:
        message = "{} is of squads; in a field everybody plays alone, as often as the draw has it"
        part.refuse(message, "play", "matches", "pairs")
    pools = sum(spec.points is not None for _, spec in listed)
    if pools:
        _check_pools(top, listed, teams)
    for _, spec in listed[:pools]:
        yield replace(spec, matches=teams // 2)
    rest = listed[pools:]
    if rest or not pools:
        yield from _knock_out(top, rest, _halvings(top, teams, pools=bool(pools)))
    for part, spec in [*listed[:pools], *rest[:-1]]:
        _check_consolation(part, spec, "it is for the last round of a knock-out alone")


def _check_pools(top: Part, listed: Sequence[tuple[Part, RoundSpec]], teams: int) -> None:
    """ScenarioError where the rounds of pools are not the first three, or leave a team over."""
    rule = next(spec.advance for _, spec in listed if spec.points)
    for part, spec in islice(listed, len(_POOL_ROUNDS)):
        if spec.advance != rule:
            message = f"pools play rounds 1, 2 and 3 by one rule; write advance: {rule} here too"
            raise ScenarioError(part.mark, message)
    numbers = [spec.no for _, spec in listed[: len(_POOL_ROUNDS)]]
    if numbers != _POOL_ROUNDS:
        message = "pools play rounds 1, 2 and 3, all of them; list these"
        raise ScenarioError(top.mark_of("rounds"), message)
    for part, spec in listed[len(_POOL_ROUNDS) :]:
        if spec.points:
            message = f"pools are over after round 3; write KNOCK_OUT for round {spec.no}"
            raise ScenarioError(part.mark_of("advance"), message)
    if teams % POOL:
        message = f"pools are of four, and {teams} teams leave {teams % POOL} over"
        raise ScenarioError(_field_mark(top), f"{message}; enter a multiple of four")


def _halvings(top: Part, teams: int, *, pools: bool = False) -> list[int]:
    """The matches of each round until one is left. ScenarioError where that does not come out."""
    left = teams // POOL if pools else teams
    if left not in (sizes := [2, 4, 8, 16, 32, _MOST_KNOCKED_OUT]):
        said = _many(left, "pool" if pools else "team")
        *most, last = (str(size * POOL if pools else size) for size in sizes)
        message = f"{said} cannot be drawn for a knock-out; enter {', '.join(most)} or {last} teams"
        raise ScenarioError(_field_mark(top), message)
    return [left >> no for no in range(1, left.bit_length())]


def _knock_out(
    top: Part, listed: Sequence[tuple[Part, RoundSpec]], halvings: Sequence[int]
) -> Iterator[RoundSpec]:
    """The rounds of a knock-out with their matches, the consolation match in the last one."""
    wanted, there = len(halvings), len(listed)
    if wanted != there:
        message = (
            f"a knock-out of {2 * halvings[0]} teams has {_many(wanted, 'round')}, not {there}"
        )
        mark = listed[wanted][0].mark if there > wanted else top.mark_of("rounds")
        raise ScenarioError(mark, f"{message}; {'leave out' if there > wanted else 'add'} some")
    for (part, spec), matches in zip(listed, halvings, strict=True):
        consoles = part.get("consolation", False)
        if wanted == 1:
            _check_consolation(part, spec, "nobody was knocked out before")
        yield replace(spec, matches=matches + consoles, consolation=consoles)


def _check_consolation(part: Part, spec: RoundSpec, why: str) -> None:
    if part.get("consolation"):
        message = f"round {spec.no} has no consolation match: {why}"
        raise ScenarioError(part.key_mark("consolation"), message)


def _many(number: int, what: str, plural: str = "s") -> str:
    return f"{number} {what}{'' if number == 1 else plural}"


def _field_mark(top: Part) -> Mark:
    return top.mark_of("field")


# ── squads ───────────────────────────────────────────────────────────────────────────────────────


def _usual_sessions(
    usual: RoundSpec, tournament: TournamentSpec, squads: Sequence[SquadSpec]
) -> Iterator[RoundSpec]:
    """The sessions of a Ryder Cup, or everybody once."""
    everybody = len(squads[0].players)
    if tournament.format != "RyderCup":
        yield replace(usual, matches=everybody)
        return
    for no, (name, play, matches, after) in enumerate(_RYDER_CUP, 1):
        spec = replace(usual, no=no, name=name, play=play, after=after)
        spec = replace(spec, matches=matches or everybody)
        _check_players(squads[0].mark, spec, squads)
        yield spec


def _sessions(
    listed: Sequence[tuple[Part, RoundSpec]], squads: Sequence[SquadSpec]
) -> Iterator[RoundSpec]:
    """The listed sessions, with who plays where that is said."""
    size = len(squads[0].players)
    for part, plain in listed:
        _check_consolation(part, plain, "squads do not knock each other out")
        play = part.get("play", "REGULAR")
        pairs = _pairs(part, play, squads)
        matches = part.get("matches", len(pairs) or max(1, size // PLAYS[play]))
        if pairs and len(pairs) != matches:
            message = f"pairs has {len(pairs)} matches and matches is {matches}"
            raise ScenarioError(part.mark_of("pairs"), f"{message}; leave out matches")
        spec = replace(plain, play=play, matches=matches, pairs=pairs)
        _check_players(part.mark, spec, squads)
        yield spec


def _check_players(mark: Mark, spec: RoundSpec, squads: Sequence[SquadSpec]) -> None:
    """ScenarioError where a squad has too few players for a session."""
    squad, needed = squads[0], spec.matches * PLAYS[spec.play]
    size = len(squad.players)
    if needed > size:
        message = (
            f"in {_many(spec.matches, 'match', 'es')} of {_NAMES[spec.play]} {needed} play a side,"
            f" and {squad.name} has {_many(size, 'player')}"
        )
        raise ScenarioError(mark, f"{message}; enter {needed - size} more, or list smaller rounds")


def _pairs(
    part: Part, play: str, squads: Sequence[SquadSpec]
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]:
    """Who plays whom; nothing where it is drawn."""
    said: list[list[list[int]]] = part.get("pairs") or []
    for at, match in enumerate(said):
        for which, side in enumerate(match):
            mark = part.mark_of("pairs", at, which)
            if len(side) != PLAYS[play]:
                many = "one plays" if PLAYS[play] == 1 else "two play"
                message = f"in {_NAMES[play]} {many} for a side, not {len(side)}"
                raise ScenarioError(mark, message)
            _check_squad(mark, side, squads[which])
    for which, squad in enumerate(squads):
        often = Counter(no for match in said for no in match[which])
        twice = [no for no, times in often.items() if times > 1]
        if twice:
            message = f"player {twice[0]} of {squad.name} is there twice in one round"
            raise ScenarioError(part.mark_of("pairs"), f"{message}; name each once")
    return tuple((tuple(first), tuple(second)) for first, second in said)


def _check_squad(mark: Mark, side: Sequence[int], squad: SquadSpec) -> None:
    size = len(squad.players)
    for no in side:
        if no > size:
            there = "only player 1" if size == 1 else f"the players 1-{size}"
            raise ScenarioError(mark, f"{squad.name} has no player {no}; it has {there}")
