"""``mockdde serve``: stage the world, listen, say so, and stop cleanly."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import orjson

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import MockddeError
from mockdde.journal import Entry, Journal
from mockdde.listening import listen
from mockdde.quirks import Quirks
from mockdde.server import Server
from mockdde.world import Tournament, stage_all

__all__ = ["Options", "run"]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line said."""

    scenarios: tuple[str, ...]
    host: str
    port: int
    speed: float
    tokens: tuple[str, ...]
    seed: int | None
    settings: Mapping[str, object]
    as_json: bool


def run(options: Options) -> None:
    """Serve until a signal. ScenarioError or UsageError where it cannot begin."""
    # What a user names may be wrong, and is staged before a port is opened. The built-in world is
    # known to be good: whoever connects is let in at once, and has the answer when it is staged.
    tournaments = _staged(options) if options.scenarios else None
    asyncio.run(_serve(options, tournaments))


def _staged(options: Options) -> list[Tournament]:
    """The tournaments, made without the collector's passes: all that is made here stays."""
    gc.disable()
    try:
        return stage_all(options.scenarios, options.settings, options.seed)
    finally:
        gc.freeze()
        gc.enable()


async def _serve(options: Options, tournaments: list[Tournament] | None) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no signal handlers in its loop
            loop.add_signal_handler(number, stopping.set)
    sockets = listen(options.host, options.port)
    port = sockets[0].getsockname()[1]
    _ready(options, port)
    if tournaments is None:
        tournaments = _staged(options)
    clock = WireClock()
    journal = Journal()
    # One scenario's quirks also rule what no tournament owns, such as liveevents.
    quirks = tournaments[0].quirks if len(tournaments) == 1 else Quirks(options.settings)
    engine = Engine(
        tournaments,
        quirks=quirks,
        wire=clock.now(),
        speed=options.speed,
        tokens=options.tokens,
        journal=journal,
    )
    if not options.as_json:
        _introduce(options, tournaments, port)
    journal.listeners.append(_print_json if options.as_json else _print_plain)
    server = Server(engine, clock, stopping)
    await server.start(sockets)
    try:
        await stopping.wait()
    finally:
        await server.stop()
        for sentence in engine.never_fired():
            journal.note(clock.now(), "never-fired", "", sentence)
    if server.failure is not None:
        raise MockddeError(f"this is a bug in mockdde: {server.failure!r}")


def _address(options: Options, port: int) -> str:
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{host}:{port}"


def _ready(options: Options, port: int) -> None:
    address = _address(options, port)
    rest, ws = f"http://{address}", f"ws://{address}"
    if options.as_json:
        ready = {"event": "ready", "rest": rest, "ws": ws, "control": f"{rest}/_mockdde"}
        _print(orjson.dumps(ready).decode())
    else:
        _print(f"mockdde {__version__} serves {rest}")


def _introduce(options: Options, tournaments: list[Tournament], port: int) -> None:
    for each in tournaments:
        on_connection = each.scenario.starts == "connection"
        starts = "begins when a client opens it" if on_connection else "plays"
        _print(f"  {each.id:>6}  {each.name} ({each.scenario.name}) {starts}")
    token = options.tokens[0] if options.tokens else "any"
    address = _address(options, port)
    _print(
        f"try  curl -H 'Authorization: Bearer {token}' http://{address}/golf/tournaments/liveevents"
    )
    round_no, team = next(iter(tournaments[0].rounds))
    path = f"/golf/tournaments/{tournaments[0].id}/round/{round_no}/team/{team}"
    _print(f'and  ws://{address}{path}, first message {{"authToken": "{token}"}}')
    _print("Ctrl-C stops it.")


def _print_json(entry: Entry) -> None:
    _print(orjson.dumps(entry.as_json()).decode())


def _print_plain(entry: Entry) -> None:
    who = f"#{entry.connection} " if entry.connection else ""
    line = f"{who}{entry.event} {entry.path} {entry.detail}".rstrip()
    # A client's words must not steer the terminal.
    _print("".join(each if each.isprintable() else ascii(each)[1:-1] for each in line))


def _print(line: str) -> None:
    # A reader that went away must not stop the server.
    with suppress(BrokenPipeError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
