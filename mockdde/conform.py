"""``mockdde conform``: what a client makes of each case, as a report and an exit code."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mockdde.errors import UsageError
from mockdde.judging import VerdictCommand, expectations_of
from mockdde.lists import paragraph, print_json

if TYPE_CHECKING:
    from mockdde.kit.cases import Case
    from mockdde.kit.choice import Choice
    from mockdde.runner._schedule import Plan
    from mockdde.runner._session import Ended

__all__ = ["conform", "requirements"]

# Commands import what they need when they run.
# ruff: noqa: PLC0415

_FILES = ("junit", "html", "summary", "badge")  # forms of the report that have an option
_DIALECTS = {"dde": ("dde",), "live": ("live",), "both": ("dde", "live")}


def _speed(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    if value is not None and not 0.01 <= value <= 1000:  # nan, too
        raise click.BadParameter(f"{value:g} is not between 0.01 and 1000.", ctx, param)
    return value


def _file(name: str, about: str) -> Callable[[Any], Any]:
    return click.option(name, metavar="FILE", type=click.Path(path_type=Path), help=about)


_OPTIONS = [
    click.option(
        "--client",
        "line",
        metavar="COMMAND",
        help="What starts the client: 'node app.js --ws {ws_url} --token {token}'.",
    ),
    click.option("--shell", is_flag=True, help="Have /bin/sh read the command as a whole."),
    click.option(
        "--cwd", metavar="DIR", type=click.Path(path_type=Path), help="The folder it runs in."
    ),
    click.option(
        "--dialect",
        default="both",
        show_default=True,
        type=click.Choice([*_DIALECTS]),
        help="The DDE feed, the Live Data Golf API, or both.",
    ),
    click.option(
        "--case", "cases", multiple=True, metavar="PATTERN", help="Only these: 'dde/delivery/*'."
    ),
    click.option("--tag", "tags", multiple=True, help="Only cases with any of these."),
    click.option(
        "--requirement",
        "requirements",
        multiple=True,
        metavar="PATTERN",
        help="Judge only these, in the cases that try them: 'session/*'.",
    ),
    click.option(
        "--lane",
        type=click.Choice(["wire"]),
        help="Judge what is seen on the wire, and not what the client says that it holds.",
    ),
    click.option(
        "--cases",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Your own cases instead of those that come with mockdde.",
    ),
    click.option(
        "--requirements",
        "own",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Your own requirements beside those that come with mockdde.",
    ),
    click.option("--list", "lists", is_flag=True, help="List the cases, and run none."),
    click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        help="How many cases run side by side.  [default: 4 for each core, 16 at most]",
    ),
    click.option(
        "--wire-speed",
        type=float,
        callback=_speed,
        metavar="FACTOR",
        help="How many times faster the wire's clock runs: for clients that divide their timers"
        " by MOCKDDE_WIRE_SPEED.  [default: 1]",
    ),
    click.option(
        "--realtime", is_flag=True, help="Run cases that wait for timers, too, as long as it takes."
    ),
    click.option(
        "--seed", type=click.IntRange(0, 2**63 - 1), help="Instead of each scenario's own."
    ),
    click.option("--state-cmd", metavar="COMMAND", help="Prints what the client holds."),
    click.option("--state-url", metavar="URL", help="Answers with what the client holds."),
    click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="What is expected to fail, in YAML; what of it passes fails the run.",
    ),
    click.option(
        "--report",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Where the report goes, in all its forms.  [default: mockdde-report, if anything is"
        " wrong]",
    ),
    _file("--junit", "Write the report as JUnit XML, too."),
    _file("--html", "Write it as one HTML page, too."),
    _file("--summary", "Append it as Markdown to this file: $GITHUB_STEP_SUMMARY."),
    _file("--badge", "Write it as the JSON of a shields.io badge, too."),
    click.option("--json", "as_json", is_flag=True, help="Print the report (or list) as JSON."),
    click.option("--strict", is_flag=True, help="Warnings are failures."),
    click.option("--fail-fast", is_flag=True, help="Begin no more cases after the first failure."),
    click.option(
        "--timeout",
        type=click.FloatRange(0.1),
        metavar="SECONDS",
        help="The most real time for a case.  [default: what the case takes]",
    ),
]


def _with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(cls=VerdictCommand)
@_with_options
@click.pass_context
def conform(ctx: click.Context, /, **said: Any) -> None:
    """Judge a client of the feed by the cases of the conformance kit.

    For each case the client is started by its command, with the addresses and a token in its
    environment (MOCKDDE_WS_URL and others, see README.md) and as placeholders such as {ws_url}.
    It exits with 0 when it is done, with 89 if it does not support a case.

    Exit codes: 0 conformant, 1 not, 2 nothing proved, 3 the kit's own fault, 64 wrong usage.
    """
    from mockdde.kit.choice import Choice, chosen_cases

    choice = Choice(
        cases=said["cases"],
        tags=said["tags"],
        requirements=said["requirements"],
        dialects=_DIALECTS[said["dialect"]],
        folder=said["folder"],
        own=said["own"],
    )
    cases = chosen_cases(choice)
    if said["lists"]:
        _list(cases, as_json=said["as_json"])
        return
    ended, report, text = _run(cases, choice, said)
    if said["as_json"]:
        print_json(report)
    sys.stdout.flush()
    if text:
        click.echo(text, err=True)
    ctx.exit(_code(ended, report, strict=said["strict"]))


def _code(ended: Ended, report: Mapping[str, Any], *, strict: bool) -> int:
    from mockdde.kit.report.document import exit_code

    if ended.signal:
        return 128 + ended.signal
    if strict and report["verdict"] == "CONFORMANT_WITH_WARNINGS":
        return 1
    return exit_code(report)


def _run(
    cases: Sequence[Case], choice: Choice, said: Mapping[str, Any]
) -> tuple[Ended, dict[str, Any], str]:
    """Run them; how that ended, the report, and what is to be said besides."""
    import asyncio

    from rich.console import Console

    from mockdde.kit.choice import case_ids
    from mockdde.kitdisplay import Terminal
    from mockdde.runner._book import Book, report_folder
    from mockdde.runner._command import Command
    from mockdde.runner._session import run_cases

    _check(said)
    client = Command(said["line"], shell=said["shell"], cwd=said["cwd"])
    baseline = None if said["baseline"] is None else str(said["baseline"])
    expectations = expectations_of(baseline, _now()[:10], case_ids(choice.folder))
    folder = report_folder(said["report"], Path("mockdde-report"))
    plan = _plan(choice, said, folder)
    header = _header(client.command, plan, choice)
    book = Book(folder, header, partial(_repro, _again(said)), expectations)
    terminal = Terminal(Console(stderr=True, highlight=False) if said["as_json"] else None)
    ends_at = ("FAIL", "ERROR", *(["WARN"] * said["strict"])) if said["fail_fast"] else ()
    try:
        ended = asyncio.run(run_cases(cases, client, plan, book, terminal, ends_at))
    except BaseException:
        terminal.stop()
        if not book.entries and said["report"] is None:
            book.abandon()
        raise
    report = book.close(ended.seconds)
    terminal.finished(report)
    _write(book.forms, said)
    text = [ended.slow] * bool(ended.slow)
    if said["report"] is None and book.is_spotless and not ended.signal:
        book.abandon()
    else:
        text.append(f"all of it is in {folder}; begin with {folder / 'report.html'}")
    return ended, report, "\n".join(text)


def _check(said: Mapping[str, Any]) -> None:
    """UsageError where options cannot be had together, or a file cannot be written."""
    if said["line"] is None:
        raise UsageError("--client is missing: the command that starts it, such as 'node app.js'")
    if said["realtime"] and said["wire_speed"] not in (None, 1.0):
        raise UsageError("--realtime and --wire-speed exclude each other")
    if said["state_cmd"] and said["state_url"]:
        raise UsageError("--state-cmd and --state-url exclude each other")
    for name in _FILES:
        if said[name] is not None and not said[name].absolute().parent.is_dir():
            raise UsageError(f"--{name} {said[name]}: there is no folder for it")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plan(choice: Choice, said: Mapping[str, Any], folder: Path) -> Plan:
    from mockdde.kit.choice import chosen_requirements
    from mockdde.runner import Lane, Setting
    from mockdde.runner._schedule import JOBS, Plan

    asked = {kind: said[f"state_{kind}"] for kind in ("cmd", "url")}
    lanes = [Lane(kind, how) for kind, how in asked.items() if how] or [Lane()]
    return Plan(
        setting=Setting(wire_speed=said["wire_speed"] or 1.0, lane=lanes[0]),
        jobs=said["jobs"] or JOBS,
        seed=said["seed"],
        realtime=said["realtime"],
        lanes=("wire",) if said["lane"] else ("wire", "state"),
        requirements=tuple(chosen_requirements(choice.requirements, choice.own)),
        timeout=said["timeout"],
        folder=folder / "cases",
    )


def _header(command: Sequence[str], plan: Plan, choice: Choice) -> dict[str, Any]:
    from mockdde.kit.report.document import heading

    return heading(
        command=command,
        started=_now(),
        wire_speed=plan.setting.wire_speed,
        dialects=choice.dialects,
        lanes=plan.lanes,
        requirements=plan.requirements or (),
        seed=plan.seed,
    )


def _write(forms: Mapping[str, bytes], said: Mapping[str, Any]) -> None:
    """The forms that were asked for by name."""
    for name in _FILES:
        file: Path | None = said[name]
        if file is None:
            continue
        try:
            # A job's summary is a file to which its steps append.
            with file.open("ab" if name == "summary" else "wb") as out:
                out.write(forms[name])
        except OSError as error:
            message = f"--{name} {file}: it cannot be written: {error.strerror}"
            raise UsageError(message) from None


def _list(cases: Sequence[Case], *, as_json: bool) -> None:
    if as_json:
        keys = ("id", "title", "why", "dialect", "scenario", "alone", "waits")
        print_json(
            [
                {key: getattr(each, key) for key in keys}
                | {"tags": [*each.tags], "requirements": [*each.requirements]}
                for each in cases
            ]
        )
        return
    for each in cases:
        flags = [*each.tags, *(name for name in ("alone", "waits") if getattr(each, name))]
        click.secho(each.id, bold=True, nl=False)
        click.echo(f"  {each.title}" + f"   [{', '.join(flags)}]" * bool(flags))
        click.echo(f"    {', '.join(each.requirements)}")


def _again(said: Mapping[str, Any]) -> tuple[str, ...]:
    """The words of a command that runs the same again, but for the case and the seed."""
    words = ["mockdde", "conform", "--client", said["line"]]
    words += ["--shell"] * said["shell"]
    options = ("cwd", "lane", "state_cmd", "state_url", "baseline", "timeout")
    for name in options:
        if said[name] is not None:
            value = said[name]
            text = str(value.absolute()) if isinstance(value, Path) else str(value)
            words += [f"--{name.replace('_', '-')}", text]
    if said["folder"] is not None:
        words += ["--cases", str(said["folder"].absolute())]
    if said["own"] is not None:
        words += ["--requirements", str(said["own"].absolute())]
    for each in said["requirements"]:
        words += ["--requirement", each]
    speed = said["wire_speed"]
    words += ["--wire-speed", f"{speed:g}"] if speed not in (None, 1.0) else []
    words += ["--realtime"] * said["realtime"]
    return (*words, *["--strict"] * said["strict"])


def _repro(again: Sequence[str], case: Case, seed: int | None) -> str:
    """The command that runs one case alone."""
    of = [] if seed is None else ["--seed", str(seed)]
    return shlex.join([*again, "--case", case.id, *of])


@click.command(cls=VerdictCommand)
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def requirements(name: str | None, as_json: bool) -> None:
    """List the requirements of the conformance kit, or tell one whole: what, why, who says so."""
    from mockdde.kit.requirements import find
    from mockdde.kit.requirements import requirements as known

    found = [find(name)] if name is not None else [*known().values()]
    if as_json:
        print_json(found[0].schema if name is not None else [each.schema for each in found])
        return
    width = max((len(each.id) for each in found), default=0)
    for each in found:
        basis, clause = each.schema["x-basis"], each.schema["x-clause"]
        if name is None:
            click.echo(f"{each.id:<{width}}  {each.severity:<6}  {basis:<11}  {each.title}")
            continue
        click.secho(each.id, bold=True, nl=False)
        dialects = " and ".join(each.schema["x-dialects"])
        click.echo(f"   ({each.severity}, lane {each.lane}, {dialects})")
        for text in (
            f"{each.title}. {each.schema['description']}",
            f"Basis: {basis}; {clause['page']}: {clause['words']}.",
            f"Else: {each.otherwise}.",
        ):
            paragraph(text)
