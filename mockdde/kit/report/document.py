"""The report of a run as one document, ``schemas/kit/report``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from mockdde import __version__
from mockdde.kit.cases import Case
from mockdde.kit.expectations import NONE, Expectations
from mockdde.kit.judge import Finding, Judgement, settled, worst
from mockdde.kit.report.summary import counted, families, gaps, summary
from mockdde.kit.report.verdict import EXITS, sentence, verdict
from mockdde.kit.requirements import Requirement

__all__ = ["case_entry", "entry_without_evidence", "exit_code", "heading", "whole"]

_MOST: Final = 12  # findings of a check
_BROKEN: Final = ("WARN", "FAIL", "INFO", "UNTESTABLE")
_EXCUSED: Final = (*_BROKEN, "INCONCLUSIVE")  # by a baseline: it is not met, and put up with


def heading(
    *,
    command: Sequence[str],
    started: str,
    wire_speed: float,
    dialects: Iterable[str],
    lanes: Iterable[str],
    requirements: Iterable[Requirement],
    seed: int | None = None,
) -> dict[str, Any]:
    """What is known before the first case; ``started`` is a date-time with its zone.

    ``requirements`` are all that there are; those of other dialects are left out.
    """
    of = [*dialects]
    known = {
        each.id: _described(each)
        for each in sorted(requirements, key=lambda each: each.id)
        if any(each.is_of(dialect) for dialect in of)
    }
    return {
        "schema": "mockdde.report/1",
        "tool": {"name": "mockdde", "version": __version__},
        "client": {"name": " ".join(command), "command": [*command]},
        "run": {
            "started": started,
            "seconds": 0.0,
            "wire_speed": wire_speed,
            "seed": seed,
            "dialects": of,
            "lanes": [*lanes],
        },
        "requirements": known,
    }


def _described(requirement: Requirement) -> dict[str, Any]:
    schema = requirement.schema
    return {
        "title": requirement.title,
        "description": schema["description"],
        "family": requirement.family,
        "severity": requirement.severity,
        "lane": requirement.lane,
        "basis": schema["x-basis"],
        "clause": schema["x-clause"],
        "dialects": schema["x-dialects"],
    }


def case_entry(
    evidence: Mapping[str, Any],
    judgements: Iterable[Judgement],
    *,
    repro: str,
    seconds: float,
    artifacts: Sequence[str] = (),
    expectations: Expectations = NONE,
) -> dict[str, Any]:
    """A case of the report; paths of ``artifacts`` are seen from the report's folder."""
    case, client = evidence["case"], evidence["client"]
    kept = next((each for each in artifacts if each.endswith("evidence.json")), "")
    checks = [_check(each, repro, kept) for each in judgements]
    checks = [_expected(each, case["id"], expectations) for each in checks]
    entry = {
        **{key: case[key] for key in ("id", "title", "why", "dialect", "tags", "scenario", "seed")},
        "seconds": round(seconds, 3),
        "faults": [{key: each[key] for key in ("fault", "on", "fired")} for each in case["faults"]],
        "doubts": [*evidence["kit"]["doubts"]],
        "problem": "",
        "client": {key: client[key] for key in ("how", "code", "signal", "seconds", "left_behind")},
        "checks": checks,
        "repro": repro,
        "artifacts": [*artifacts],
    }
    if "before" in evidence["kit"]:
        entry["before"] = evidence["kit"]["before"]
    return _levelled(entry)


def entry_without_evidence(
    case: Case,
    level: str,
    problem: str,
    *,
    repro: str,
    seconds: float = 0.0,
    artifacts: Sequence[str] = (),
) -> dict[str, Any]:
    """A case that was not run, or that the kit itself has failed at (SKIP, ERROR), and why."""
    return {
        "id": case.id,
        "title": case.title,
        "why": case.why,
        "dialect": case.dialect,
        "tags": [*case.tags],
        "scenario": case.scenario,
        "seed": case.seed,
        "level": level,
        "families": {},
        "seconds": round(seconds, 3),
        "faults": [],
        "doubts": [],
        "problem": problem,
        "client": None,
        "checks": [],
        "repro": repro,
        "artifacts": [*artifacts],
    }


