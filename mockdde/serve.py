"""``mockdde serve``: stage the world, listen, say so, and stop cleanly."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import orjson

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.journal import Entry, Journal
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
    tournaments = stage_all(options.scenarios, options.settings, options.seed)
    asyncio.run(_serve(options, tournaments))


async def _serve(options: Options, tournaments: list[Tournament]) -> None:
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
    server = Server(engine, clock)
    port = await server.start(options.host, options.port)
    _announce(options, tournaments, port)
    journal.listeners.append(_print_json if options.as_json else _print_plain)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no signal handlers in its loop
            loop.add_signal_handler(number, server.stopping.set)
    try:
        await server.stopping.wait()
    finally:
        await server.stop()
        for sentence in engine.never_fired():
            journal.note(clock.now(), "never-fired", "", sentence)


def _announce(options: Options, tournaments: list[Tournament], port: int) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    rest, ws = f"http://{host}:{port}", f"ws://{host}:{port}"
    if options.as_json:
        ready = {"event": "ready", "rest": rest, "ws": ws, "control": f"{rest}/_mockdde"}
        _print(orjson.dumps(ready).decode())
        return
    _print(f"mockdde {__version__} serves {rest}")
    for each in tournaments:
        starts = (
            "begins when a client opens it" if each.scenario.starts == "connection" else "plays"
        )
        _print(f"  {each.id:>6}  {each.name} ({each.scenario.name}) {starts}")
    token = options.tokens[0] if options.tokens else "any"
    _print(f"try  curl -H 'Authorization: Bearer {token}' {rest}/golf/tournaments/liveevents")
    round_no, team = next(iter(tournaments[0].rounds))
    path = f"/golf/tournaments/{tournaments[0].id}/round/{round_no}/team/{team}"
    _print(f'and  {ws}{path}, first message {{"authToken": "{token}"}}')
    _print("Ctrl-C stops it.")


def _print_json(entry: Entry) -> None:
    _print(orjson.dumps(entry.as_json()).decode())


def _print_plain(entry: Entry) -> None:
    who = f"#{entry.connection} " if entry.connection else ""
    _print(f"{who}{entry.event} {entry.path} {entry.detail}".rstrip())


def _print(line: str) -> None:
    # A reader that went away must not stop the server.
    with suppress(BrokenPipeError):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
