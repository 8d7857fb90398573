"""Words that several forms of a report have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mockdde.kit.report.summary import counted

__all__ = ["clean", "failures", "told"]


def clean(text: str) -> str:
    """The same, with escapes for what neither XML nor a terminal takes as a character."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)


def failures(
    report: Mapping[str, Any], *levels: str
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Cases and their checks that count as one of these levels, in the order of the levels."""
    for level in levels:
        for case in report["cases"]:
            for check in case["checks"]:
                if counted(check) == level:
                    yield case, check


def told(check: Mapping[str, Any]) -> str:
    """What is wrong, in a sentence; of a check that passes and should not, that."""
    if check.get("expectation") == "XPASS":
        return f"it passes, and the baseline says that it fails: {check['reason']}"
    return str(check.get("message", ""))
