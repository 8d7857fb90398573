"""What the cases of a report amount to: levels by family, ratios, and what was not tested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mockdde.kit.judge import LEVELS, worst
from mockdde.kit.requirements import FAMILIES

__all__ = ["counted", "families", "family_of", "gaps", "summary"]

_NEUTRAL = {"XFAIL": "INFO", "FLAKY": "INFO", "XPASS": "FAIL"}


def counted(check: Mapping[str, Any]) -> str:
    """What a check counts as, with what the baseline says of it."""
    return _NEUTRAL.get(check.get("expectation", ""), str(check["level"]))


def family_of(requirement: str) -> str:
    """The folder of its id."""
    return requirement.partition("/")[0]


def families(entry: Mapping[str, Any]) -> dict[str, str]:
    """Of a case the worst of each family that it came to."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in entry["checks"]:
        found[family_of(each["requirement"])].append(counted(each))
    return {family: worst(found[family]) for family in FAMILIES if family in found}


def summary(header: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Counts of checks and cases by level, and of requirements that every case met."""
    of = [*cases]
    checks = [check for case in of for check in case["checks"]]
    known = header["requirements"]
    present = {family_of(each) for each in known} | {family_of(c["requirement"]) for c in checks}
    return {
        **_ratios(checks),
        "levels": _levels(counted(each) for each in checks),
        "cases": _levels(each["level"] for each in of),
        "families": {family: _family(family, checks) for family in FAMILIES if family in present},
    }


def _family(family: str, checks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    own = [each for each in checks if family_of(each["requirement"]) == family]
    levels = [counted(each) for each in own]
    return {"level": worst(levels), **_ratios(own), "levels": _levels(levels)}


def _ratios(checks: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    levels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in checks:
        levels[each["severity"], each["requirement"]].append(str(each["level"]))
    found = {each: {"passed": 0, "total": 0} for each in ("must", "should", "may")}
    for (severity, _), of in levels.items():
        level = worst(of)
        if level != "SKIP":
            ratio = found[severity.lower()]
            ratio["total"] += 1
            ratio["passed"] += level == "PASS"
    return found


def _levels(levels: Iterable[str]) -> dict[str, int]:
    counts = Counter(levels)
    return {each: counts[each] for each in reversed(LEVELS) if counts[each]}


def gaps(header: Mapping[str, Any], cases: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What this run says nothing of, and why."""
    of = [*cases]
    tried = {
        check["requirement"] for case in of for check in case["checks"] if check["level"] != "SKIP"
    }
    lanes = header["run"]["lanes"]
    return {
        "untestable": _gathered(_of_checks(of, "UNTESTABLE")),
        "inconclusive": _gathered([*_doubts(of), *_of_checks(of, "INCONCLUSIVE")]),
        "skipped": _gathered([*_problems(of), *_of_checks(of, "SKIP")]),
        "never_applied": [
            id_
            for id_, each in header["requirements"].items()
            if id_ not in tried and each["lane"] in lanes
        ],
    }


_Gap = tuple[str, str | None, str | None, str]  # why, requirement, severity, case


def _of_checks(cases: Iterable[Mapping[str, Any]], level: str) -> Iterator[_Gap]:
    for case in cases:
        for each in case["checks"]:
            if each["level"] == level and each.get("expectation") not in ("XFAIL", "FLAKY"):
                yield each["message"], each["requirement"], each["severity"], case["id"]


def _doubts(cases: Iterable[Mapping[str, Any]]) -> Iterator[_Gap]:
    for case in cases:
        if case["level"] == "INCONCLUSIVE":
            yield from ((doubt, None, None, case["id"]) for doubt in case["doubts"])


def _problems(cases: Iterable[Mapping[str, Any]]) -> Iterator[_Gap]:
    for case in cases:
        if case["level"] == "SKIP" and case["problem"]:
            yield case["problem"], None, None, case["id"]


def _gathered(found: Iterable[_Gap]) -> list[dict[str, Any]]:
    """Those with one reason together."""
    together: dict[tuple[str, str | None, str | None], list[str]] = defaultdict(list)
    for why, requirement, severity, case in found:
        together[why, requirement, severity].append(case)
    return [
        {"why": why, "requirement": requirement, "severity": severity, "cases": cases}
        for (why, requirement, severity), cases in together.items()
    ]
