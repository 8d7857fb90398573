"""What a run of the conformance kit shows on a terminal, or says line by line where there is none.

While it runs: how many cases are done, which run now, which have failed. In the end the families
and their levels, all that is wrong with what was expected and what was seen, and the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from mockdde.kit.judge import LEVELS
from mockdde.kit.report.summary import counted
from mockdde.kit.report.verdict import plural
from mockdde.kit.report.words import failures, told
from mockdde.printer import printable

__all__ = ["STYLES", "Terminal"]

STYLES: Final = {
    "PASS": "green",
    "WARN": "yellow",
    "FAIL": "bold red",
    "ERROR": "bold red",
    "INFO": "blue",
    "SKIP": "dim",
    "UNTESTABLE": "magenta",
    "INCONCLUSIVE": "magenta",
    "CONFORMANT": "bold green",
    "CONFORMANT_WITH_WARNINGS": "bold green",
    "NONCONFORMANT": "bold red",
}
_CASES, _FINDINGS, _NAMES = 4, 3, 8  # of a requirement, of a case, and in a line
_LOG: Final = 400  # columns
_RUNNING: Final = 4  # names of cases that run now
_PARTS: Final = {"where": "", "expected": "green", "seen": "red", "evidence": "dim"}
_WORST: Final = ("FAIL", "ERROR", "INCONCLUSIVE", "UNTESTABLE", "WARN")


class Terminal:
    """Shows a run: call ``started``, then the cases' methods, then ``finished``."""

    def __init__(self, console: Console | None = None) -> None:
        """Without a console that of stdout; where it is no terminal there are plain lines."""
        self._console = console or Console(highlight=False)
        if not self._console.is_terminal:
            self._console.width = _LOG  # a log has no width, and nothing in it is to be cut
        self._total = 0
        self._done = 0
        self._levels: dict[str, int] = {}
        self._running: dict[str, None] = {}
        self._live: Live | None = None

    def started(self, total: int) -> None:
        """So many cases will run."""
        self._total = total
        if self._console.is_terminal and not self._console.is_dumb_terminal:
            self._live = Live(console=self._console, transient=True, get_renderable=self._picture)
            self._live.start()

    def case_started(self, case: str) -> None:
        """One of them runs now."""
        self._running[case] = None
        self._refresh()

    def case_done(self, entry: Mapping[str, Any]) -> None:
        """It has been judged; ``entry`` is a case of the report."""
        self._running.pop(entry["id"], None)
        self._done += 1
        self._levels[entry["level"]] = self._levels.get(entry["level"], 0) + 1
        if self._live is None or entry["level"] in _WORST:
            self._print(_line(entry, self._done, self._total))
        self._refresh()

    def finished(self, report: Mapping[str, Any]) -> None:
        """All that is to be said in the end."""
        self.stop()
        self._print(Text())
        self._print(_families(report))
        for each in _wrong(report):
            self._print(each)
        for each in _untested(report):
            self._print(each)
        again = [each["id"] for each in report["cases"] if each.get("before")]
        if again:
            which = ", ".join(again[:_NAMES]) + (" …" if len(again) > _NAMES else "")
            text = f"run twice, because this machine was too slow for them the first time: {which}"
            self._print(Text(printable(text), style="dim"))
        self._print(Text())
        self._print(Text(printable(report["sentence"]), style=STYLES[report["verdict"]]))
        for reason in report["reasons"][1:]:
            self._print(Text(f"  and {printable(reason)}"))

    def stop(self) -> None:
        """Leave the terminal as it was; for a run that ends otherwise."""
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _print(self, what: RenderableType) -> None:
        # A command is for copying: it is never broken into lines.
        whole = isinstance(what, Text) and bool(what.no_wrap)
        self._console.print(what, soft_wrap=whole)

    def _refresh(self) -> None:
        if self._live is not None:
            self._live.refresh()

    def _picture(self) -> RenderableType:
        counts = Text(f" {self._done}/{self._total} ")
        for level in reversed(LEVELS):
            if number := self._levels.get(level):
                counts.append(f" {number} {level}", STYLES[level])
        names = [printable(each) for each in self._running]
        more = f" and {len(names) - _RUNNING} more" if len(names) > _RUNNING else ""
        running = Text(f"running {', '.join(names[:_RUNNING])}{more}" if names else "", "dim")
        running.truncate(self._console.width, overflow="ellipsis")
        line = Table.grid()
        line.add_column(width=30)
        line.add_column()
        line.add_row(ProgressBar(total=self._total or 1, completed=self._done, width=30), counts)
        return Group(line, running)


