"""What people do to the wire while it serves: more faults, fewer, signals; all as at the start."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import partial

from mockdde import faults
from mockdde.broadcast import Name, name_of, named_of
from mockdde.engine import Engine
from mockdde.errors import RequestError, nearest
from mockdde.faults import Named
from mockdde.feeds import dialect_of
from mockdde.rules import Rule
from mockdde.scenario.model import FaultSpec
from mockdde.show import Show
from mockdde.wire import RestFault

__all__ = ["add_fault", "is_known", "remove_fault", "remove_faults", "reset"]


def add_fault(engine: Engine, spec: FaultSpec, tournament: int | None, wire: float) -> Rule:
    """One more rule, of a tournament or of all.

    ScenarioError where it names what there is not, RequestError (404) where there is no tournament.
    """
    shows = engine.shows.named(tournament)
    known = is_known(engine, spec, tournament)
    names = [_soon(each) if known else each.broadcast.names for each in shows]
    streams = [name for those, _ in names for name in those]
    documents = [name for _, those in names for name in those]
    (bound,) = faults.bind([spec], streams, documents)
    rule = engine.chaos.add_more(bound, tournament, wire)
    if spec.at.what == "scenario":
        for show in shows:
            show.alarm(spec.at.number, partial(engine.arm, rule.number))
    engine.woken()
    return rule


def is_known(engine: Engine, spec: FaultSpec, tournament: int | None) -> bool:
    """Whether what a fault is on is known without telling the tournaments to their ends."""
    kind = faults.faults().get(spec.fault)
    of_requests = kind is not None and faults.family(kind) is RestFault
    names = [(faults.EVERYWHERE, "dde")]
    for show in engine.shows.named(tournament):
        streams, documents = _soon(show)
        names += streams + documents * of_requests
    return any(
        fnmatchcase(name, spec.on) for name, dialect in names if spec.dialect in ("*", dialect)
    )


def _soon(show: Show) -> tuple[list[Named], list[Named]]:
    """The names of streams and documents that there are or will be, as far as is known already."""
    told, tournament = show.broadcast, show.tournament
    paths = [*show.tapes, *show.latest]
    for feed in told.feeds:
        if tournament.is_match_play or dialect_of(feed) == "live":
            paths += feed.streams()  # which need not be told
    streams = [name_of(path) for path in paths]
    if not tournament.is_match_play:
        rounds = [each.no for each in tournament.scenario.rounds]
        streams += [
            Name(tournament.id, f"round/{no}/team/{team}", "dde")
            for no in rounds
            for team in tournament.teams
        ]
    state = (name_of(feed.PATH) for feed in told.states)
    return named_of([*streams, *(each for each in state if "{" not in each.name)])


def remove_fault(engine: Engine, number: int, wire: float) -> None:
    """A rule is no more. RequestError (404) where there is none of this number."""
    if number not in engine.chaos.rules:
        clause = nearest(number, engine.chaos.rules)
        raise RequestError(404, f"there is no fault {number} here{clause}")
    engine.chaos.remove(number, wire)
    engine.woken()


def remove_faults(engine: Engine, wire: float) -> int:
    """No rule is left, those of scenarios neither; how many there were."""
    count = len(engine.chaos.rules)
    engine.chaos.clear(wire)
    engine.woken()
    return count


def reset(engine: Engine, wire: float) -> None:
    """As at the start: the scenarios' own faults, all tournaments at their beginning, no journal.

    Tournaments that were added stay.
    """
    engine.chaos.clear(wire)
    for show in engine.shows:
        if show.was_over:  # the others are adopted as they begin again
            engine.adopt(show, wire)
    engine.conductor.reset(wire)
    engine.woken()
    engine.journal.clear()
