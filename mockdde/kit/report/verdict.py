"""The verdict on a run, and the sentences that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from mockdde.kit.report.summary import counted

__all__ = ["EXITS", "plural", "sentence", "verdict"]

EXITS: Final = {
    "CONFORMANT": 0,
    "CONFORMANT_WITH_WARNINGS": 0,
    "NONCONFORMANT": 1,
    "INCONCLUSIVE": 2,
    "ERROR": 3,
}
_FEW: Final = 3  # names in a sentence


def plural(count: int, thing: str) -> str:
    """``1 case``, ``2 cases``."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def verdict(
    cases: Sequence[Mapping[str, Any]],
    gap: Mapping[str, Any],
    baseline: Mapping[str, Any] | None,
) -> tuple[str, list[str]]:
    """The verdict, and why it is no better, worst first."""
    by = [
        ("ERROR", _errors(cases)),
        ("NONCONFORMANT", [*_broken(cases, "FAIL"), *_stale(baseline)]),
        ("INCONCLUSIVE", [*_doubtful(cases), *_untestable(gap, "MUST"), *_nothing(cases)]),
        ("CONFORMANT_WITH_WARNINGS", [*_broken(cases, "WARN"), *_untestable(gap, "SHOULD")]),
    ]
    reasons = [reason for _, of in by for reason in of]
    return next((each for each, of in by if of), "CONFORMANT"), reasons


def _errors(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    wrong = [each for each in cases if each["level"] == "ERROR"]
    if not wrong:
        return []
    what = wrong[0]["problem"] or "see its checks"
    return [f"the kit itself failed at {_named(wrong)}: {what}"]


def _broken(cases: Iterable[Mapping[str, Any]], level: str) -> list[str]:
    """How many requirements are broken that count as FAIL, or as WARN."""
    severity = {"FAIL": "MUST", "WARN": "SHOULD"}[level]
    found = {
        (check["requirement"], case["id"])
        for case in cases
        for check in case["checks"]
        if counted(check) == level and check.get("expectation") != "XPASS"
    }
    if not found:
        return []
    broken = sorted({requirement for requirement, _ in found})
    several = "is" if len(broken) == 1 else "are"
    where = plural(len({case for _, case in found}), "case")
    names = _listed(broken)
    return [
        f"{plural(len(broken), 'requirement')} ({severity}) {several} broken in {where}: {names}"
    ]


def _stale(baseline: Mapping[str, Any] | None) -> list[str]:
    found = []
    for each in baseline["entries"] if baseline else ():
        what = f"{each['requirement']} in {each['case']}"
        if each["state"] == "stale":
            said = f"{each['at']}: {what} is expected to fail, and passes; take the entry out"
            found.append(said)
        elif each["state"] == "expired":
            said = f"{each['at']}: {what} was put up with until {each['expires']}, which is over"
            found.append(said)
    return found


def _doubtful(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    """What cannot be told for doubts about the run itself."""
    found = []
    doubtful = [each for each in cases if each["doubts"] and each["level"] == "INCONCLUSIVE"]
    if doubtful:
        found.append(f"{_named(doubtful)} proved nothing: {doubtful[0]['doubts'][0]}")
    open_ = [
        (check, case)
        for case in cases
        for check in case["checks"]
        if counted(check) == "INCONCLUSIVE"
    ]
    if open_:
        ids = sorted({check["requirement"] for check, _ in open_})
        first = open_[0][0]["message"]
        found.append(f"{plural(len(ids), 'requirement')} left open: {_listed(ids)}: {first}")
    return found


def _untestable(gap: Mapping[str, Any], severity: str) -> list[str]:
    """A sentence for each reason."""
    by: dict[str, list[str]] = {}
    for each in gap["untestable"]:
        if each["severity"] == severity:
            by.setdefault(each["why"], []).append(each["requirement"])
    return [
        f"{plural(len(set(ids)), 'requirement')} ({severity}) could not be tested: {why}"
        for why, ids in by.items()
    ]


def _nothing(cases: Iterable[Mapping[str, Any]]) -> list[str]:
    if any(each["level"] != "SKIP" for each in cases):
        return []
    return ["nothing was judged"]


def _named(cases: Sequence[Mapping[str, Any]]) -> str:
    return f"{plural(len(cases), 'case')} ({_listed([each['id'] for each in cases])})"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")


def sentence(
    of: str, reasons: Sequence[str], run: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]
) -> str:
    """The verdict with all that it holds for, and the first reason why it is no better."""
    done = [each for each in cases if each["level"] != "SKIP"]
    skipped = len(cases) - len(done)
    dialects = sorted({each["dialect"] for each in done}) or run["dialects"]
    speed = run["wire_speed"]
    parts = [
        _words("dialect", dialects),
        _words("lane", run["lanes"]) + (" only" if len(run["lanes"]) == 1 else ""),
        plural(len(done), "case") + (f" ({skipped} skipped)" if skipped else ""),
        "in real time" if speed == 1 else f"at wire speed {speed:g}",
    ]
    why = f": {reasons[0]}" if reasons else ""
    return f"{of.replace('_', ' ')} for {', '.join(parts)}{why}"


def _words(thing: str, words: Sequence[str]) -> str:
    return f"{thing}{'s' if len(words) != 1 else ''} {' and '.join(words)}"
