"""The judge: evidence in, a verdict on each requirement out. It knows no golf and no sockets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mockdde.kit.requirements import Requirement, requirements

__all__ = ["LEVELS", "Finding", "Judgement", "judge", "level_of", "worst"]

# From the best to the worst; what a case, a family or a run is, is its worst.
LEVELS = ("SKIP", "INFO", "PASS", "WARN", "UNTESTABLE", "INCONCLUSIVE", "FAIL", "ERROR")
_BROKEN = {"MUST": "FAIL", "SHOULD": "WARN", "MAY": "INFO"}
_LONGEST = 240  # characters of what was seen


@dataclass(frozen=True, slots=True)
class Finding:
    """Where evidence breaks a requirement: a JSON pointer, what was seen there, what is right."""

    path: str
    seen: str
    expected: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one requirement in one case. ``message`` is empty where it is met."""

    requirement: Requirement
    level: str  # one of LEVELS
    message: str = ""
    findings: tuple[Finding, ...] = ()


def judge(evidence: Mapping[str, Any], by: Iterable[Requirement] | None = None) -> list[Judgement]:
    """All requirements that apply, in the order of their ids, and those the case was to try.

    ``evidence`` is as ``schemas/kit/evidence`` has it; ``by`` is all that there are.
    """
    known = requirements().values() if by is None else by
    tries = evidence["case"]["requirements"]
    found = []
    for each in sorted(known, key=lambda each: each.id):
        if not each.is_of(evidence["case"]["dialect"]):
            continue
        if each.applies(dict(evidence)):
            found.append(_judged(each, dict(evidence)))
        elif each.id in tries:
            message = "the case was to try it, and nothing that it speaks of has happened"
            found.append(Judgement(each, "INCONCLUSIVE", message))
    return found


def _judged(requirement: Requirement, evidence: dict[str, Any]) -> Judgement:
    state = evidence["state"]
    if requirement.lane == "state" and state is None:
        message = "the client tells nothing of what it holds (MOCKDDE_STATE_URL)"
        return Judgement(requirement, "UNTESTABLE", message)
    lacks = [each for each in requirement.needs if each not in (state or {}).get("covered", ())]
    if lacks:
        return Judgement(requirement, "UNTESTABLE", f"its state says nothing of {', '.join(lacks)}")
    findings = tuple(_finding(each) for each in requirement.errors(evidence))
    if not findings:
        return Judgement(requirement, "PASS")
    lag = evidence["kit"]["lag"]
    if requirement.is_of_time and lag["max"] > lag["budget"]:
        message = f"{requirement.otherwise}; but this machine was too slow to tell"
        return Judgement(requirement, "INCONCLUSIVE", message, findings)
    level = _BROKEN[requirement.severity]
    return Judgement(requirement, level, requirement.otherwise, findings)


def _finding(error: Any) -> Finding:
    path = "".join(f"/{_escaped(each)}" for each in error.absolute_path)
    return Finding(
        path, _short(error.instance), f"{error.validator} {_short(error.validator_value)}"
    )


def _escaped(token: object) -> str:
    return str(token).replace("~", "~0").replace("/", "~1")


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def worst(levels: Iterable[str]) -> str:
    """The worst of some levels; SKIP where there are none."""
    return max(levels, key=LEVELS.index, default="SKIP")


def level_of(evidence: Mapping[str, Any], judgements: Iterable[Judgement]) -> str:
    """What a case is as a whole; doubts about the run itself leave no PASS."""
    level = worst(each.level for each in judgements)
    if evidence["kit"]["doubts"] and level not in ("FAIL", "ERROR"):
        return "INCONCLUSIVE"
    return level
