"""How soon a server gives its first answer after it was started; how long commands take.

Each is a process of its own, started in turns with the others, with bytecode as an installed
package has it. The ratios are of the wall clock; where the system tells the processor's time, that
is in the details, and says more on a machine that is busy.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mockdde.listening import listen
from tests.benchmarks import _mockoon
from tests.benchmarks._wire import missing
from tests.benchmarks.table import Row, at_most, skipped

RUNS = 9
PATIENCE = 120.0  # seconds
ROOT = Path(__file__).parents[2]
MINIMAL = """
import asyncio, socket
from aiohttp import web

async def hello(request):
    return web.Response(body=b"[]", content_type="application/json")

async def main():
    app = web.Application()
    app.router.add_get("/hello", hello)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listening = socket.create_server(("127.0.0.1", 0))
    await web.SockSite(runner, listening).start()
    print(listening.getsockname()[1], flush=True)
    await asyncio.Event().wait()

try:
    from uvloop import new_event_loop
except ImportError:
    new_event_loop = None
with asyncio.Runner(loop_factory=new_event_loop) as runner:
    runner.run(main())
"""
SERVE = ("-m", "mockdde", "serve", "--port", "0", "--json")
LISTS = "/golf/tournaments"
# What is started, and what is asked of it.
SERVERS = {
    "a minimal aiohttp app": (("-c", MINIMAL), "/hello"),
    "a scenario: an entry list": (
        (*SERVE, "round/one-hole-sample"),
        f"{LISTS}/905/entrylist",
    ),
    "the built-in world: an entry list": (SERVE, f"{LISTS}/1/entrylist"),
}
SLOW = {
    "the built-in world: liveevents": (SERVE, f"{LISTS}/liveevents"),
    "the built-in world: all tournaments": (SERVE, f"{LISTS}"),
    "the built-in world: the front page": (SERVE, "/"),
}
COMMANDS = {
    "mockdde --help": ("-m", "mockdde", "--help"),
    "mockdde scenarios": ("-m", "mockdde", "scenarios"),
    "mockdde play": ("-m", "mockdde", "play", "round/one-hole-sample"),
}


@dataclass(frozen=True)
class Taken:
    """Seconds until the answer was there: of the wall clock, and of all processors."""

    wall: float
    cpu: float


def rows() -> Iterator[Row]:
    """First answers as ratios, then those that may take long, then commands."""
    with tempfile.TemporaryDirectory() as folder:
        folder_of_code = Path(folder) / "bytecode"
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder_of_code)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        why_not = missing("Mockoon")
        taken: dict[str, list[Taken]] = {}
        for number in range(RUNS + 1):  # the first compiles
            for name, (command, path) in SERVERS.items():
                found = _first_answer([sys.executable, *command], path, environment)
                taken.setdefault(name, []).extend([found] if number else [])
            if not why_not:
                found = _polled(_mockoon.environment(Path(folder), "/hello", "[]"))
                taken.setdefault("Mockoon", []).extend([found] if number else [])
        yield from _ratios(taken, why_not)
        for name, (command, path) in SLOW.items():
            found = _first_answer([sys.executable, *command], path, environment)
            yield Row(f"first answer, {name}", found.wall, "s", detail=f"{found.cpu:.2f} s of CPU")
        for name, arguments in COMMANDS.items():
            run = partial(_command, [sys.executable, *arguments], environment)
            found = _median([run() for _ in range(RUNS // 2 + 1)])
            yield Row(name, found.wall, "s", detail=f"{found.cpu:.2f} s of CPU")


def _ratios(taken: dict[str, list[Taken]], why_not: str) -> Iterator[Row]:
    minimal, *ours = SERVERS
    base = _median(taken[minimal])
    for name in ours:
        own = _median(taken[name])
        detail = f"{own.wall:.3f} s to {base.wall:.3f} s"
        if base.cpu:
            detail += f"; of CPU {own.cpu:.3f} to {base.cpu:.3f} s, {own.cpu / base.cpu:.2f}"
        yield at_most(1.15, f"first answer, {name}", own.wall / base.wall, f"× {minimal}", detail)
    own = _median(taken[ours[0]])
    what = f"first answer, {ours[0]}"
    if why_not:
        yield skipped(f"{what}, beside Mockoon", why_not)
        return
    peer = _median(taken["Mockoon"])
    detail = f"{own.wall:.3f} s to {peer.wall:.3f} s"
    yield at_most(0.4, what, own.wall / peer.wall, "× Mockoon", detail)


def _median(found: list[Taken]) -> Taken:
    return Taken(*(statistics.median(map(key, found)) for key in (_wall, _cpu)))


def _wall(taken: Taken) -> float:
    return taken.wall


def _cpu(taken: Taken) -> float:
    return taken.cpu


# ── one start ─────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process, for as long as the context lasts."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _first_answer(command: list[str], path: str, environment: dict[str, str]) -> Taken:
    """Of a server that says on its first line where it listens."""
    begin = time.perf_counter()
    with _started(command, environment) as server:
        assert server.stdout is not None
        said = json.loads(server.stdout.readline())
        port = said if isinstance(said, int) else int(said["rest"].rpartition(":")[2])
        _ask(port, path)
        return Taken(time.perf_counter() - begin, _processor(server.pid))


def _ask(port: int, path: str) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        client.request("GET", path, headers={"Authorization": "Bearer t"})
        answer = client.getresponse()
        body = answer.read()
        assert answer.status == 200, body
        assert body, path
    finally:
        client.close()


def _processor(pid: int) -> float:
    """Seconds that the threads of a process have run; 0 where the system does not tell."""
    try:
        told = [each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return 0.0
    return sum(int(each.split()[0]) for each in told) / 1e9


def _command(command: list[str], environment: dict[str, str]) -> Taken:
    """Of a command that ends by itself."""
    before, begin = os.times(), time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, cwd=ROOT, check=True)
    wall, after = time.perf_counter() - begin, os.times()
    used = after.children_user + after.children_system
    return Taken(wall, used - before.children_user - before.children_system)


# ── the peer ──────────────────────────────────────────────────────────────────────────────────


def _polled(environment: Path) -> Taken:
    """Of Mockoon, which is asked until it answers."""
    (listening,) = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    listening.close()
    begin = time.perf_counter()
    with _started(_mockoon.command(environment, port), dict(os.environ)) as server:
        while True:
            try:
                _ask(port, "/hello")
            except OSError:
                assert server.poll() is None, "Mockoon has ended"
                time.sleep(0.005)
            else:
                return Taken(time.perf_counter() - begin, _processor(server.pid))
