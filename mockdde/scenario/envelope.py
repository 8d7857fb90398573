"""The section ``wire``: each fault with its envelope; what it strikes is looked at later."""

from __future__ import annotations

from mockdde.errors import ScenarioError
from mockdde.scenario.model import FaultSpec, Trigger
from mockdde.scenario.part import Part

__all__ = ["fault"]

_ENVELOPE = {
    "on",
    "at",
    "times",
    "every",
    "probability",
    "connection",
    "client",
    "dialect",
    "duration",
    "ttl",
    "min_fired",
}
_WHATS = ("seq", "event", "ms", "connection", "request", "message", "signal")


def fault(part: Part, *, without_at: Trigger | None = None) -> FaultSpec:
    """An entry of wire. ``without_at`` is its trigger where it has none; else it must have one."""
    names = [key for key in part.values if key not in _ENVELOPE]
    if len(names) != 1:
        said = " and ".join(repr(name) for name in names) or "none"
        raise ScenarioError(part.mark, f"an entry of wire names exactly one fault, not {said}")
    mark = part.source.key_mark((*part.path, names[0]))
    params = part.get(names[0])
    if params is not None and not isinstance(params, dict):
        message = f"{names[0]!r} has parameters by name; write {{}} where there are none"
        raise ScenarioError(mark, message)
    if "at" not in part.values and without_at is None:
        raise ScenarioError(mark, f"{names[0]}: it does not say when; write at: {{seq: 14}}")
    return FaultSpec(
        mark=mark,
        on_mark=part.mark_of("on"),
        on=part.get("on"),
        at=_trigger(part.part("at")) if "at" in part.values or without_at is None else without_at,
        fault=names[0],
        params=params or {},
        times=part.get("times"),
        every=part.get("every", 1),
        probability=float(part.get("probability", 1.0)),
        connection=part.get("connection", 0),
        client=part.get("client", "*"),
        dialect=part.get("dialect", "*"),
        duration=part.duration("duration") if "duration" in part.values else None,
        ttl=part.duration("ttl") if "ttl" in part.values else None,
        min_fired=part.get("min_fired", 1),
    )


def _trigger(at: Part) -> Trigger:
    said = [key for key in _WHATS if key in at.values]
    if len(said) != 1:
        what = " and ".join(said) or "none"
        few = ", ".join(_WHATS[:-1])
        raise ScenarioError(at.mark, f"at says exactly one of {few} or signal, not {what}")
    (what,) = said
    for key, of in (("nth", "event"), ("from", "ms")):
        if key in at.values and what != of:
            raise ScenarioError(at.key_mark(key), f"{key} belongs to {of}, not to {what}")
    match what:
        case "event":
            return Trigger("event", at.get("nth", 0), at.get("event"))
        case "signal":
            return Trigger("signal", 0, at.get("signal"))
        case "ms":
            return Trigger(at.get("from", "connect"), at.get("ms"))
    return Trigger(what, at.get(what))
