"""The judge: evidence in, a verdict on each requirement out. It knows no golf and no sockets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mockdde.kit.explain import Finding, findings
from mockdde.kit.requirements import Requirement, requirements
from mockdde.kit.targets import UNSUPPORTED
from mockdde.records import dataclass

__all__ = ["LANES", "LEVELS", "Finding", "Judgement", "judge", "level_of", "settled", "worst"]

# From the best to the worst; what a case, a family or a run is, is its worst.
LEVELS = ("SKIP", "INFO", "PASS", "WARN", "UNTESTABLE", "INCONCLUSIVE", "FAIL", "ERROR")
LANES = ("wire", "state")
_BROKEN = {"MUST": "FAIL", "SHOULD": "WARN", "MAY": "INFO"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is said of one requirement in one case. ``message`` is empty where it is met."""

    requirement: Requirement
    level: str  # one of LEVELS
    message: str = ""
    findings: tuple[Finding, ...] = ()


def judge(
    evidence: Mapping[str, Any],
    by: Iterable[Requirement] | None = None,
    *,
    lanes: Collection[str] = LANES,
) -> list[Judgement]:
    """All requirements that apply, in the order of their ids, and those the case was to try.

    ``evidence`` is as ``schemas/kit/evidence`` has it; ``by`` is all that there are; requirements
    of another lane than ``lanes`` are skipped. Of a client that does not do the case, only those
    that it was to try are told, and none is met.
    """
    known = requirements().values() if by is None else by
    tries = evidence["case"]["requirements"]
    refused = _refused(evidence)
    found = []
    for each in sorted(known, key=lambda each: each.id):
        if not each.is_of(evidence["case"]["dialect"]):
            continue
        if refused is not None:
            found += [Judgement(each, *refused)] if each.id in tries else []
        elif each.applies(dict(evidence)):
            found.append(_judged(each, evidence, lanes))
        elif each.id in tries:
            message = "the case was to try it, and nothing that it speaks of has happened"
            found.append(Judgement(each, "INCONCLUSIVE", message))
    return found


def _refused(evidence: Mapping[str, Any]) -> tuple[str, str] | None:
    """A level and a sentence where the client has not done the case at all."""
    client = evidence["client"]
    if client["code"] != UNSUPPORTED:
        if evidence["case"].get("asks") and not evidence["conduct"]["requests"]:
            return "SKIP", "the client asks for nothing by HTTP, which is what the case is about"
        return None
    if client["probe"] == "ran":
        message = (
            f"the client exits with {UNSUPPORTED}, unsupported, but runs a case that there is not:"
            " what it supports cannot be told"
        )
        return "UNTESTABLE", message
    return "SKIP", f"the client does not support this case: it exits with {UNSUPPORTED}"


def _judged(
    requirement: Requirement, evidence: Mapping[str, Any], lanes: Collection[str]
) -> Judgement:
    state = evidence["state"]
    if requirement.lane not in lanes:
        return Judgement(requirement, "SKIP", f"the lane {requirement.lane} was not asked for")
    if requirement.lane == "state" and state is None:
        message = "the client tells nothing of what it holds (MOCKDDE_STATE_URL)"
        return Judgement(requirement, "UNTESTABLE", message)
    lacks = [each for each in requirement.needs if each not in (state or {}).get("covered", ())]
    if lacks:
        return Judgement(requirement, "UNTESTABLE", f"its state says nothing of {', '.join(lacks)}")
    if next(requirement.errors(dict(evidence)), None) is None:
        return Judgement(requirement, "PASS")
    found = findings(requirement, evidence)
    lag = evidence["kit"]["lag"]
    if requirement.is_of_time and lag["max"] > lag["budget"]:
        message = f"{requirement.otherwise}; but this machine was too slow to tell"
        return Judgement(requirement, "INCONCLUSIVE", message, found)
    return Judgement(requirement, _BROKEN[requirement.severity], requirement.otherwise, found)


def worst(levels: Iterable[str]) -> str:
    """The worst of some levels; SKIP where there are none."""
    return max(levels, key=LEVELS.index, default="SKIP")


def settled(levels: Iterable[str], doubts: Collection[str]) -> str:
    """What a case is as a whole; doubts about the run itself leave no PASS.

    What the client has not done at all is no less skipped where the wire was never broken.
    """
    level = worst(levels)
    return "INCONCLUSIVE" if doubts and level not in ("SKIP", "FAIL", "ERROR") else level


def level_of(evidence: Mapping[str, Any], judgements: Iterable[Judgement]) -> str:
    """What a case is as a whole."""
    return settled((each.level for each in judgements), evidence["kit"]["doubts"])
