"""The report as one page: it needs no network, and shows what the document says, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from typing import Any

import orjson

__all__ = ["page"]

_PARTS = {"/*STYLE*/": "page.css", "/*SCRIPT*/": "page.js"}


def page(report: Mapping[str, Any], timelines: Mapping[str, str] | None = None) -> str:
    """The page; ``timelines`` are those of cases, as ``timeline.pack`` has them."""
    text = _file("page.html")
    for mark, name in _PARTS.items():
        text = text.replace(mark, _file(name))
    # What comes from outside goes in last, so that no mark in it is taken for one of the page's.
    title = f"{report['verdict'].replace('_', ' ')} · {report['client']['name']}"
    before, _, rest = text.partition("<!--TITLE-->")
    middle, _, after = rest.partition("<!--DATA-->")
    data = _script("report", report) + _script("timelines", timelines or {})
    return f"{before}{escape(title)}{middle}{data}{after}"


def _script(name: str, value: object) -> str:
    """Data that a script reads; nothing in it can end the element that it is in."""
    text = orjson.dumps(value).decode()
    for each in "<>&\u2028\u2029":
        text = text.replace(each, f"\\u{ord(each):04x}")
    return f'<script type="application/json" id="{name}">{text}</script>\n'


def _file(name: str) -> str:
    where = files("mockdde") / "kit" / "report" / "page" / name
    return where.read_text(encoding="utf-8")
