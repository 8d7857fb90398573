"""WIRE: the faults, one file each; a module dropped in here can be named in a scenario's ``wire``.

A fault is a frozen dataclass with a ``NAME``; its fields are its parameters. A scenario says on
which stream it strikes and after which seqNum:

    wire:
      - {on: round/1/team/12, at: {seq: 14}, close: {code: 1011}}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from typing import Any, ClassVar, Protocol

from mockdde import catalogue
from mockdde.errors import ScenarioError, nearest
from mockdde.scenario.model import FaultSpec

__all__ = ["Fault", "Rule", "faults", "rules"]


class Fault(Protocol):
    """One named way for the wire to lie."""

    NAME: ClassVar[str]

    @property
    def close(self) -> tuple[int, str]:
        """The code and reason to close the connection with."""
        ...


@dataclass(slots=True)
class Rule:
    """A fault of a scenario, bound to a stream; ``fired`` counts how often it struck."""

    spec: FaultSpec
    fault: Fault
    fired: int = 0

    @property
    def sentence(self) -> str:
        """The fault and where the scenario asks for it."""
        return f"{self.spec.fault}, asked for at {self.spec.mark}"

    @property
    def spent(self) -> bool:
        """Whether it has struck as often as it may."""
        return self.fired >= self.spec.times

    def is_on(self, stream: str) -> bool:
        """Whether the rule speaks of this stream."""
        return fnmatchcase(stream, self.spec.on)


def faults() -> dict[str, Any]:
    """All faults by name."""
    import mockdde.faults as package  # noqa: PLC0415  (the package itself is what is searched)

    return catalogue.collect(package, "FAULT", key=lambda fault: str(fault.NAME))


def rules(specs: Sequence[FaultSpec], streams: Sequence[str]) -> list[Rule]:
    """The rules of a scenario. ScenarioError where a fault, a stream or a parameter is unknown."""
    known = faults() if specs else {}
    return [Rule(spec, _fault(spec, known, streams)) for spec in specs]


def _fault(spec: FaultSpec, known: dict[str, Any], streams: Sequence[str]) -> Fault:
    kind = known.get(spec.fault)
    if kind is None:
        message = f"there is no fault {spec.fault!r}{nearest(spec.fault, known)}"
        raise ScenarioError(spec.mark, message)
    if not any(fnmatchcase(stream, spec.on) for stream in streams):
        message = f"no stream is called {spec.on!r}{nearest(spec.on, streams)}"
        raise ScenarioError(spec.on_mark, message)
    if spec.at_seq is None:
        raise ScenarioError(spec.mark, f"{spec.fault}: it does not say when; write at: {{seq: 14}}")
    legal = {field.name: field for field in fields(kind)}
    for name, value in spec.params.items():
        if name not in legal:
            message = f"{spec.fault}: {name} is no parameter of it{nearest(name, legal)}"
            raise ScenarioError(spec.mark, message)
        wanted = type(legal[name].default)
        if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
            message = f"{spec.fault}: {name} is {value!r}; it must be of type {wanted.__name__}"
            raise ScenarioError(spec.mark, message)
    try:
        made: Fault = kind(**spec.params)
    except ValueError as error:
        raise ScenarioError(spec.mark, f"{spec.fault}: {error}") from None
    return made
