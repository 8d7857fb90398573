"""A server and its receivers, each on a core of its own; what passes between them, timed."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mockdde.broadcast import Broadcast, name_of
from mockdde.frames import text_frame
from mockdde.scenario import load_text
from mockdde.world import stage

__all__ = ["PEERS", "Story", "missing", "peer", "receive", "story"]

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent
PATH = "/golf/tournaments/7/round/1/team/1"
LIVE = "/golf/stream/v1/tournaments/7/round/1/events"
_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
_HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    f"Sec-WebSocket-Key: {_KEY}\r\nSec-WebSocket-Version: 13\r\n"
    "Authorization: Bearer any\r\n\r\n"
)
_FIRST = {PATH: b'{"authToken": "any"}', LIVE: b'{"type": "Client.Init"}'}
_MASK = b"\x00\x00\x00\x00"  # a mask of zeroes leaves a message as it is
ACCEPTED = len(text_frame(b'{"message":"Authorisation accepted"}'))
SCENARIO = """
title: A round of one
tournament: {id: 7}
field: [{teams: 1}]
rounds: [{no: 1}]
"""
PEERS = {
    "ours": (sys.executable, "-m", "tests.benchmarks._peers.ours"),
    "the raw uvloop transport": (sys.executable, "-m", "tests.benchmarks._peers.raw"),
    "naive aiohttp": (sys.executable, "-m", "tests.benchmarks._peers.naive"),
    "websockets": (sys.executable, "-m", "tests.benchmarks._peers.websockets_broadcast"),
    "Node ws": ("node", str(FOLDER / "_peers" / "ws.mjs")),
}


def handshake(path: str) -> str:
    """How a client asks for a stream."""
    return _HANDSHAKE.format(path=path)


def first(path: str) -> bytes:
    """What a client says first."""
    said = _FIRST[path]
    return b"\x81" + bytes((0x80 | len(said),)) + _MASK + said


@dataclass(frozen=True)
class Story:
    """What all servers send: a stream of a scenario for ours, the same messages for the others."""

    path: str
    scenario: Path
    messages: Path
    count: int
    size: int  # bytes of its frames


@contextmanager
def story(scenario: str = SCENARIO, path: str = PATH) -> Iterator[Story]:
    """One stream of a scenario."""
    name = name_of(path)
    played = Broadcast(stage(load_text(scenario, "b.yaml"))).play(name.name, name.dialect)
    payloads = [each for _, _, each in played]
    with TemporaryDirectory() as folder:
        files = Path(folder) / "bench.yaml", Path(folder) / "messages"
        files[0].write_text(scenario)
        files[1].write_bytes(b"\n".join(payloads))
        size = sum(len(text_frame(each)) for each in payloads)
        yield Story(path, *files, len(payloads), size)


def missing(name: str) -> str:
    """Why a peer cannot be measured here; nothing where it can."""
    if name == "websockets" and find_spec("websockets") is None:
        return "pip install websockets"
    if name == "Mockoon" and not _node("@mockoon/cli"):
        return "node is not here, or MOCKDDE_NODE_MODULES names no folder with @mockoon/cli"
    if name == "Node ws" and not _node("ws"):
        return "node is not here, or MOCKDDE_NODE_MODULES names no folder with ws"
    if name == "the raw uvloop transport" and find_spec("uvloop") is None:
        return "pip install uvloop"
    return ""


@cache
def _node(package: str) -> bool:
    modules = os.environ.get("MOCKDDE_NODE_MODULES", "")
    return (
        bool(modules and shutil.which("node"))
        and (Path(modules) / "node_modules" / package).is_dir()
    )


def pinned(core: int) -> Mapping[str, Any]:
    """Arguments of a process on one core, where there are two, with as many files as it may."""

    def begin() -> None:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
            os.sched_setaffinity(0, {core})

    return {"preexec_fn": begin}


@contextmanager
def peer(
    name: str, file: Path, mode: str, *more: str
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server that runs, and its port."""
    with subprocess.Popen(
        [*PEERS[name], str(file), mode, *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **pinned(0),
    ) as server:
        assert server.stdout is not None
        try:
            said = server.stdout.readline()
            if not said:
                raise OSError(f"{name} did not begin")
            yield server, json.loads(said)["port"]
        finally:
            server.kill()


def receive(name: str, story: Story, mode: str, count: int) -> dict[str, float]:
    """Send all of it to so many receivers; what they saw."""
    with sending(name, story, mode, count) as (server, clients):
        used = _cpu(server.pid)
        say(clients, "go")
        if mode == "live":
            say(server, "go")
        told: dict[str, float] = heard(clients)
        return {**told, "served": _cpu(server.pid) - used}


@contextmanager
def sending(
    name: str, story: Story, mode: str, count: int, **more: object
) -> Iterator[tuple[subprocess.Popen[str], subprocess.Popen[str]]]:
    """A server and its receivers, connected."""
    ours, live = name == "ours", mode != "catchup"
    file = story.scenario if ours else story.messages
    accepted = 0 if ours and story.path == LIVE else ACCEPTED
    with peer(name, file, mode, *([story.path] if ours else [])) as (server, port):
        task = {
            "host": "127.0.0.1",
            "port": port,
            "count": count,
            "request": handshake(story.path if ours else "/"),
            "first": first(story.path).hex(),
            "live": live,
            "ack": accepted,
            "bytes": story.size + (0 if live else accepted),
            **more,
        }
        with receiver(task) as clients:
            yield server, clients


@contextmanager
def receiver(task: Mapping[str, object]) -> Iterator[subprocess.Popen[str]]:
    """The receivers, once they are connected."""
    with subprocess.Popen(
        [sys.executable, str(FOLDER / "_receiver.py"), json.dumps(task)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **pinned(1),
    ) as clients:
        try:
            assert clients.stdout is not None
            if clients.stdout.readline() != "ready\n":
                raise OSError("the receivers could not connect")
            yield clients
        finally:
            clients.kill()


def _cpu(pid: int) -> float:
    """Seconds of a processor that a process has used; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def say(process: subprocess.Popen[str], line: str) -> None:
    """A line to a process."""
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> Any:
    """What a process says next."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise OSError("the receivers ended; see above")
    return json.loads(line)
