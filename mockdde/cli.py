"""The command line: every command calls what the other doors call."""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Final

import click

from mockdde import __version__
from mockdde.errors import MockddeError, ScenarioError, UsageError

__all__ = ["main"]

# Commands import what they need when they run: `mockdde serve` must not wait for jsonschema.
# ruff: noqa: PLC0415


# Where each command is; nothing where it is here.
_COMMANDS: Final = {
    "serve": None,
    "token": "mockdde.tokencli",
    "play": None,
    "scenarios": "mockdde.lists",
    "lint": None,
    "schema": "mockdde.lists",
    "validate": None,
    "conform": "mockdde.conform",
    "judge": "mockdde.judging",
    "requirements": "mockdde.conform",
    "faults": "mockdde.lists",
    "quirks": "mockdde.lists",
    "openapi": None,
    "asyncapi": None,
    "ctl": "mockdde.ctl",
}


class _Commands(click.Group):
    """Commands in the order in which a newcomer meets them; an error is one sentence, exit 1."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [*_COMMANDS]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        module = _COMMANDS.get(name)
        if module is None:
            return super().get_command(ctx, name)
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(self, *args: Any, **more: Any) -> Any:
        _open_what_is_closed()
        try:
            try:
                super().main(*args, **more)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            _stop_printing()
            sys.exit(0)  # whoever read our output has enough
        except OSError as error:
            _stop_printing()
            click.echo(f"mockdde: the output cannot be written: {error.strerror}", err=True)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            click.echo(error, err=True)  # it begins with file:line:column, as editors read it
            ctx.exit(1)
        except MockddeError as error:
            click.echo(f"mockdde: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:  # click would call it a failure
            _stop_printing()
            ctx.exit(0)


def _open_what_is_closed() -> None:
    """Streams that the shell has closed are None; nothing is read from or written to those."""
    sys.stdin = sys.stdin or Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a name of the field may not be in its encoding
            stream.reconfigure(errors="backslashreplace")


def _stop_printing() -> None:
    """Point stdout elsewhere, so that nothing complains when the interpreter flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mockdde")
def main() -> None:
    """A fake of the DDE golf feed, and of the Live Data Golf API, driven by scenarios.

    `mockdde serve` plays a built-in world on http://127.0.0.1:8080; any token is good for the DDE
    feed, and what `mockdde token` prints for the other.
    """


