"""``mockdde ctl``: the control API of a running server, from a shell."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib import parse

import click

from mockdde import _tables
from mockdde.errors import UsageError
from mockdde.moments import parse_duration
from mockdde.printer import printable
from mockdde.remote import PATIENCE, LateError, RefusedError, Remote

__all__ = ["ctl"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

# ── what is printed ───────────────────────────────────────────────────────────────────────────


def _show(as_json: bool, told: Any, *lines: str) -> None:
    """The answer as it came, or lines for people."""
    if as_json:
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for line in lines:
        click.echo(line)


# ── commands ──────────────────────────────────────────────────────────────────────────────────

_as_json = click.option("--json", "as_json", is_flag=True, help="For programs.")
_tournament = click.option("--tournament", type=int, metavar="ID", help="Only this one.")
_pass = click.pass_obj


class _Commands(click.Group):
    """What another program or another version answers is one sentence, too."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (KeyError, TypeError):
            message = f"what answers at {ctx.params['server']} is no mockdde of this version"
            raise UsageError(message) from None


@click.group(cls=_Commands)
@click.option(
    "--server",
    default="http://127.0.0.1:8080",
    show_default=True,
    envvar="MOCKDDE_URL",
    help="Its URL; also MOCKDDE_URL.",
)
@click.option("--ca", metavar="FILE", help="The certificate that `serve --tls` says to trust.")
@click.pass_context
def ctl(ctx: click.Context, server: str, ca: str | None) -> None:
    """Control a server that runs: its clocks, faults, connections, journal and scenarios."""
    ctx.obj = Remote(server, ca)


@ctl.command()
@_as_json
@_pass
def health(remote: Remote, as_json: bool) -> None:
    """Say how the server stands."""
    told = remote.ask("GET", "health")
    first = f"{told['status']}: mockdde {told['version']}, {told['connections']} connections"
    _show(as_json, told, printable(first), *_tables.standing(told))


@ctl.command()
@_as_json
@_pass
def clock(remote: Remote, as_json: bool) -> None:
    """Say where the tournaments are."""
    told = remote.ask("GET", "clock")
    _show(as_json, told, *_tables.standing(told))


def _turn(remote: Remote, as_json: bool, tournament: int | None, **hand: object) -> None:
    body = hand if tournament is None else {**hand, "tournament": tournament}
    told = remote.ask("POST", "clock", body)
    lines = _tables.standing(told)
    if sent := told.get("sent"):
        seq = "" if sent["seq"] is None else f" {sent['seq']}"
        where = f"{sent['stream']} of {sent['tournament']}"
        what = f"{sent['kind'] or 'document'}{seq} on {where}, {sent['now']}"
        lines = [printable(what), *lines]
    _show(as_json, told, *lines)


@ctl.command()
@_tournament
@_as_json
@_pass
def pause(remote: Remote, tournament: int | None, as_json: bool) -> None:
    """Let play stand still."""
    _turn(remote, as_json, tournament, pause=True)


@ctl.command()
@_tournament
@_as_json
@_pass
def resume(remote: Remote, tournament: int | None, as_json: bool) -> None:
    """Let play go on."""
    _turn(remote, as_json, tournament, resume=True)


@ctl.command()
@click.argument("factor", type=float)
@_tournament
@_as_json
@_pass
def speed(remote: Remote, factor: float, tournament: int | None, as_json: bool) -> None:
    """Let play run so many times faster than real time."""
    _turn(remote, as_json, tournament, speed=factor)


@ctl.command()
@click.argument("pattern")
@_tournament
@_as_json
@_pass
def step(remote: Remote, pattern: str, tournament: int | None, as_json: bool) -> None:
    """Play up to the next packet on streams that fit, such as round/1/team/12, and pause.

    Of the live dialect round/1/events, or match/*/events.
    """
    _turn(remote, as_json, tournament, step=pattern)


@ctl.command()
@click.argument("target")
@_tournament
@_as_json
@_pass
def seek(remote: Remote, target: str, tournament: int | None, as_json: bool) -> None:
    """Hurry to 2h30m, to 2025-02-20T09:12:00Z or to round/1/team/12:seq=14.

    Messages of the live dialect are counted from 1: round/1/events:seq=14.
    """
    _turn(remote, as_json, tournament, seek=target)


@ctl.command()
@_tournament
@_as_json
@_pass
def ids(remote: Remote, tournament: int | None, as_json: bool) -> None:
    """Say which id of the DDE feed is which of the live dialect."""
    told = remote.ask("GET", "ids", query={"tournament": tournament})
    _show(as_json, told, *_tables.ids(told))


@ctl.command()
@_as_json
@_pass
def faults(remote: Remote, as_json: bool) -> None:
    """List the faults, and how often each has struck."""
    told = remote.ask("GET", "faults")
    _show(as_json, told, *_tables.rules(told))


@ctl.command()
@click.argument("entry")
@_as_json
@_pass
def fault(remote: Remote, entry: str, as_json: bool) -> None:
    """Add a fault, as YAML: '{on: round/1/team/12, close: {code: 1011}}'."""
    told = remote.ask("POST", "faults", entry)
    _show(as_json, told, *_tables.rules([told]))