def _levelled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with what its checks amount to."""
    if entry["problem"]:
        return dict(entry)
    levels = [counted(each) for each in entry["checks"]]
    return {**entry, "level": settled(levels, entry["doubts"]), "families": families(entry)}


def _check(judgement: Judgement, repro: str, kept: str) -> dict[str, Any]:
    requirement = judgement.requirement
    check: dict[str, Any] = {
        "requirement": requirement.id,
        "severity": requirement.severity,
        "level": judgement.level,
    }
    if judgement.level == "PASS":
        return check
    return {
        **check,
        "title": requirement.title,
        "basis": requirement.schema["x-basis"],
        "clause": requirement.schema["x-clause"],
        "message": judgement.message,
        "findings": [_finding(each, kept) for each in judgement.findings[:_MOST]],
        "more": max(0, len(judgement.findings) - _MOST),
        "repro": repro,
    }


def _finding(finding: Finding, kept: str) -> dict[str, str]:
    return {
        "where": finding.where,
        "expected": finding.expected,
        "seen": finding.seen,
        "evidence": f"{kept}#{finding.path}" if kept else "",
    }


def _expected(check: dict[str, Any], case: str, expectations: Expectations) -> dict[str, Any]:
    """The check with what the baseline says of it."""
    entry = expectations.of(case, check["requirement"])
    if entry is None or check["level"] == "SKIP":
        return check
    if entry.expect == "flaky":
        return {**check, "expectation": "FLAKY", "reason": entry.reason}
    if check["level"] in _EXCUSED:
        return {**check, "expectation": "XFAIL", "reason": entry.reason}
    return check


def whole(
    header: Mapping[str, Any],
    entries: Iterable[Mapping[str, Any]],
    *,
    seconds: float,
    expectations: Expectations = NONE,
) -> dict[str, Any]:
    """The report of a run that had these entries, sorted by their ids; see ``heading``."""
    cases = [dict(each) for each in sorted(entries, key=lambda each: str(each["id"]))]
    baseline, cases = _held_against(expectations, cases)
    gap = gaps(header, cases)
    of, reasons = verdict(cases, gap, baseline)
    run = {**header["run"], "seconds": round(seconds, 3)}
    return {
        **{key: header[key] for key in ("schema", "tool", "client")},
        "run": run,
        "verdict": of,
        "sentence": sentence(of, reasons, run, cases),
        "reasons": reasons,
        "summary": summary(header, cases),
        "untested": gap,
        "baseline": baseline,
        "requirements": header["requirements"],
        "cases": cases,
    }


def _held_against(
    expectations: Expectations, cases: list[dict[str, Any]]
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """What became of each entry of the baseline, and the cases with what is XPASS."""
    if not expectations.file:
        return None, cases
    told = []
    for entry in expectations.entries:
        meant = [
            (case["id"], check)
            for case in cases
            for check in case["checks"]
            if check["level"] != "SKIP" and _speaks(expectations, entry, case["id"], check)
        ]
        state = _state(entry.expect, [check for _, check in meant])
        if expectations.has_expired(entry):
            state = "expired"
        if state == "stale":
            stale = {(case, check["requirement"]) for case, check in meant}
            cases = [_with_stale(each, stale, entry.reason) for each in cases]
        told.append({**entry.as_json(), "state": state, "checks": len(meant)})
    return {"file": expectations.file, "entries": told}, cases


def _speaks(expectations: Expectations, entry: Any, case: str, check: Mapping[str, Any]) -> bool:
    if expectations.has_expired(entry):
        return bool(entry.means(case, check["requirement"]))
    return expectations.of(case, check["requirement"]) is entry


def _state(expect: str, checks: list[dict[str, Any]]) -> str:
    if not checks:
        return "unused"
    if expect == "flaky" or worst(_level(each) for each in checks) == "FAIL":
        return "met"
    return "stale" if all(each["level"] == "PASS" for each in checks) else "unclear"


def _level(check: Mapping[str, Any]) -> str:
    """FAIL of whatever is expected to be broken and is."""
    return "FAIL" if check["level"] in _BROKEN else str(check["level"])


def _with_stale(case: dict[str, Any], stale: set[tuple[str, str]], reason: str) -> dict[str, Any]:
    checks = [
        {**each, "expectation": "XPASS", "reason": reason}
        if (case["id"], each["requirement"]) in stale
        else each
        for each in case["checks"]
    ]
    return _levelled({**case, "checks": checks}) if checks != case["checks"] else case


def exit_code(report: Mapping[str, Any]) -> int:
    """0 conformant, 1 not, 2 nothing proved, 3 the kit's own fault."""
    return EXITS[report["verdict"]]
