"""WIRE: the faults, one file each; a module dropped in here can be named in a scenario's ``wire``.

What a fault is made of is in ``mockdde.wire``. Its docstring says what happens on the wire, and
what a good client does about it. A scenario says on what it strikes, and when:

    wire:
      - {on: round/1/team/12, at: {seq: 14}, close: {code: 1011}}
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import MISSING, fields
from fnmatch import fnmatchcase
from typing import Any, TypeAlias

from mockdde import catalogue
from mockdde.errors import ScenarioError, nearest
from mockdde.feeds import DIALECTS
from mockdde.records import dataclass
from mockdde.scenario.model import FaultSpec
from mockdde.wire import Fault, HandshakeFault, RestFault, ServerFault, StreamFault

__all__ = ["EVERYWHERE", "Bound", "Named", "bind", "described", "family", "faults"]

EVERYWHERE = "multiplexer"  # the stream of no tournament; a rule has to name it

Named: TypeAlias = tuple[str, str]  # a stream or document below its tournament, and its dialect

_OF_ALL = ("scenario", "signal", "now")
_OF_STREAMS = ("seq", "event", "connect", "auth", "connection", "message", *_OF_ALL)
# By family: its word, and the triggers that can be occasions of it.
_FAMILIES: dict[type[Fault], tuple[str, Sequence[str]]] = {
    StreamFault: ("a stream", _OF_STREAMS),
    ServerFault: ("the server", _OF_STREAMS),
    HandshakeFault: ("a handshake", ("connection", *_OF_ALL)),
    RestFault: ("a request", ("request", *_OF_ALL)),
}
_SPELT = {
    "connect": "{ms: 5000, from: connect}",
    "auth": "{ms: 5000, from: auth}",
    "scenario": "{ms: 5000, from: scenario}",
    "seq": "{seq: 14}",
    "event": "{event: HitBall, nth: 3}",
    "connection": "{connection: 1}",
    "request": "{request: 1}",
    "message": "{message: 1}",
    "signal": "{signal: name}",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """A fault with its envelope, held against what there is."""

    spec: FaultSpec
    fault: Fault
    dialects: Collection[str] = DIALECTS  # those in which there is something that it speaks of

    @property
    def times(self) -> int:
        """How often it strikes at most; 0 is always."""
        return self.fault.TIMES if self.spec.times is None else self.spec.times

    def is_on(self, name: str, dialect: str) -> bool:
        """Whether it speaks of a stream or document, by its name below the tournament."""
        if self.spec.dialect not in ("*", dialect) or dialect not in self.fault.dialects:
            return False
        if name == EVERYWHERE:
            return self.spec.on == EVERYWHERE
        return fnmatchcase(name, self.spec.on)


def faults() -> dict[str, type[Fault]]:
    """All faults by name."""
    import mockdde.faults as package  # noqa: PLC0415  (the package itself is what is searched)

    return catalogue.collect(package, "FAULT", key=lambda fault: str(fault.NAME))


def family(fault: type[Fault]) -> type[Fault]:
    """The family whose triggers a fault has; the first of those it is of."""
    return next(each for each in _FAMILIES if issubclass(fault, each))


def described() -> list[dict[str, Any]]:
    """All faults by name, for people: what they strike, their parameters with their defaults.

    ``about`` are the paragraphs of what happens on the wire, and of what a good client does.
    """
    return [
        {
            "name": name,
            "strikes": _FAMILIES[family(kind)][0],
            "params": {each.name: _plain(each.default) for each in fields(kind)},  # type: ignore[arg-type]
            "times": kind.TIMES,
            "dialects": list(kind.DIALECTS),
            "about": [" ".join(part.split()) for part in (kind.__doc__ or "").split("\n\n")],
        }
        for name, kind in faults().items()
    ]


def _plain(default: object) -> object:
    return list(default) if isinstance(default, tuple) else default


def bind(
    specs: Iterable[FaultSpec], streams: Sequence[Named], documents: Sequence[Named]
) -> list[Bound]:
    """The faults of a scenario, held against its streams and its documents.

    ScenarioError where a fault, a parameter, a stream, a dialect or a trigger is not one.
    """
    listed = list(specs)
    known = faults() if listed else {}
    return [_bound(spec, known, streams, documents) for spec in listed]


def _bound(
    spec: FaultSpec,
    known: dict[str, type[Fault]],
    streams: Sequence[Named],
    documents: Sequence[Named],
) -> Bound:
    kind = known.get(spec.fault)
    if kind is None:
        message = f"there is no fault {spec.fault!r}{nearest(spec.fault, known)}"
        raise ScenarioError(spec.mark, message)
    if spec.dialect not in ("*", *DIALECTS):
        message = f"there is no dialect {spec.dialect!r}{nearest(spec.dialect, DIALECTS)}"
        raise ScenarioError(spec.mark, message)
    of = family(kind)
    names = [*documents, *streams] if of is RestFault else [*streams, (EVERYWHERE, "dde")]
    named = [(name, dialect) for name, dialect in names if spec.dialect in ("*", dialect)]
    on = {dialect for name, dialect in named if fnmatchcase(name, spec.on)}
    if not on:
        what = "stream or document" if of is RestFault else "stream"
        where = "" if spec.dialect == "*" else f" of the dialect {spec.dialect}"
        clause = nearest(spec.on, [name for name, _ in named])
        raise ScenarioError(spec.on_mark, f"no {what}{where} is called {spec.on!r}{clause}")
    what, triggers = _FAMILIES[of]
    triggers = kind.TRIGGERS or triggers
    if spec.at.what not in triggers:
        can = ", ".join(_SPELT[each] for each in triggers if each in _SPELT)
        message = f"{spec.fault} strikes {what}; at can be {can}"
        raise ScenarioError(spec.mark, message)
    fault = _made(kind, spec)
    dialects = on.intersection(fault.dialects)
    if not dialects:
        only = " and ".join(fault.dialects)
        message = f"{spec.fault} has something to do in the dialect {only} only"
        raise ScenarioError(spec.mark, f"{message}, and {spec.on} is of {' and '.join(sorted(on))}")
    mine = [name for name, dialect in streams if dialect in dialects]
    for name in fault.streams:
        if name not in mine:
            message = f"{spec.fault}: no stream is called {name!r}{nearest(name, mine)}"
            raise ScenarioError(spec.mark, message)
    return Bound(spec, fault, dialects)


def _made(kind: Any, spec: FaultSpec) -> Fault:
    legal = {field.name: field for field in fields(kind)}
    values: dict[str, object] = {}
    for name, value in spec.params.items():
        if name not in legal:
            message = f"{spec.fault}: {name} is no parameter of it{nearest(name, legal)}"
            raise ScenarioError(spec.mark, message)
        assert legal[name].default is not MISSING, "a fault's parameters have defaults"
        values[name] = _value(spec, name, value, legal[name].default)
    try:
        made: Fault = kind(**values)
    except ValueError as error:
        raise ScenarioError(spec.mark, f"{spec.fault}: {error}") from None
    return made


def _value(spec: FaultSpec, name: str, value: object, default: object) -> object:
    """A parameter's value, of the type of its default; 1 is a decimal, and a list of one, too."""
    wanted = type(default)
    if isinstance(default, tuple):
        listed = value if isinstance(value, list) else [value]
        return tuple(_value(spec, name, each, default[0]) if default else each for each in listed)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, wanted) or isinstance(value, bool) is not (wanted is bool):
        message = f"{spec.fault}: {name} is {value!r}; it must be of type {wanted.__name__}"
        raise ScenarioError(spec.mark, message)
    return value
