"""``mockdde serve``: stage the world, listen, say so, and stop cleanly."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

import orjson

from mockdde import __version__
from mockdde.clock import WireClock
from mockdde.engine import Engine
from mockdde.errors import MockddeError, RequestError, UsageError
from mockdde.journal import Entry
from mockdde.listening import listen
from mockdde.playclock import ORDINARY, Clocks
from mockdde.printer import Printer, patience, printable
from mockdde.quirks import Quirks
from mockdde.records import dataclass, replace
from mockdde.server import Server
from mockdde.shows import Shows
from mockdde.tokens import ANYBODY, Clients
from mockdde.world import Tournament, stage_all

if TYPE_CHECKING:
    from mockdde import tls

__all__ = ["Options", "run"]

_CONNECTIONS = 65_536
_LIVE = ("rest", "stream")  # what the live dialect is served below


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
    tls: bool
    plain: bool
    clocks: Clocks = ORDINARY
    clients: Clients = ANYBODY


def run(options: Options) -> None:
    """Serve until a signal. ScenarioError or UsageError where it cannot begin.

    What is made until it serves stays: the collector need not look at it, then or ever.
    """
    gc.disable()
    try:
        _run(options)
    finally:
        gc.enable()


def _run(options: Options) -> None:
    # What a user names may be wrong, and is staged before a port is opened. The built-in world is
    # known to be good: whoever connects is let in at once, and has the answer when it is staged.
    staged = options.scenarios or options.clocks.start_at is not None
    tournaments = _staged(options) if staged else None
    if tournaments is not None:
        _check_start(options, tournaments)
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
    with patience("playing all of it"):
        return stage_all(options.scenarios, options.settings, options.seed)


def _check_start(options: Options, tournaments: list[Tournament]) -> None:
    """UsageError where play cannot start where it is to, as far as is known before it is played."""
    if options.clocks.start_at is not None:
        try:
            Shows(tournaments, options.speed, replace(options.clocks, rebases=False)).among(())
        except RequestError as error:
            raise UsageError(f"--start-at: {error}") from None


async def _serve(options: Options, tournaments: list[Tournament] | None) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no signal handlers in its loop
            loop.add_signal_handler(number, stopping.set)
    with ExitStack() as at_the_end:
        sockets = listen(options.host, options.port)
        for each in sockets:
            at_the_end.callback(each.close)
        certificate = None
        if options.tls:
            from mockdde import tls  # noqa: PLC0415

            certificate = at_the_end.enter_context(tls.throw_away(options.host))
        place = _Place(options, sockets[0].getsockname()[1], certificate)
        printer = Printer(partial(_lost, options))
        at_the_end.callback(printer.close)
        printer.print(_ready(place))
        if tournaments is None:
            tournaments = _staged(options)
        server = _server(options, tournaments, stopping)
        async with _told(place, tournaments, server, printer):
            await server.start(sockets, certificate.context if certificate else None)
            gc.freeze()
            gc.enable()
            await stopping.wait()
    if isinstance(server.failure, MockddeError):
        raise server.failure
    if server.failure is not None:
        raise MockddeError(f"this is a bug in mockdde: {server.failure!r}")


def _server(options: Options, tournaments: list[Tournament], stopping: asyncio.Event) -> Server:
    clock = WireClock(options.clocks.wire_speed)
    # One scenario's quirks also rule what no tournament owns, such as liveevents.
    quirks = tournaments[0].quirks if len(tournaments) == 1 else Quirks(options.settings)
    engine = Engine(
        tournaments,
        quirks=quirks,
        wire=clock.now(),
        speed=options.speed,
        tokens=options.tokens,
        clocks=options.clocks,
    )
    server = Server(engine, clock, stopping)
    server.settings, server.clients = options.settings, options.clients
    return server


# ── what is said of it ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Place:
    """Where it is served."""

    options: Options
    port: int
    certificate: tls.Certificate | None

    def url(self, scheme: str) -> str:
        """What paths follow; the scheme is ``http`` or ``ws``."""
        # Nobody can connect to "all addresses".
        given = self.options.host
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(given, given)  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        return f"{scheme}{'s' if self.certificate else ''}://{host}:{self.port}"

    def live(self, key: str) -> str:
        """What paths of the live dialect follow: those of ``rest``, or of ``stream``."""
        return f"{self.url('http' if key == 'rest' else 'ws')}/golf/{key}/v1"

    @property
    def token(self) -> str:
        """One that is good."""
        return self.options.tokens[0] if self.options.tokens else "any"


@asynccontextmanager
async def _told(
    place: _Place, tournaments: list[Tournament], server: Server, printer: Printer
) -> AsyncIterator[None]:
    """Tell of a server while it serves, then stop it."""
    options, journal = place.options, server.engine.journal
    display = None
    if options.as_json:
        journal.listeners.append(lambda each: printer.print(orjson.dumps(each.as_json()).decode()))
    elif not options.plain and _shows():
        from mockdde.display import Display  # noqa: PLC0415

        addresses = _addresses(place, tournaments)
        display = Display(server.engine, server.clock, printer, addresses, options.speed)
        display.start()
    else:
        for line in _introduction(place, tournaments, server):
            printer.print(line)
        journal.listeners.append(
            lambda each: None if each.is_routine else printer.print(_plain(each))
        )
    try:
        yield
    finally:
        if display is not None:
            display.stop()
        await server.stop()
        for sentence in server.engine.never_fired():
            journal.note(server.clock.now(), "never-fired", "", sentence)


def _shows() -> bool:
    """Whether stdout is a terminal that can show how all stands."""
    if not sys.stdout.isatty():
        return False
    from mockdde.display import is_possible  # noqa: PLC0415  (it takes long to import)

    return is_possible(sys.stdout, os.environ)


def _ready(place: _Place) -> str:
    rest, certificate = place.url("http"), place.certificate
    if place.options.as_json:
        ready = {
            "event": "ready",
            "rest": rest,
            "ws": place.url("ws"),
            "control": f"{rest}/_mockdde",
            "live": {
                **{key: place.live(key) for key in _LIVE},
                "token_url": f"{rest}/oauth/token",
            },
        }
        return orjson.dumps(ready | ({"ca": str(certificate.ca)} if certificate else {})).decode()
    trust = f"; clients are to trust {certificate.ca}" if certificate else ""
    return f"mockdde {__version__} serves {rest}{trust}"


def _addresses(place: _Place, tournaments: list[Tournament]) -> dict[str, str]:
    """What a display begins with: where to connect, and how."""
    found = {
        "open": place.url("http"),
        "stream": f"{place.url('ws')}/golf/tournaments/{_stream(tournaments[0])}",
        "live": f"{place.live('stream')}/tournaments/{_live_stream(tournaments[0])}",
        "token": f'{place.token}, as {{"authToken": "{place.token}"}} or Authorization: Bearer; '
        "for live that of mockdde token",
    }
    return found | ({"trust": str(place.certificate.ca)} if place.certificate else {})


def _introduction(place: _Place, tournaments: list[Tournament], server: Server) -> Iterator[str]:
    standing = server.engine.standing(server.clock.now())
    over = {each["tournament"] for each in standing if each["over"]}
    for each in tournaments:
        how = "begins when a client opens it"
        if each.scenario.starts != "connection":
            how = "is over" if each.id in over else "plays"
        yield f"  {each.id:>6}  {each.name} ({each.scenario.name}) {how}"
    trust = f"--cacert {place.certificate.ca} " if place.certificate else ""
    rest, ws = (f"{place.url(scheme)}/golf/tournaments" for scheme in ("http", "ws"))
    yield f"try  curl {trust}-H 'Authorization: Bearer {place.token}' {rest}/liveevents"
    yield f'and  {ws}/{_stream(tournaments[0])}, first message {{"authToken": "{place.token}"}}'
    live = f"{place.live('stream')}/tournaments/{_live_stream(tournaments[0])}"
    header = "header $(mockdde token --header)"
    yield f'or   {live}, {header}, first message {{"type": "Client.Init"}}'
    yield "Ctrl-C stops it."


def _stream(tournament: Tournament) -> str:
    """The end of the path of a stream of packets of a tournament."""
    if tournament.is_match_play:
        return f"{tournament.id}/matchdetails/{tournament.match_numbers[0]}"
    round_no, team = next(iter(tournament.rounds))
    return f"{tournament.id}/round/{round_no}/team/{team}"


def _live_stream(tournament: Tournament) -> str:
    """The end of the path of a stream of live events of a tournament."""
    if tournament.is_match_play:
        return f"{tournament.id}/match/{tournament.match_numbers[0]}/events"
    return f"{tournament.id}/round/{next(iter(tournament.rounds))[0]}/events"


def _lost(options: Options, count: int) -> str:
    if options.as_json:
        return orjson.dumps({"event": "lost", "lines": count}).decode()
    return f"({count} lines were lost: nobody read them in time)"


def _plain(entry: Entry) -> str:
    who = f"#{entry.connection} " if entry.connection else ""
    return printable(f"{who}{entry.event} {entry.path} {entry.detail}".rstrip())