class _Speed(click.FloatRange):
    """A factor; not a number is no number."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        speed = super().convert(value, param, ctx)
        if math.isnan(speed):
            self.fail(f"{value} is no number.", param, ctx)
        return speed


def _token(ctx: click.Context, param: click.Parameter, tokens: tuple[str, ...]) -> Any:
    """Refuse a blank token: no client could send it."""
    if any(not token.strip() for token in tokens):
        raise click.BadParameter("a token cannot be blank.", ctx, param)
    return tokens


def _gap(ctx: click.Context, param: click.Parameter, text: str | None) -> float | None:
    """Seconds."""
    from mockdde.moments import parse_duration

    if text is None:
        return None
    millis = parse_duration(text)
    if not millis:
        message = f"{text!r} is no duration; write 10s, 1m30s or 500ms."
        raise click.BadParameter(message, ctx, param)
    return millis / 1000


_seed = click.option(
    "--seed", type=click.IntRange(0, 2**63 - 1), help="Instead of each scenario's own."
)
_quirk = click.option(
    "--quirk", "quirks", multiple=True, metavar="NAME=VALUE", help="See `mockdde quirks`."
)


@main.command()
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8080, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--speed",
    default=1.0,
    show_default=True,
    type=_Speed(0.001, 1_000_000),
    help="How many times faster play runs; heartbeats keep their time.",
)
@click.option(
    "--start-at",
    metavar="WHERE",
    help="Where play begins: 2h30m after the first packet, 2025-02-20T09:12:00Z, "
    "round/1/team/12:seq=14, round/1/team/12:hole=11 or, of the live dialect, "
    "round/1/events:seq=14; all before is sent at once.",
)
@click.option(
    "--max-gap",
    callback=_gap,
    metavar="DURATION",
    help="Never wait longer than this for the next event of a tournament; play jumps ahead.",
)
@click.option("--loop", "loops", is_flag=True, help="A tournament that is over begins again.")
@click.option(
    "--wire-speed",
    default=1.0,
    show_default=True,
    type=_Speed(0.01, 1000),
    help="How many times faster the wire's clock runs: heartbeats, waiting for tokens.",
)
@click.option(
    "--timestamps",
    default="scenario",
    show_default=True,
    type=click.Choice(["scenario", "now"]),
    help="Those of the scenario, or as if it took place now.",
)
@click.option(
    "--token",
    "tokens",
    multiple=True,
    callback=_token,
    help="Only these tokens are good; for the live dialect they are so beside its own.",
)
@click.option(
    "--client",
    "secrets",
    multiple=True,
    metavar="ID:SECRET",
    help="Only these clients get a token at /oauth/token by a secret; without, any does.",
)
@click.option(
    "--client-key",
    "client_keys",
    multiple=True,
    metavar="ID=FILE.pem",
    help="This client gets a token by a JWT that it signs with this RSA key.",
)
@_seed
@_quirk
@click.option("--tls", is_flag=True, help="Serve https and wss, with a throw-away certificate.")
@click.option("--plain", is_flag=True, help="Print lines, also where a terminal could show more.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON lines, ready first.")
def serve(quirks: tuple[str, ...], timestamps: str, **said: Any) -> None:
    """Serve scenarios (paths or shipped names), or the built-in world."""
    gc.disable()  # what is imported stays; ``run`` enables it again
    # From here on, and not only once it serves.
    before = {
        number: signal.signal(number, lambda *_: sys.exit(0))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    from mockdde.playclock import Clocks
    from mockdde.quirks import parse_settings
    from mockdde.serve import Options, run
    from mockdde.tokens import parse_clients

    names = ("wire_speed", "max_gap", "start_at", "loops")
    clocks = Clocks(rebases=timestamps == "now", **{name: said.pop(name) for name in names})
    try:
        clients = parse_clients(said.pop("secrets"), said.pop("client_keys"))
        run(Options(settings=parse_settings(quirks), clocks=clocks, clients=clients, **said))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@main.command()
@click.argument("scenario")
@click.option(
    "--on",
    default=None,
    show_default="those of events",
    metavar="PATTERN",
    help="The streams of the tournament, such as leaderboard; '*' is all of them.",
)
@click.option(
    "--dialect",
    default="dde",
    show_default=True,
    type=click.Choice(["dde", "live"]),
    help="Of the DDE feed, or of the Live Data Golf API.",
)
@_seed
@_quirk
def play(
    scenario: str, on: str | None, dialect: str, seed: int | None, quirks: tuple[str, ...]
) -> None:
    """Print a scenario's packets, one JSON line each, without a network."""
    from mockdde.broadcast import Broadcast
    from mockdde.printer import patience
    from mockdde.quirks import parse_settings
    from mockdde.world import stage_all

    with patience(f"playing {scenario}"):
        (tournament,) = stage_all([scenario], parse_settings(quirks), seed)
    broadcast = Broadcast(tournament)
    usual = {"dde": ("round/*", "matchdetails/*"), "live": ("round/*/events", "match/*/events")}
    on = on or usual[dialect][tournament.is_match_play]
    out = sys.stdout.buffer
    printed = False
    for due, stream, payload in broadcast.play(on, dialect):
        printed = True
        seconds = repr((due - tournament.begins) / 1000).encode()
        out.write(b'{"t":%b,"stream":"%b","packet":%b}\n' % (seconds, stream.encode(), payload))
    out.flush()
    if not printed:
        paths = [*broadcast.streams, *broadcast.state_streams]
        raise UsageError(f"--on {on}: {_why_silent(on, dialect, paths)}")


