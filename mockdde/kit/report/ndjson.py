"""The report as JSON lines, one at a time, so that a run that is killed has said what it judged.

A header, a line for each case as it ends, and a footer. Each line has ``what``; a file without a
footer is of a run that did not come to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from mockdde.errors import DocumentError

__all__ = ["case_line", "footer_line", "header_line", "read_lines"]


def header_line(header: Mapping[str, Any]) -> bytes:
    """The first line; see ``document.heading``."""
    return _line("header", header)


def case_line(entry: Mapping[str, Any]) -> bytes:
    """A case with its checks; what is expected to fail and passes is known only in the end."""
    return _line("case", entry)


def footer_line(report: Mapping[str, Any]) -> bytes:
    """The last line: all of the report that neither the header nor the cases have said."""
    keys = ("run", "verdict", "sentence", "reasons", "summary", "untested", "baseline")
    return _line("footer", {key: report[key] for key in keys})


def _line(what: str, of: Mapping[str, Any]) -> bytes:
    return orjson.dumps({"what": what, **of}) + b"\n"


def read_lines(
    lines: Iterable[bytes], name: str
) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any] | None]:
    """The header, the cases and the footer, if it came to one. DocumentError: no such lines.

    A last line that was not written whole is left out.
    """
    header: dict[str, Any] | None = None
    footer: dict[str, Any] | None = None
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.endswith(b"\n"):
            break
        try:
            of = orjson.loads(line)
            what = of.pop("what")
        except (ValueError, KeyError, AttributeError, TypeError):
            message = f"{name}:{number}: this is no line of a report"
            raise DocumentError(message) from None
        if what == "header":
            header = of
        elif what == "case":
            cases.append(of)
        else:
            footer = of
    if header is None:
        raise DocumentError(f"{name}: there is no header in it")
    return header, cases, footer
