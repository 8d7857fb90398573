"""What people do to the wire while it serves: more faults, fewer, signals; all as at the start."""

from __future__ import annotations

from functools import partial

from mockdde import faults
from mockdde.engine import Engine
from mockdde.errors import RequestError, nearest
from mockdde.rules import Rule
from mockdde.scenario.model import FaultSpec

__all__ = ["add_fault", "remove_fault", "remove_faults", "reset"]


def add_fault(engine: Engine, spec: FaultSpec, tournament: int | None, wire: float) -> Rule:
    """One more rule, of a tournament or of all.

    ScenarioError where it names what there is not, RequestError (404) where there is no tournament.
    """
    shows = engine.shows.named(tournament)
    names = [each.broadcast.names for each in shows]
    streams = [name for those, _ in names for name in those]
    documents = [name for _, those in names for name in those]
    (bound,) = faults.bind([spec], streams, documents)
    rule = engine.chaos.add_more(bound, tournament, wire)
    if spec.at.what == "scenario":
        for show in shows:
            show.alarm(spec.at.number, partial(engine.arm, rule.number))
    engine.woken()
    return rule


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