def _line(entry: Mapping[str, Any], number: int, total: int) -> Text:
    """A case that has ended, with what it is broken by."""
    text = Text(f"{number:>{len(str(total))}}/{total} ", "dim")
    text.append(f"{entry['level']:<12} ", STYLES[entry["level"]])
    text.append(printable(entry["id"]))
    text.append(f"  {entry['seconds']:.1f} s", "dim")
    broken = [
        check["requirement"]
        for check in entry["checks"]
        if counted(check) == entry["level"] and entry["level"] in _WORST
    ]
    why = _listed(broken) or entry["problem"] or "; ".join(entry["doubts"])
    if why:
        text.append(f"  {printable(why)}")
    return text


def _families(report: Mapping[str, Any]) -> RenderableType:
    summary = report["summary"]
    levels = [each for each in reversed(LEVELS) if each in summary["levels"]]
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("family")
    for name in ("MUST", "SHOULD", *levels):
        table.add_column(name, justify="right")
    for name, of in [*summary["families"].items(), ("all", summary)]:
        ratios = [_ratio(of["must"]), _ratio(of["should"])]
        counts = [Text(str(of["levels"].get(each, "")), STYLES[each]) for each in levels]
        table.add_row(Text(name, "bold"), *ratios, *counts)
    return table


def _ratio(of: Mapping[str, int]) -> Text:
    whole = of["passed"] == of["total"]
    style = "dim" if not of["total"] else "" if whole else "red"
    return Text(f"{of['passed']}/{of['total']}" if of["total"] else "-", style)


def _wrong(report: Mapping[str, Any]) -> Iterator[RenderableType]:
    """Requirement by requirement, all that is broken, worst first."""
    for case in report["cases"]:
        if case["level"] == "ERROR" and case["problem"]:
            yield Text()
            yield Text(f"ERROR {printable(case['id'])}: {printable(case['problem'])}", "bold red")
            yield _again(case["repro"])
    for level in ("ERROR", "FAIL", "WARN"):
        by: dict[str, list[Any]] = {}
        for case, check in failures(report, level):
            by.setdefault(check["requirement"], []).append((case, check))
        for id_, pairs in by.items():
            yield Text()
            yield from _requirement(report["requirements"].get(id_, {}), id_, level, pairs)


def _requirement(
    known: Mapping[str, Any], id_: str, level: str, pairs: list[Any]
) -> Iterator[RenderableType]:
    """A requirement with the cases that it is broken in."""
    _, first = pairs[0]
    head = Text(f"{level} ", STYLES[level])
    head.append(id_, "bold")
    head.append(f": {printable(told(first))}")
    yield head
    if known:
        clause = known["clause"]
        title = f"{known['severity']}: {known['title']} ({known['basis']}, {clause['page']})"
        yield _indented(Text(printable(title), "dim"))
    for case, check in pairs[:_CASES]:
        yield _indented(Text(f"in {printable(case['id'])}", "cyan"))
        yield from _check(check)
        yield _again(case["repro"])
    if more := pairs[_CASES:]:
        names = _listed([case["id"] for case, _ in more])
        yield _indented(Text(f"and in {plural(len(more), 'more case')}: {printable(names)}"))


def _check(check: Mapping[str, Any]) -> Iterator[RenderableType]:
    found = check.get("findings", [])
    for each in found[:_FINDINGS]:
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(style="dim", width=8)
        grid.add_column(overflow="fold")
        for name, style in _PARTS.items():
            if each[name]:
                grid.add_row(name, Text(printable(each[name]), style))
        yield _indented(grid, 4)
    more = len(found[_FINDINGS:]) + check.get("more", 0)
    if more:
        yield _indented(Text(f"and {plural(more, 'place')} more", "dim"), 4)


def _again(repro: str) -> RenderableType:
    text = Text("    again    ", "dim", no_wrap=True)
    return text.append(printable(repro), "default")


def _untested(report: Mapping[str, Any]) -> Iterator[RenderableType]:
    gap = report["untested"]
    said = []
    for level, of in (
        ("UNTESTABLE", gap["untestable"]),
        ("INCONCLUSIVE", gap["inconclusive"]),
        ("SKIP", gap["skipped"]),
    ):
        by: dict[str, dict[str, None]] = {}
        for each in of:
            names = [each["requirement"]] if each["requirement"] else each["cases"]
            by.setdefault(each["why"], {}).update(dict.fromkeys(names))
        said += [(level, f"{_listed([*names])}: {why}") for why, names in by.items()]
    if gap["never_applied"]:
        said.append(("", f"no case came to {_listed(gap['never_applied'])}"))
    if said:
        yield Text()
        yield Text("What this run did not test", "bold")
    for level, text in said:
        line = Text(f"{level} " if level else "", STYLES.get(level, ""))
        line.append(printable(text), "default")
        yield _indented(line)


def _listed(names: Iterable[str]) -> str:
    each = [*names]
    more = f" and {len(each) - _NAMES} more" if len(each) > _NAMES else ""
    return ", ".join(each[:_NAMES]) + more


def _indented(what: RenderableType, by: int = 2) -> RenderableType:
    return Padding(what, (0, 0, 0, by), expand=False)
