"""``mockdde serve``: stage the world, listen, say so, and stop cleanly."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import orjson

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import MockddeError
from mockdde.journal import Entry, Journal
from mockdde.listening import listen
from mockdde.printer import Printer, patience
from mockdde.quirks import Quirks
from mockdde.server import Server
from mockdde.world import Tournament, stage_all

__all__ = ["Options", "run"]

_CONNECTIONS = 65_536


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
    _raise_limit()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(options, tournaments))


def _raise_limit() -> None:
    """As many connections as the system lets us have; some begin with 256."""
    try:
        import resource  # noqa: PLC0415  (Windows has none, and no such limit)
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS if hard == resource.RLIM_INFINITY else min(_CONNECTIONS, hard)
    if soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """The event loop of uvloop where that is installed (``pip install mockdde[fast]``)."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    return uvloop.new_event_loop


def _staged(options: Options) -> list[Tournament]:
    """The tournaments, made without the collector's passes: all that is made here stays."""
    gc.disable()
    try:
        with patience("playing all of it"):
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
    printer = Printer(partial(_lost, options))
    try:
        printer.print(_ready(options, port))
        if tournaments is None:
            tournaments = _staged(options)
        server = _server(options, tournaments, port, printer, stopping)
        await server.start(sockets)
        try:
            await stopping.wait()
        finally:
            await server.stop()
            for sentence in server.engine.never_fired():
                server.engine.journal.note(server.clock.now(), "never-fired", "", sentence)
    finally:
        printer.close()
    if isinstance(server.failure, MockddeError):
        raise server.failure
    if server.failure is not None:
        raise MockddeError(f"this is a bug in mockdde: {server.failure!r}")


def _server(
    options: Options,
    tournaments: list[Tournament],
    port: int,
    printer: Printer,
    stopping: asyncio.Event,
) -> Server:
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
    if options.as_json:
        journal.listeners.append(lambda each: printer.print(orjson.dumps(each.as_json()).decode()))
    else:
        over = {each["tournament"] for each in engine.standing(clock.now()) if each["over"]}
        for line in _introduction(options, tournaments, port, over=over):
            printer.print(line)
        journal.listeners.append(
            lambda each: None if each.is_routine else printer.print(_plain(each))
        )
    return Server(engine, clock, stopping)


def _address(options: Options, port: int) -> str:
    # Nobody can connect to "all addresses".
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(options.host, options.host)  # noqa: S104
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{port}"


def _ready(options: Options, port: int) -> str:
    address = _address(options, port)
    rest, ws = f"http://{address}", f"ws://{address}"
    if options.as_json:
        ready = {"event": "ready", "rest": rest, "ws": ws, "control": f"{rest}/_mockdde"}
        return orjson.dumps(ready).decode()
    return f"mockdde {__version__} serves {rest}"


def _introduction(
    options: Options, tournaments: list[Tournament], port: int, *, over: set[object]
) -> Iterator[str]:
    for each in tournaments:
        how = "begins when a client opens it"
        if each.scenario.starts != "connection":
            how = "is over" if each.id in over else "plays"
        yield f"  {each.id:>6}  {each.name} ({each.scenario.name}) {how}"
    token = options.tokens[0] if options.tokens else "any"
    rest = f"{_address(options, port)}/golf/tournaments"
    yield f"try  curl -H 'Authorization: Bearer {token}' http://{rest}/liveevents"
    stream = f"ws://{rest}/{tournaments[0].id}/{_stream(tournaments[0])}"
    yield f'and  {stream}, first message {{"authToken": "{token}"}}'
    yield "Ctrl-C stops it."


def _stream(tournament: Tournament) -> str:
    """What a stream of packets of a tournament is called."""
    if tournament.is_match_play:
        return f"matchdetails/{tournament.match_numbers[0]}"
    round_no, team = next(iter(tournament.rounds))
    return f"round/{round_no}/team/{team}"


def _lost(options: Options, count: int) -> str:
    if options.as_json:
        return orjson.dumps({"event": "lost", "lines": count}).decode()
    return f"({count} lines were lost: nobody read them in time)"


def _plain(entry: Entry) -> str:
    who = f"#{entry.connection} " if entry.connection else ""
    line = f"{who}{entry.event} {entry.path} {entry.detail}".rstrip()
    # A client's words must not steer the terminal.
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in line)