@ctl.command()
@click.argument("number", metavar="[ID]", required=False, type=click.IntRange(0))
@_as_json
@_pass
def clear(remote: Remote, number: int | None, as_json: bool) -> None:
    """Remove a fault, or all of them."""
    told = remote.ask("DELETE", "faults" if number is None else f"faults/{number}")
    _show(as_json, told, f"{told['removed']} removed")


@ctl.command()
@click.argument("name")
@_as_json
@_pass
def signal(remote: Remote, name: str, as_json: bool) -> None:
    """Give a signal to the faults that wait for it."""
    told = remote.ask("POST", f"signals/{parse.quote(name, safe='')}")
    _show(as_json, told, f"{told['rules']} faults wait for it")


@ctl.command()
@_as_json
@_pass
def connections(remote: Remote, as_json: bool) -> None:
    """List who is connected."""
    told = remote.ask("GET", "connections")
    keys = ("id", "state", "sent", "lag", "path", "client")
    _show(
        as_json,
        told,
        *_tables.table(" ".join(keys), [[each[key] for key in keys] for each in told]),
    )


@ctl.command()
@click.argument("number", metavar="ID", type=click.IntRange(0))
@click.option("--code", default=1000, show_default=True, help="Of the close frame.")
@click.option("--reason", default="", help="Of the close frame.")
@_as_json
@_pass
def close(remote: Remote, number: int, code: int, reason: str, as_json: bool) -> None:
    """Close a connection."""
    query: dict[str, object] = {"code": code, "reason": reason or None}
    told = remote.ask("DELETE", f"connections/{number}", query=query)
    _show(as_json, told, f"{told['id']} is closed with {told['code']}")


def _of_journal(command: _Command) -> _Command:
    for option in (
        click.option("--timeout", default="5s", show_default=True, help="How long to wait."),
        click.option("--wait", type=click.IntRange(1), metavar="N", help="Until there are N."),
        click.option("--last", type=click.IntRange(0), metavar="N", help="The newest N."),
        click.option("--since", type=click.IntRange(0), metavar="N", help="After entry N."),
        click.option("--connection", type=click.IntRange(1), metavar="ID", help="Only of this."),
        click.option("--path", metavar="PATTERN", help="Such as round/1/team/12."),
        click.option("--event", metavar="PATTERN", help="Such as request or fault."),
    ):
        command = option(command)
    return command


@ctl.command()
@_of_journal
@_as_json
@_pass
def journal(
    remote: Remote, /, as_json: bool, wait: int | None, timeout: str, **selection: object
) -> None:
    """Print what clients did and what was done to them; with --wait, once there is so much."""
    if wait is None:
        told = remote.ask("GET", "journal", query=selection)
        _show(as_json, told, *_tables.entries(told))
        return
    if selection.pop("last") is not None:
        raise UsageError("--last and --wait do not go together; leave one of the two out")
    query = {**selection, "count": wait, "timeout": timeout}
    patience = PATIENCE + (parse_duration(timeout) or 0) / 1000
    try:
        told = remote.ask("GET", "journal/wait", query=query, patience=patience)
    except LateError as late:
        _show(as_json, late.entries, *_tables.entries(late.entries))
        raise UsageError(str(late)) from None
    _show(as_json, told, *_tables.entries(told))


@ctl.command("scenarios")
@_as_json
@_pass
def list_scenarios(remote: Remote, as_json: bool) -> None:
    """List what is played, and what could be loaded."""
    told = remote.ask("GET", "scenarios")
    known = _tables.table(
        "scenario title", [(each["name"], each["title"]) for each in told["shipped"]]
    )
    _show(as_json, told, *_tables.standing({"tournaments": told["loaded"]}), "", *known)


@ctl.command()
@click.argument("name", metavar="NAME|FILE|-")
@_as_json
@_pass
def load(remote: Remote, name: str, as_json: bool) -> None:
    """Play one more scenario: one that comes with mockdde, or a file."""
    is_file = name == "-" or name.endswith((".yaml", ".yml")) or Path(name).is_file()
    body = {"yaml": _text(name)} if is_file else {"name": name}
    told = remote.ask("POST", "scenarios", body)
    _show(as_json, told, *_tables.standing({"tournaments": [told]}))


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode()
    except OSError as problem:
        raise UsageError(f"{name} cannot be read: {os.strerror(problem.errno or 0)}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8; save the file as UTF-8") from None


@ctl.command()
@click.argument("tournament", required=False, type=click.IntRange(0), metavar="[ID]")
@_as_json
@_pass
def restart(remote: Remote, tournament: int | None, as_json: bool) -> None:
    """Let a tournament begin again, or all of them."""
    if tournament is not None:
        told = remote.ask("POST", f"scenarios/{tournament}/restart")
        _show(as_json, told, *_tables.standing(told))
        return
    told = remote.ask("GET", "clock")
    for number in [each["tournament"] for each in told["tournaments"]]:
        try:
            told = remote.ask("POST", f"scenarios/{number}/restart")
        except RefusedError as refusal:
            if refusal.status != 409:  # that was over before the server began
                raise
    _show(as_json, told, *_tables.standing(told))


@ctl.command()
@_as_json
@_pass
def reset(remote: Remote, as_json: bool) -> None:
    """Let all be as it was when the server began."""
    told = remote.ask("POST", "reset")
    _show(as_json, told, *_tables.standing(told))
