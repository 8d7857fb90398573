"""All files that a report consists of, beside what is kept of each case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson

from mockdde.kit.report.badge import badge
from mockdde.kit.report.html import page
from mockdde.kit.report.junit import junit
from mockdde.kit.report.markdown import markdown

__all__ = ["FILES", "forms"]

FILES: Final = {  # by what `mockdde conform` calls them
    "report": "report.json",
    "html": "report.html",
    "junit": "junit.xml",
    "summary": "summary.md",
    "badge": "badge.json",
}


def forms(
    report: Mapping[str, Any], timelines: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The text of each file by its name; ``timelines`` by case, as ``timeline.pack`` has them."""
    return {
        "report.json": orjson.dumps(report, option=orjson.OPT_INDENT_2) + b"\n",
        "report.html": page(report, timelines).encode(errors="backslashreplace"),
        "junit.xml": junit(report),
        "summary.md": markdown(report).encode(errors="backslashreplace"),
        "badge.json": orjson.dumps(badge(report)) + b"\n",
    }
