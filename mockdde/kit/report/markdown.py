"""The report as Markdown, for the summary of a job: failures first, then what was not tested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from mockdde.kit.judge import LEVELS
from mockdde.kit.report.verdict import plural
from mockdde.kit.report.words import clean, failures, told

__all__ = ["markdown"]

_MOST: Final = 25  # checks in full; a job summary has at most a mebibyte
_FEW: Final = 8  # names in a line
_SIGNS: Final = {
    "CONFORMANT": "✅",
    "CONFORMANT_WITH_WARNINGS": "✅",
    "NONCONFORMANT": "❌",
    "INCONCLUSIVE": "❔",
    "ERROR": "💥",
}


def markdown(report: Mapping[str, Any]) -> str:
    """A page for people in a hurry."""
    parts = [
        [f"## {_SIGNS[report['verdict']]} {_text(report['sentence'])}"],
        [f"Client: {_code(report['client']['name'])}"],
        *_reasons(report),
        [*_table(report)],
        *_broken(report),
        *_untested(report),
    ]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _reasons(report: Mapping[str, Any]) -> Iterator[list[str]]:
    if len(report["reasons"]) > 1:
        yield [f"- {_text(each)}" for each in report["reasons"]]


def _table(report: Mapping[str, Any]) -> Iterator[str]:
    summary = report["summary"]
    levels = [each for each in reversed(LEVELS) if each in summary["levels"]]
    yield f"| family | MUST | SHOULD | {' | '.join(levels)} |"
    yield f"| --- | ---: | ---: |{' ---: |' * len(levels)}"
    for name, each in [*summary["families"].items(), ("**all**", summary)]:
        counts = [str(each["levels"].get(level, "")) for level in levels]
        ratios = [f"{each[of]['passed']}/{each[of]['total']}" for of in ("must", "should")]
        yield f"| {name} | {' | '.join([*ratios, *counts])} |"


def _broken(report: Mapping[str, Any]) -> Iterator[list[str]]:
    found = [*failures(report, "ERROR", "FAIL", "WARN")]
    problems = [each for each in report["cases"] if each["level"] == "ERROR" and each["problem"]]
    if found or problems:
        yield ["### What is wrong"]
    for case in problems:
        yield [f"**ERROR** in {_code(case['id'])}: {_text(case['problem'])}"]
    for case, check in found[:_MOST]:
        level = "FAIL" if check.get("expectation") == "XPASS" else check["level"]
        head = f"**{level}** {_code(check['requirement'])} in {_code(case['id'])}: "
        yield [head + _text(told(check)), *_details(check), *_again(case)]
    if len(found) > _MOST:
        yield [f"… and {plural(len(found) - _MOST, 'check')} more; the report has them all."]


def _details(check: Mapping[str, Any]) -> Iterator[str]:
    for each in check.get("findings", ())[:2]:
        where = f"{_text(each['where'])}: " if each["where"] else ""
        seen = f"expected {_code(each['expected'])}, seen {_code(each['seen'])}"
        yield f"- {where}{seen}"
    more = len(check.get("findings", ())) - 2 + check.get("more", 0)
    if more > 0:
        yield f"- … and {plural(more, 'place')} more"
    if "clause" in check:
        basis, clause = check["basis"], check["clause"]
        yield f"- {_text(check['title'])} ({basis}, {_text(clause['page'])})"


def _again(case: Mapping[str, Any]) -> Iterator[str]:
    yield f"- again: {_code(case['repro'])}"


def _untested(report: Mapping[str, Any]) -> Iterator[list[str]]:
    gap = report["untested"]
    said = [
        *_gaps("could not be tested", gap["untestable"]),
        *_gaps("left open", gap["inconclusive"]),
        *_gaps("skipped", gap["skipped"]),
    ]
    if gap["never_applied"]:
        said.append(f"- no case came to {_names(gap['never_applied'])}")
    if said:
        yield ["### What this run did not test"]
        yield said


def _gaps(what: str, gaps: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A line for each reason, with its requirements or, where it is of whole cases, with these."""
    by: dict[str, dict[str, None]] = {}
    for each in gaps:
        names = [each["requirement"]] if each["requirement"] else each["cases"]
        by.setdefault(each["why"], {}).update(dict.fromkeys(names))
    for why, names in by.items():
        yield f"- {what}: {_names([*names])}: {_text(why)}"


def _names(names: list[str]) -> str:
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    return ", ".join(_code(each) for each in names[:_FEW]) + more


def _text(text: str) -> str:
    """Prose in which nothing is markup: not even HTML, which Markdown lets through."""
    plain = " ".join(clean(text).split())
    return re.sub(r"([\\`*_\[\]<>|~#@&])", r"\\\1", plain).replace("\\<", "&lt;")


def _code(text: str) -> str:
    """Code, whatever ticks it has itself."""
    plain = " ".join(clean(text).split()) or " "
    longest = max((len(each) for each in re.findall("`+", plain)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if plain[0] == "`" or plain[-1] == "`" else ""
    return f"{fence}{pad}{plain}{pad}{fence}"