def _why_silent(on: str, dialect: str, paths: list[str]) -> str:
    """Why nothing was sent on streams of a dialect whose names fit; these are all streams."""
    from mockdde.broadcast import name_of
    from mockdde.errors import nearest

    known = [(each.dialect, each.name) for each in map(name_of, paths)]
    fitting = {of for of, name in known if fnmatchcase(name, on)}
    if dialect in fitting:
        return "nothing was sent there"
    if fitting:
        (other,) = fitting
        return f"that is of the other dialect; say --dialect {other}"
    return f"no stream is called so{nearest(on, [name for of, name in known if of == dialect])}"


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def lint(files: tuple[str, ...]) -> None:
    """Check scenario files: their words, and that golf allows what they ask for."""
    from mockdde.broadcast import Broadcast
    from mockdde.printer import patience
    from mockdde.scenario import open_scenario
    from mockdde.world import stage

    wrong = 0
    for name in files:
        try:
            with patience(f"playing {name}"):
                broadcast = Broadcast(stage(open_scenario(name)))
                broadcast.check_faults()
        except MockddeError as error:
            wrong += 1
            for each in (error, *getattr(error, "more", ())):
                click.echo(str(each), err=True)
        else:
            told = broadcast.tournament
            has = f"{len(told.rounds)} streams of rounds"
            if told.is_match_play:
                matches = len(told.truth.winners)
                has = f"{matches} match{'' if matches == 1 else 'es'}"
            click.echo(f"{name}: good: {len(told.log.whole())} events, {has}")
    sys.exit(1 if wrong else 0)


@main.command()
@click.option("--schema", "name", required=True, help="Such as dde/events; see `mockdde schema`.")
@click.option("--strict", is_flag=True, help="Only what the mock itself emits, key for key.")
@click.argument("file", type=click.File("rb"), metavar="FILE|-")
def validate(name: str, strict: bool, file: BinaryIO) -> None:
    """Validate JSON, a JSON array or JSON lines (also those of `mockdde play`)."""
    from mockdde import schemas

    chosen = f"{name}.strict" if strict and not name.endswith(".strict") else name
    if strict and name in schemas.names() and chosen not in schemas.names():
        raise UsageError(f"{name} has no strict form; leave out --strict")
    whole = schemas.load(chosen).get("type") == "array" or name == "kit/played"
    name_of_file = getattr(file, "name", "-")
    label = "stdin" if name_of_file in ("-", "<stdin>") else name_of_file
    checked = wrong = 0
    documents = schemas.read_documents(file, label, whole=whole)
    for count, found in _counted(schemas.check(chosen, documents)):
        checked, wrong = checked + count, wrong + len(found)
        try:
            for where, problems in found:
                for each in problems:
                    path = f" {each.path}:" if each.path else ""
                    click.echo(f"{label}: {where}:{path} {each.message}")
        except BrokenPipeError:  # `| head` has seen enough, and it is wrong all the same
            _stop_printing()
            sys.exit(1)
    if wrong:
        click.echo(f"{label}: {wrong} of {checked} not valid in {chosen}", err=True)
        sys.exit(1)
    click.echo(f"{label}: {checked} valid in {chosen}", err=True)


def _counted(checked: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """The same, with a count on the terminal while it goes on."""
    if not sys.stderr.isatty():
        yield from checked
        return
    number, shown = 0, monotonic()
    for each in checked:
        number += each[0]
        if monotonic() > shown + 0.2:
            shown = monotonic()
            click.echo(f"\r{number:,} …", err=True, nl=False)
        yield each
    click.echo("\r", err=True, nl=False)


@main.command()
@click.option("--server", default="http://127.0.0.1:8080", show_default=True, help="Its URL.")
def openapi(server: str) -> None:
    """Print the REST side as OpenAPI 3.1."""
    from mockdde import describe
    from mockdde.lists import print_json

    print_json(describe.openapi(server))


@main.command()
@click.option("--host", default="127.0.0.1:8080", show_default=True, help="Its host and port.")
def asyncapi(host: str) -> None:
    """Print the streams as AsyncAPI 3.0."""
    from mockdde import describe
    from mockdde.lists import print_json

    print_json(describe.asyncapi(host))
